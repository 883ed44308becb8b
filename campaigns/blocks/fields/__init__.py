"""Every type of form field, one module each; a module placed here is found."""

from importlib import import_module
from pkgutil import iter_modules

from campaigns.blocks.fields.base import FIELD_TYPES, FormFieldBlock

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["FIELD_TYPES", "FormFieldBlock"]
