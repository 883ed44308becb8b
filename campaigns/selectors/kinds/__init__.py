"""What the public sees of each kind of action, each in a file of its own."""

from importlib import import_module
from pkgutil import iter_modules

from campaigns.selectors.kinds.base import Section, closings, mentions, openings

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["Section", "closings", "mentions", "openings"]
