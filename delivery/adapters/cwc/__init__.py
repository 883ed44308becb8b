"""Congress's own system, CWC 2.0: a carrier for both chambers, and their lists of offices."""

from delivery.adapters.cwc.carrier import CwcCarrier, connect

__all__ = ["CwcCarrier", "connect"]
