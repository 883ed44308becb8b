"""Brings what people typed to what an XML document can carry and what offices can group by."""

import re
import unicodedata

#: Offices' systems compare texts, and some of them turn these into question marks.
_TYPEWRITER = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2028": "\n",
        "\u2029": "\n\n",
        "\t": " ",
    }
)
#: Control, format, surrogate, private and unassigned characters; XML 1.0 (section 2.2) forbids most of them.
_NOT_TEXT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_MANY_BREAKS = re.compile(r"\n{3,}")


def plain(text: str) -> str:
    """Several lines, in characters that every XML document may hold, with straight quotes and newlines as `\\n`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_TYPEWRITER)
    text = "".join(char for char in text if char == "\n" or unicodedata.category(char) not in _NOT_TEXT)
    lines = (line.rstrip() for line in unicodedata.normalize("NFC", text).split("\n"))
    return _MANY_BREAKS.sub("\n\n", "\n".join(lines)).strip()


def plain_line(text: str) -> str:
    """The same on a single line."""
    return " ".join(plain(text).split())


def is_same(first: str, second: str) -> bool:
    """Whether two texts differ in nothing but white space, and in characters that look alike."""
    return plain_line(first) == plain_line(second)
