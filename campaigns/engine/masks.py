"""Patterns that an editor can write and that a machine cannot stumble over: 9 is a digit, A a letter.

No expression of an editor's is ever compiled: what is matched has one way to be read at each character, and the work
grows with the length of the answer times that of the mask.
"""

from dataclasses import dataclass

DIGIT, LETTER, EITHER = "9", "A", "*"
OPEN, CLOSE = "[", "]"
MAX_LENGTH = 60


class BadMask(ValueError):
    """A bracket without its other half, or one inside another."""


@dataclass(frozen=True, slots=True)
class Part:
    """A run of signs that is there, or may be there."""

    signs: str
    is_optional: bool = False


def parse(mask: str) -> tuple[Part, ...]:
    """The mask in parts.

    :raises BadMask: where brackets do not fit together.
    """
    parts: list[Part] = []
    signs, inside = "", False
    for sign in mask.strip():
        if sign not in (OPEN, CLOSE):
            signs += sign
            continue
        if inside != (sign == CLOSE):
            raise BadMask(mask)
        if inside and not signs:
            raise BadMask(mask)
        if signs:
            parts.append(Part(signs, is_optional=inside))
        signs, inside = "", not inside
    if inside:
        raise BadMask(mask)
    return (*parts, Part(signs)) if signs else tuple(parts)


def matches(mask: str, text: str) -> bool:
    """Whether the whole text has the form of the mask; capital and small letters are the same.

    :raises BadMask: where brackets do not fit together.
    """
    reached = {0}
    for part in parse(mask):
        length = len(part.signs)
        further = {at + length for at in reached if _fits(part.signs, text[at : at + length])}
        reached = further | reached if part.is_optional else further
    return len(text) in reached


def example(mask: str) -> str:
    """An answer of that form, for the hint: "AA-9999" is "AB-1234"."""
    letters, digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "1234567890"
    found: list[str] = []
    for part in parse(mask):
        for sign in part.signs:
            place = len(found)
            if sign in (LETTER, EITHER):
                found.append(letters[place % 26])
            else:
                found.append(digits[place % 10] if sign == DIGIT else sign)
    return "".join(found)


def _fits(signs: str, text: str) -> bool:
    return len(signs) == len(text) and all(map(_is, signs, text))


def _is(sign: str, character: str) -> bool:
    if sign == DIGIT:
        return character.isascii() and character.isdigit()
    if sign == LETTER:
        return character.isalpha()
    if sign == EITHER:
        return character.isalpha() or (character.isascii() and character.isdigit())
    return sign.casefold() == character.casefold()
