"""What each kind of action stores, each in a file of its own."""

from importlib import import_module
from pkgutil import iter_modules

from campaigns.services.kinds.base import Accepted, record

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["Accepted", "record"]
