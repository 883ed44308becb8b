"""Text that people type, made safe to put into a letter: no control characters, sensible newlines, a length."""

import re

from home.engine.texts import clean, is_visible, one_line

__all__ = ["clean", "is_same", "is_visible", "one_line", "shorten", "unlinked"]

_SPACES = re.compile(r"\s+")
#: What mail programs would make a link of: a dot or colon with no space after it.
_JOINT = re.compile(r"(?<=\w)([.:])(?=[\w/])")


def shorten(text: str, length: int) -> str:
    """One line of at most `length` characters; what is cut off is shown by an ellipsis."""
    line = one_line(text)
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"


def is_same(first: str, second: str) -> bool:
    """Whether two texts differ in nothing but white space."""
    return _SPACES.sub(" ", clean(first)).strip() == _SPACES.sub(" ", clean(second)).strip()


def unlinked(text: str) -> str:
    """What somebody typed, with nothing in it of which a mail program makes a link.

    Whoever typed a name need not be who reads the mail: no link of theirs goes out under our address.
    """
    return _JOINT.sub(r"\1 ", text)
