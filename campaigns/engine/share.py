"""How much of a letter is in the person's own words: said to them while they write, never a condition."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from campaigns.engine.composing import ComposedLetter

_WORD = re.compile(r"\S+")


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
    own, given = words(text), words(suggested)
    # Without the junk heuristic, which takes frequent words of a long letter for nothing.
    matcher = SequenceMatcher(a=given, b=own, autojunk=False)
    return len(own) - sum(block.size for block in matcher.get_matching_blocks())


def count_words(letter: ComposedLetter) -> WordCount:
    """Of one letter. Neither the fixed block above it nor the footer counts."""
    own = own_words_in(letter.body, letter.suggested)
    return WordCount(beside=len(words(letter.own_words)), own=own, kept=len(words(letter.body)) - own)


def share_of_all(counts: Iterable[WordCount]) -> int:
    """What part of letters together is the person's, in percent: what they wrote beside, changed or answered."""
    counts = list(counts)
    own = sum(each.beside + each.own for each in counts)
    total = own + sum(each.kept for each in counts)
    return round(100 * own / total) if total else 0
