"""How much of a letter is in the person's own words: said to them while they write, never a condition."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from campaigns.engine.composing import ComposedLetter

_WORD = re.compile(r"\S+")


def words(text: str) -> list[str]:
    """What stands between white space; site/static/js/letter-meter.js counts the same."""
    return _WORD.findall(text)


def own_words_in(text: str, suggested: str) -> int:
    """How many words of a text are not, in this order, in the one that was suggested."""
    own, given = words(text), words(suggested)
    # Without the junk heuristic, which takes frequent words of a long letter for nothing.
    matcher = SequenceMatcher(a=given, b=own, autojunk=False)
    return len(own) - sum(block.size for block in matcher.get_matching_blocks())


def personal_share(letter: ComposedLetter) -> int:
    """What part of the letter is the person's, in percent: what they wrote beside it, changed in it, or answered.

    Neither the fixed block above a letter nor the footer counts.
    """
    return share_of_all([letter])


def share_of_all(letters: Iterable[ComposedLetter]) -> int:
    """The same of several letters together, in percent."""
    own = total = 0
    for letter in letters:
        beside = len(words(letter.own_words))
        own += beside + own_words_in(letter.body, letter.suggested)
        total += beside + len(words(letter.body))
    return round(100 * own / total) if total else 0
