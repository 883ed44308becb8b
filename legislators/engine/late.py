"""Imports a large module when it is first used, not when the process starts."""

from importlib import import_module
from types import ModuleType


class LateModule(ModuleType):
    """Stands for a module until somebody asks for something in it.

    Every process of the site imports this room, and most of them never look at an outline: shapely and numpy would
    cost each a tenth of a second and thirty megabytes. Used as

        if TYPE_CHECKING:
            import shapely
        else:
            shapely = LateModule("shapely")
    """

    def __getattr__(self, name: str) -> object:
        value = getattr(import_module(self.__name__), name)
        # From now on it is an ordinary attribute, found without coming here.
        setattr(self, name, value)
        return value
