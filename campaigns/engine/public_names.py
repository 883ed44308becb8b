"""Which names and towns may stand on a public page as people typed them."""

import re

from campaigns.engine import texts

MAX_LENGTH = 80
#: What a spreadsheet takes for a formula, in either width.
_FORMULA = re.compile(r"[=+\-@＝＋－＠]")
#: An address of the web or of a mailbox, also one that is written without its beginning.
_LINK = re.compile(r"(?i)://|www\.|@|＠|\w\.(?:com|net|org|info|biz|io|co|ru|cn|xyz|top|site|shop|online|gov|edu)\b")


def showable(text: str) -> str:
    """The text on one line, or nothing where it is no name that a page of the society could show.

    Names have letters; what begins like a formula, leads somewhere, or is too long for a name is left out whole,
    never cut: half a name is somebody else's.
    """
    line = texts.one_line(text)
    if len(line) > MAX_LENGTH or not any(character.isalpha() for character in line):
        return ""
    return "" if _FORMULA.match(line) or _LINK.search(line) else line
