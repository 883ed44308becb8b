"""How long a text takes when it is read to a committee."""

import re
import unicodedata

#: Of somebody who reads calmly to a room.
WORDS_A_MINUTE = 130
#: What committees usually give a speaker.
USUAL_MINUTES = 3
_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")


def words(text: str) -> int:
    """Marks above and below letters part no word; site/static/js/reading-time.js counts the same."""
    letters = (character for character in text if not unicodedata.category(character).startswith("M"))
    return len(_WORD.findall("".join(letters)))


def minutes(text: str) -> int:
    """To the nearest minute; 0 where it takes less than half of one."""
    return (words(text) * 2 + WORDS_A_MINUTE) // (WORDS_A_MINUTE * 2)


def words_over(text: str) -> int:
    """How many words have to go before it fits into the usual time; 0 where it fits."""
    return max(0, words(text) - USUAL_MINUTES * WORDS_A_MINUTE)
