"""Finds in a letter what may identify a patient, so that the writer can take it out before it leaves.

What counts is taken from outside: the identifiers of the HIPAA Safe Harbor rule, 45 CFR 164.514(b)(2) — names, places
smaller than a state, all elements of dates but the year, ages over 89, numbers for telephones, records, accounts and
beneficiaries, addresses. A letter is no data set, though, and a date or a town alone identifies nobody in it: dates
count where care is spoken of or a person named, towns where they are small and the condition is rare.

Every finding is a rule that a person can follow with the text in hand: no score, no service elsewhere. Rules that need
two things in one sentence mark the one that is easiest to leave out: the name of a name with a date, the place of a
place with a rare condition.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from campaigns.engine import patient_guard_names as names
from campaigns.engine import patient_guard_shapes as shapes
from campaigns.engine import patient_guard_times as times
from campaigns.engine import patient_guard_words as words
from campaigns.engine.patient_guard_places import small_places
from campaigns.engine.patient_guard_sentences import Sentence, sentences


class Kind(StrEnum):
    NAME_DATE = "name_date"
    RECORD_NUMBER = "record_number"
    PHONE = "phone"
    EMAIL = "email"
    STREET_ADDRESS = "street_address"
    AGE_OVER_89 = "age_over_89"
    CARE_DATE = "care_date"
    SMALL_PLACE_RARE_CONDITION = "small_place_rare_condition"


@dataclass(frozen=True, slots=True)
class Finding:
    """`start` and `end` mark the place in the text as it was given."""

    kind: Kind
    start: int
    end: int


#: By themselves their places say what they are; the others depend on the sentence around them.
_BY_SHAPE = (
    (Kind.RECORD_NUMBER, shapes.record_numbers),
    (Kind.PHONE, shapes.phones),
    (Kind.EMAIL, shapes.emails),
    (Kind.STREET_ADDRESS, shapes.street_addresses),
    (Kind.AGE_OVER_89, times.ages_over_89),
)
#: That a hearing's date stands in the society's text does not make it known as the date of an operation.
_BY_SENTENCE = frozenset({Kind.CARE_DATE, Kind.SMALL_PLACE_RARE_CONDITION})
#: A comma between a date and a word sets them as far apart as this many letters would.
_CLAUSE = 30
_WORDS = re.compile(r"\w+")
_COURTESY = re.compile(r"^(?:mrs?|ms|miss|mister|mx|sra?|srta|senor(?:a|ita)?|don|dona)(?: |$)")


def findings(text: str, *, known: Collection[str] = ()) -> tuple[Finding, ...]:
    """What may identify a patient, in order. In `known` stand texts in which nothing is news.

    Those are the writer's own name, the society's template, the officials' names.
    """
    plain, places = _plain(text)
    found = _kept(set(_found(plain)))
    if known and found:
        found = _unknown(found, plain, known)
    return tuple(
        sorted(
            (Finding(kind, *_place_in(text, places, start, end)) for kind, start, end in found),
            key=lambda finding: (finding.start, finding.end, finding.kind),
        )
    )


_Found = tuple[Kind, int, int]


def _found(plain: str) -> Iterator[_Found]:
    low = _lower(plain)
    present = frozenset(_WORDS.findall(low))
    for kind, shape in _BY_SHAPE:
        for start, end in shape(plain, low, present):
            yield kind, start, end
    dates = list(times.dates(plain, low, present))
    # Few texts have either; the sentences are only looked at where they have.
    small = list(small_places(plain, low, present))
    if not dates and not small:
        return
    spans = sentences(plain)
    starts = [sentence.start for sentence in spans]
    dated: dict[Sentence, list[tuple[int, int]]] = {}
    for date in dates:
        dated.setdefault(spans[bisect_right(starts, date[0]) - 1], []).append(date)
    for sentence, inside in dated.items():
        yield from _in_dated_sentence(plain, low, sentence, inside)
    rare: dict[Sentence, bool] = {}
    for start, end in small:
        sentence = spans[bisect_right(starts, start) - 1]
        if sentence not in rare:
            rare[sentence] = words.RARE.search(low, sentence.start, sentence.end) is not None
        if rare[sentence]:
            yield Kind.SMALL_PLACE_RARE_CONDITION, start, end


def _in_dated_sentence(plain: str, low: str, sentence: Sentence, dates: list[tuple[int, int]]) -> Iterator[_Found]:
    """The names in a sentence with a date, and the dates in it that are dates of care."""
    care = [match.span() for match in words.CARE.finditer(low, *sentence)]
    legislation = [match.span() for match in words.LEGISLATION.finditer(low, *sentence)]
    # A bill dies and is born, too, and a statehouse is visited: among such words they need a patient.
    if not legislation or words.ONE_PATIENT.search(low, *sentence):
        care = sorted(care + [match.span() for match in words.AMBIGUOUS_CARE.finditer(low, *sentence)])
    for start, end in names.names(plain, low, sentence, care=bool(care), legislation=bool(legislation)):
        # Not in a date: "Julio" and "April" are names as well.
        if not any(start < date_end and end > date_start for date_start, date_end in dates):
            yield Kind.NAME_DATE, start, end
    for date in dates:
        if care and (not legislation or _distance(low, date, care) <= _distance(low, date, legislation)):
            yield Kind.CARE_DATE, *date


def _distance(low: str, date: tuple[int, int], signals: list[tuple[int, int]]) -> int:
    def one(signal: tuple[int, int]) -> int:
        between = low[signal[1] : date[0]] if signal[1] <= date[0] else low[date[1] : signal[0]]
        return len(between) + _CLAUSE * (between.count(",") + between.count(";") + between.count(" and "))

    # In order: what lies farther on the same side is farther.
    after = bisect_right(signals, date)
    return min(one(signal) for signal in signals[max(0, after - 1) : after + 1])


def _kept(found: set[_Found]) -> list[_Found]:
    """Those of a kind that overlap as one, and no telephone number that is a record number."""
    kept: list[_Found] = []
    last: dict[Kind, int] = {}
    order = {kind: number for number, kind in enumerate(Kind)}
    for kind, start, end in sorted(found, key=lambda one: (one[1], -one[2], order[one[0]])):
        if kind is Kind.PHONE and Kind.RECORD_NUMBER in last and start < kept[last[Kind.RECORD_NUMBER]][2]:
            continue
        if kind in last and start < kept[last[kind]][2]:
            _, before, reached = kept[last[kind]]
            kept[last[kind]] = (kind, before, max(reached, end))
            continue
        last[kind] = len(kept)
        kept.append((kind, start, end))
    return kept


def _unknown(found: list[_Found], plain: str, known: Collection[str]) -> list[_Found]:
    texts = [_plain(text)[0] for text in known]
    told = " | ".join(_flat(text) for text in texts)
    told = f" {told} "
    # Telephone numbers are written in many ways.
    digits = {_digits(text[start:end]) for text in texts for start, end in _phones(text)}
    by_sentence: set[tuple[Kind, str]] = set()
    if any(kind in _BY_SENTENCE for kind, _, _ in found):
        by_sentence = {(kind, _flat(text[start:end])) for text in texts for kind, start, end in _found(text)}

    def is_known(kind: Kind, start: int, end: int) -> bool:
        flat = _flat(plain[start:end])
        if kind in _BY_SENTENCE:
            return (kind, flat) in by_sentence
        if kind is Kind.PHONE and _digits(plain[start:end]) in digits:
            return True
        return f" {_COURTESY.sub('', flat)} " in told

    return [one for one in found if not is_known(*one)]


def _phones(plain: str) -> Iterator[tuple[int, int]]:
    low = _lower(plain)
    return shapes.phones(plain, low, frozenset(_WORDS.findall(low)))


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())[-10:]


def _flat(plain: str) -> str:
    return " ".join(_WORDS.findall(_lower(plain)))


def _plain(text: str) -> tuple[str, list[int]]:
    """The text without accents, with plain spaces, quotes and dashes; and where in it each character came from."""
    if text.isascii():
        return text, list(range(len(text)))
    characters: list[str] = []
    places: list[int] = []
    plainly = {character: _plain_character(character) for character in set(text) if not character.isascii()}
    for place, character in enumerate(text):
        for plain in plainly.get(character, character):
            characters.append(plain)
            places.append(place)
    return "".join(characters), places


def _plain_character(character: str) -> str:
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
    decomposed = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    # Some single characters stand for whole phrases: a text of them would grow eighteenfold.
    return decomposed if 0 < len(decomposed) <= 3 else character


def _lower(plain: str) -> str:
    """In lower case, each letter in its place."""
    low = plain.lower()
    return low if len(low) == len(plain) else "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)


def _place_in(text: str, places: list[int], start: int, end: int) -> tuple[int, int]:
    last = places[end - 1] + 1
    # The accent that is a character of its own belongs to the letter before it.
    while last < len(text) and unicodedata.combining(text[last]):
        last += 1
    return places[start], last
