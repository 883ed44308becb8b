"""Every kind of action, each in a file of its own."""

from importlib import import_module
from pkgutil import iter_modules

from campaigns.blocks.kinds.base import KINDS, ActionKindBlock, action_kind

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["KINDS", "ActionKindBlock", "action_kind"]
