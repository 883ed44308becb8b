"""What Django finds here: advocates and their consents."""

from advocates.records.advocates import Advocate
from advocates.records.consents import ConsentEvent

__all__ = ["Advocate", "ConsentEvent"]
