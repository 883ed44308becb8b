"""How long a text takes when it is read to a committee."""

import re

#: Of somebody who reads calmly to a room.
WORDS_A_MINUTE = 130
#: What committees usually give a speaker.
USUAL_MINUTES = 3
_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")


def words(text: str) -> int:
    return len(_WORD.findall(text))


def minutes(text: str) -> int:
    """To the nearest minute; 0 where it takes less than half of one."""
    return (words(text) * 2 + WORDS_A_MINUTE) // (WORDS_A_MINUTE * 2)


def words_over(text: str) -> int:
    """How many words have to go before it fits into the usual time; 0 where it fits."""
    return max(0, words(text) - USUAL_MINUTES * WORDS_A_MINUTE)
