"""How much of a letter is in the person's own words: said to them while they write, never a condition."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaigns.engine.composing import ComposedLetter

#: Python and JavaScript do not take the same characters for white space: what either does parts words in both.
_WORD = re.compile(r"[^\s\ufeff]+")


@dataclass(frozen=True, slots=True)
class WordCount:
    """How many words of a letter are whose."""

    #: The person's, beside the text on offer.
    beside: int
    #: The person's, within it.
    own: int
    #: Of the text on offer, as it was.
    kept: int


def words(text: str) -> list[str]:
    """What stands between white space; site/static/js/letter-meter.js counts the same."""
    return _WORD.findall(text)


def own_words_in(text: str, suggested: str) -> int:
    """How many words of a text are not, in this order, in the one that was suggested."""
    own = words(text)
    return len(own) - kept(words(suggested), own)


def kept(given: Sequence[str], own: Sequence[str]) -> int:
    """How many words of one text stand in another in the same order: their longest common subsequence.

    One bit for each given word, so that two texts of five thousand equal words take milliseconds. The row is that of
    H. Hyyrö, “Bit-parallel LCS-length computation revisited” (2004); site/static/js/letter-meter.js does the same.
    """
    places: dict[str, int] = {}
    for place, word in enumerate(given):
        places[word] = places.get(word, 0) | 1 << place
    every = (1 << len(given)) - 1
    row = every
    for word in own:
        if hit := row & places.get(word, 0):
            row = ((row + hit) | (row - hit)) & every
    return (every ^ row).bit_count()


def count_words(letter: ComposedLetter) -> WordCount:
    """Of one letter. Neither the fixed block above it nor the footer counts."""
    own = own_words_in(letter.body, letter.suggested)
    return WordCount(beside=len(words(letter.own_words)), own=own, kept=len(words(letter.body)) - own)


def share_of_all(counts: Iterable[WordCount]) -> int:
    """What part of letters together is the person's, in percent: what they wrote beside, changed or answered."""
    counts = list(counts)
    own = sum(each.beside + each.own for each in counts)
    total = own + sum(each.kept for each in counts)
    # Half a percent goes up, as in the browser; Python's own rounding goes to the even number.
    return (200 * own + total) // (2 * total) if total else 0
