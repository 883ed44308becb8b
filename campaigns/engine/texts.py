"""Text that people type, made safe to put into a letter: no control characters, sensible newlines, a length."""

import re

from home.engine.texts import clean, is_visible, one_line

__all__ = ["clean", "is_same", "is_visible", "one_line", "shorten"]

_SPACES = re.compile(r"\s+")


def shorten(text: str, length: int) -> str:
    """One line of at most `length` characters; what is cut off is shown by an ellipsis."""
    line = one_line(text)
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"


def is_same(first: str, second: str) -> bool:
    """Whether two texts differ in nothing but white space."""
    return _SPACES.sub(" ", clean(first)).strip() == _SPACES.sub(" ", clean(second)).strip()
