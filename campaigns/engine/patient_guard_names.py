"""Persons' names in a sentence, for `patient_guard`: not those of officials, institutions, laws, places, diseases."""

import re
from collections.abc import Iterator

from campaigns.engine import patient_guard_words as words
from campaigns.engine.patient_guard_beginnings import beginnings
from campaigns.engine.patient_guard_rules import PARTICLES, compiled

_CAPITALISED = r"[A-Z][\w'-]{0,30}"
#: By the names that `patient_guard_export` gives them.
PATTERNS = {
    "run": (
        rf"(?<![\w'-]){_CAPITALISED}"
        rf"(?:\.?[ \t\n]{{1,2}}(?:(?:de|del|la|las|los|y|van|von|der|da|dos|di) ){{0,2}}{_CAPITALISED}){{0,6}}"
    ),
    "word": r"[\w'-]+",
    "word_before": r"([\w-]{1,20})[.,:]{0,2} ?[\"'(]?$",
    "small_courtesy": rf"(?<!\w)({'|'.join(sorted(words.COURTESY))})\.? $",
    "lower_cued": rf"(?<!\w)(?:{words.RELATIONS}),? ([a-z]{{2,20}}(?: [a-z]{{2,20}})?)(?!\w)",
    "possessive": r"'s?$",
    "credentials": words.CREDENTIALS,
    "eponym": words.MEDICAL_EPONYM,
    "of_person": words.OF_PERSON,
    "cue": words.CUE,
}
_RUN, _WORD, _WORD_BEFORE, _SMALL_COURTESY, _LOWER_CUED, _POSSESSIVE, _CREDENTIALS, _EPONYM, _OF_PERSON, _CUE = (
    compiled(pattern) for pattern in PATTERNS.values()
)
#: With one of these what leads to a name ends; without, the longer search is spared.
_LEADS = beginnings(words.RELATIONS) | frozenset(
    "named is was called as llamado llamada llamaron llamamos bautizaron llama llamaba es nombre call".split()
)
NOT_IN_NAMES = (words.NOT_IN_NAMES - PARTICLES) | words.TITLES


def names(plain: str, low: str, *, care: bool, legislation: bool, day: bool) -> Iterator[tuple[int, int]]:
    """Where persons are named in one sentence, with their Mrs. or doña.

    :param legislation: a sentence of nothing else names its makers.
    :param day: whether the date is a day; beside a month only who is plainly a person counts.
    """
    # Where all is in capitals, or nothing is, only a common given name tells a name from other words.
    shouted = plain.upper() == plain
    for run in _RUN.finditer(plain):
        for start, end, courtesy in _segments(run, low):
            # "doña Carmen": in Spanish they are written small.
            small = _SMALL_COURTESY.search(low[max(0, start - 10) : start])
            if small and not courtesy:
                start, courtesy = start - len(small.group()), True
            if _is_name(plain, low, start, end, courtesy, care, legislation, shouted, day):
                yield start, end
    # Who writes no capitals writes no names with them.
    for match in _WORD.finditer(low) if plain == low and care and day else ():
        if match.group() in words.GIVEN_NAMES - words.ALSO_WORDS:
            yield match.span()
    for match in _LOWER_CUED.finditer(low):
        first, _, second = match.group(1).partition(" ")
        if first in words.GIVEN_NAMES and plain[match.start(1) : match.end(1)] == match.group(1):
            both = second in words.GIVEN_NAMES
            yield match.start(1), match.end(1) if both or not second else match.start(1) + len(first)


def _segments(run: re.Match[str], low: str) -> Iterator[tuple[int, int, bool]]:
    """The run of capitalised words, cut at those that are no part of a name."""
    start = end = -1
    courtesy = False
    for match in _WORD.finditer(low[run.start() : run.end()]):
        word = match.group()
        first, last = run.start() + match.start(), run.start() + match.end()
        if word in words.COURTESY or word in NOT_IN_NAMES:
            if start >= 0:
                yield start, end, courtesy
            courtesy = word in words.COURTESY
            start, end = (first, last) if courtesy else (-1, -1)
            continue
        if word in PARTICLES and start < 0:
            continue
        start, end = (first if start < 0 else start), last
    if start >= 0:
        yield start, end, courtesy


def _is_name(
    plain: str,
    low: str,
    start: int,
    end: int,
    courtesy: bool,
    care: bool,
    legislation: bool,
    shouted: bool,
    day: bool,
) -> bool:
    parts = [_POSSESSIVE.sub("", word) for word in _WORD.findall(low[start:end])]
    if courtesy:
        parts = parts[1:]
    parts = [part for part in parts if part not in PARTICLES]
    if not parts or not words.NOT_NAMES.isdisjoint(parts):
        return False
    before, after = low[max(0, start - 40) : start], low[end : end + 30]
    last = _WORD_BEFORE.search(before)
    previous = last.group(1) if last else ""
    if previous in words.TITLES or _CREDENTIALS.match(after) or _EPONYM.match(after):
        return False
    given = parts[0] in words.GIVEN_NAMES
    if shouted and not given:
        return False
    of_laws = legislation and not care
    if given and not of_laws and (len(parts) > 1 or (care and day and previous not in words.TO_PLACES)):
        return True
    person = _OF_PERSON.match(after) is not None
    if (
        courtesy
        or (previous in _LEADS and _CUE.search(before[-30:]))
        or (person and len(parts) > 1 and words.PLACES.isdisjoint(parts))
    ):
        return given or len(parts[0]) > 1
    if of_laws or given:
        return False
    if len(parts) < 2 or len(parts[0]) < 2 or not day:
        return False
    # Abbreviations, and words in capitals for emphasis.
    written = plain[start:end].split()
    if written[0].isupper() or written[-1].isupper():
        return False
    return previous not in words.TO_PLACES and words.PLACES.isdisjoint(parts)
