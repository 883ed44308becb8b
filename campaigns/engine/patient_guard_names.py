"""Persons' names in a sentence, for `patient_guard`: not those of officials, institutions, laws, places, diseases."""

import re
from collections.abc import Iterator

from campaigns.engine import patient_guard_words as words
from campaigns.engine.patient_guard_sentences import Sentence

_CAPITALISED = r"[^\W\d_a-z][\w'-]{0,30}"
_RUN = re.compile(
    rf"(?<![\w'-]){_CAPITALISED}"
    rf"(?:\.?[ \t\n]{{1,2}}(?:(?:de|del|la|las|los|y|van|von|der|da|dos|di) ){{0,2}}{_CAPITALISED}){{0,6}}"
)
_WORD = re.compile(r"[\w'-]+")
_WORD_BEFORE = re.compile(r"([\w-]{1,20})\.?,? ?[\"'(]?$")
_SMALL_COURTESY = re.compile(rf"(?<!\w)({'|'.join(sorted(words.COURTESY))})\.? $")
_LOWER_CUED = re.compile(rf"\b(?:{words.RELATIONS}),? ([a-z]{{2,20}}(?: [a-z]{{2,20}})?)(?!\w)")
_POSSESSIVE = re.compile(r"'s?$")


def names(plain: str, low: str, sentence: Sentence, *, care: bool, legislation: bool) -> Iterator[tuple[int, int]]:
    """Where persons are named, with their Mrs. or doña; a sentence of legislation alone names its makers."""
    inside = plain[sentence.start : sentence.end]
    # Where all is in capitals, or nothing is, only a common given name tells a name from other words.
    shouted = inside.upper() == inside
    for run in _RUN.finditer(plain, *sentence):
        for start, end, courtesy in _segments(run, low):
            # "doña Carmen": in Spanish they are written small.
            small = _SMALL_COURTESY.search(low, max(sentence.start, start - 10), start)
            if small and not courtesy:
                start, courtesy = small.start(1), True
            if _is_name(plain, low, sentence, start, end, courtesy, care, legislation, shouted):
                yield start, end
    for match in _LOWER_CUED.finditer(low, *sentence):
        first, _, second = match.group(1).partition(" ")
        if first in words.GIVEN_NAMES and plain[match.start(1)].islower():
            both = second in words.GIVEN_NAMES
            yield match.start(1), match.end(1) if both or not second else match.start(1) + len(first)


def _segments(run: re.Match[str], low: str) -> Iterator[tuple[int, int, bool]]:
    """The run of capitalised words, cut at those that are no part of a name."""
    start = end = -1
    courtesy = False
    for match in _WORD.finditer(low, *run.span()):
        word = match.group()
        if word in words.COURTESY or word in words.NOT_IN_NAMES - _PARTICLES or word in words.TITLES:
            if start >= 0:
                yield start, end, courtesy
            courtesy = word in words.COURTESY
            start, end = (match.start(), match.end()) if courtesy else (-1, -1)
            continue
        if word in _PARTICLES and start < 0:
            continue
        start, end = (match.start() if start < 0 else start), match.end()
    if start >= 0:
        yield start, end, courtesy


_PARTICLES = frozenset("de del la las los y van von der da dos di".split())


def _is_name(
    plain: str,
    low: str,
    sentence: Sentence,
    start: int,
    end: int,
    courtesy: bool,
    care: bool,
    legislation: bool,
    shouted: bool,
) -> bool:
    parts = [_POSSESSIVE.sub("", match.group()) for match in _WORD.finditer(low, start, end)]
    if courtesy:
        parts = parts[1:]
    parts = [part for part in parts if part not in _PARTICLES]
    if not parts or not words.NOT_NAMES.isdisjoint(parts):
        return False
    before = low[max(sentence.start, start - 40) : start]
    last = _WORD_BEFORE.search(before)
    previous = last.group(1) if last else ""
    if previous in words.TITLES or words.CREDENTIALS.match(low, end) or words.MEDICAL_EPONYM.match(low, end):
        return False
    given = parts[0] in words.GIVEN_NAMES
    if shouted and not given:
        return False
    person = words.OF_PERSON.match(low, end) is not None
    if courtesy or words.CUE.search(before) or (person and len(parts) > 1 and words.PLACES.isdisjoint(parts)):
        return given or len(parts[0]) > 1
    if legislation and not care:
        return False
    if given:
        return (len(parts) > 1 or care) and not (len(parts) == 1 and previous in words.TO_PLACES)
    if len(parts) < 2 or len(parts[0]) < 2:
        return False
    # Abbreviations, and words in capitals for emphasis.
    if any(plain[start:end].split()[n].isupper() for n in (0, -1)):
        return False
    return previous not in words.TO_PLACES and words.PLACES.isdisjoint(parts)
