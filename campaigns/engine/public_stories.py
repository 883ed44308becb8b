"""How a story is shown: under which name, whether it is whole, and how much of it before the rest is unfolded."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from campaigns.engine import share
from campaigns.engine.composing import Constituent
from campaigns.engine.public_names import showable

#: A story is cut after so many words, at the end of a paragraph or of a sentence where one is near.
OPENING_WORDS = 70
_PARAGRAPH = re.compile(r"\n\s*\n")
_SENTENCE = re.compile(r"(?<=[.!?…؟。])\s+")
_LETTERS = re.compile(r"\w+")


class Naming(StrEnum):
    """How the teller wants to be named."""

    FULL = "full"
    FIRST = "first"
    INITIALS = "initials"
    NONE = "none"


class Edit(StrEnum):
    """What the staff did to the words that are shown."""

    WHOLE = "whole"
    #: All words are the teller's, and some are left out.
    SHORTENED = "shortened"
    #: Some words are not the teller's.
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Words:
    """A story in two parts; `rest` is empty where it is short."""

    opening: str
    rest: str = ""


def public_name(naming: str, constituent: Constituent) -> str:
    """The name as it is shown, or "" where the person chose none or typed what does not read as a name.

    :param naming: one of `Naming`; whatever else is no choice, and shows no name.
    """
    if naming == Naming.FULL:
        return showable(constituent.full_name)
    if naming == Naming.FIRST:
        return showable(constituent.given_name)
    if naming == Naming.INITIALS:
        letters = (_initial(part) for part in (constituent.given_name, constituent.family_name))
        return showable(" ".join(f"{letter}." for letter in letters if letter))
    return ""


def _initial(name: str) -> str:
    """The first letter with its marks; "" where there is none."""
    composed = unicodedata.normalize("NFC", name)
    start = next((place for place, character in enumerate(composed) if character.isalpha()), None)
    if start is None:
        return ""
    end = start + 1
    while end < len(composed) and unicodedata.category(composed[end]).startswith("M"):
        end += 1
    return composed[start:end].upper()


def edit_of(told: str, shown: str) -> Edit:
    """What was done to the words of a story.

    :param shown: what stands in its place; empty for the story itself.
    """
    if not shown.strip() or share.words(shown) == share.words(told):
        return Edit.WHOLE
    # Where a sentence is cut, its full stop and the next capital letter move.
    own, words = (_LETTERS.findall(text.casefold()) for text in (told, shown))
    return Edit.SHORTENED if len(words) < len(own) and share.kept(own, words) == len(words) else Edit.CHANGED


def in_two(text: str) -> Words:
    """The text cut where a reader may stop: nothing of it is lost, and a short rest is not hidden."""
    words = list(re.finditer(r"\S+", text))
    if len(words) <= OPENING_WORDS * 3 // 2:
        return Words(text)
    first, last = words[OPENING_WORDS // 2].start(), words[OPENING_WORDS].start()
    for end in (_PARAGRAPH, _SENTENCE):
        gaps = [found for found in end.finditer(text) if first <= found.start() <= last]
        if gaps:
            return Words(text[: gaps[-1].start()], text[gaps[-1].end() :])
    return Words(text[:last].rstrip(), text[last:])
