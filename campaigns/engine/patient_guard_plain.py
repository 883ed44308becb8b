"""Texts as `patient_guard` reads them: in ASCII letters without accents, with plain spaces, quotes and dashes."""

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

#: Stands for what is neither letter nor mark.
OTHER = "\u00a4"


@dataclass(frozen=True, slots=True)
class PlainText:
    """`low` is `plain` in lower case, letter by letter."""

    plain: str
    low: str
    #: Where in the plain text something became longer or shorter, and how far the given text is ahead from there.
    _changes: tuple[tuple[int, ...], tuple[int, ...]]

    def place_in(self, given: str, start: int, end: int) -> tuple[int, int]:
        """The same place in the text as it was given."""
        last = self._given(end - 1) + 1
        # The accent that is a character of its own belongs to the letter before it.
        while last < len(given) and unicodedata.combining(given[last]):
            last += 1
        return self._given(start), last

    def _given(self, place: int) -> int:
        at, ahead = self._changes
        return place + ahead[bisect_right(at, place) - 1] if at and place >= at[0] else place


def plain_text(text: str) -> PlainText:
    """The text as it is read, which may be longer or shorter than it was given."""
    if text.isascii():
        return PlainText(text, text.lower(), ((), ()))
    plainly = {character: _plainly(character) for character in set(text) if not character.isascii()}
    table = str.maketrans(plainly)
    plain = text.translate(table)
    return PlainText(plain, plain.lower(), _changes(text, plainly))


def unaccented(text: str) -> str:
    """Without accents, each letter of other scripts as it is."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) not in ("Mn", "Me", "Cf"))


def _changes(text: str, plainly: dict[str, str]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    odd = {character: len(instead) for character, instead in plainly.items() if len(instead) != 1}
    if not odd:
        return (), ()
    at: list[int] = []
    ahead: list[int] = []
    moved = 0
    for place, character in enumerate(text):
        length = odd.get(character)
        if length is None:
            continue
        # The letters that stand for one are all at its place.
        for step in range(1, length):
            at.append(place - moved + step)
            ahead.append(moved - step)
        moved += 1 - length
        at.append(place + 1 - moved)
        ahead.append(moved)
    return tuple(at), tuple(ahead)


@lru_cache(maxsize=4096)
def _plainly(character: str) -> str:
    category = unicodedata.category(character)
    # Accents of their own, zero-width spaces, soft hyphens, the joiners within emoji.
    if category in ("Mn", "Me", "Cf"):
        return ""
    if category == "Pd":
        return "-"
    if category in ("Pi", "Pf") or character in "´ˈ′":
        return '"' if character in "“”„«»" else "'"
    if category in ("Zl", "Zp"):
        return "\n"
    decomposed = "".join(c for c in unicodedata.normalize("NFKD", character) if unicodedata.category(c)[0] != "M")
    # Some single characters stand for whole phrases: a text of them would grow eighteenfold.
    if not 0 < len(decomposed) <= 3:
        return _as_letter(character)
    return "".join(_as_letter(c) for c in decomposed)


def _as_letter(character: str) -> str:
    """Letters of other scripts, of which no rule knows a word, as any letter: a name is a name still.

    All other characters are one and the same, each of length one in every language that reads them.
    """
    if character.isascii():
        return character
    category = unicodedata.category(character)
    if category in ("Lu", "Lt"):
        return "X"
    if category[0] == "L":
        return "x"
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return OTHER
