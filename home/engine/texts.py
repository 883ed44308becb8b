"""Text that people type, made safe to keep and to show: no control characters, sensible newlines."""

import re
import unicodedata

#: Characters that turn the direction of the text around them, and so can make a letter read as another.
_TURNERS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SPACES = re.compile(r"\s+")
_MANY_BREAKS = re.compile(r"\n{4,}")


def _is_kept(character: str) -> bool:
    if character in "\n\t":
        return True
    return character not in _TURNERS and unicodedata.category(character) not in {"Cc", "Cs"}


def clean(text: str) -> str:
    """Newlines as `\\n`, control and direction-turning characters gone, the edges trimmed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = "".join(character for character in text if _is_kept(character))
    # Not by an expression, which would look at a long run of spaces again from each of them.
    lines = "\n".join(line.rstrip(" \t") for line in text.split("\n"))
    return _MANY_BREAKS.sub("\n\n\n", lines).strip()


def one_line(text: str) -> str:
    """The text on a single line, fit for a subject or a name."""
    return _SPACES.sub(" ", clean(text)).strip()


def is_visible(text: str) -> bool:
    """Whether a reader sees anything of the text: white space and formatting characters are nothing."""
    return any(unicodedata.category(character)[0] not in "ZC" for character in text)
