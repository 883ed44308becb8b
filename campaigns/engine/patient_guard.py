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
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from campaigns.engine import patient_guard_words as words
from campaigns.engine.patient_guard_addresses import STREET_ADDRESSES
from campaigns.engine.patient_guard_names import names
from campaigns.engine.patient_guard_places import SMALL_PLACES
from campaigns.engine.patient_guard_plain import PlainText, plain_text, unaccented
from campaigns.engine.patient_guard_rules import Place, Rules, Sign, lexicon
from campaigns.engine.patient_guard_sentences import sentences
from campaigns.engine.patient_guard_shapes import EMAILS, PHONES, RECORD_NUMBERS
from campaigns.engine.patient_guard_times import AGES, DATES, MONTHS


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


#: Tried on the whole text; what they find is a finding, or begins one.
OF_TEXTS = (*RECORD_NUMBERS, *PHONES, *EMAILS, *STREET_ADDRESSES, *AGES, *DATES, *MONTHS, *SMALL_PLACES)
#: Tried on sentences with a date, and on those with a small place.
OF_DATED_SENTENCES = (
    *lexicon(Sign.CARE, words.CARE),
    *lexicon(Sign.MAYBE_CARE, words.AMBIGUOUS_CARE),
    *lexicon(Sign.LEGISLATION, words.LEGISLATION),
)
OF_PLACES = lexicon(Sign.RARE, words.RARE)
#: A comma between a date and a word sets them as far apart as this many letters would.
CLAUSE = 30

_of_texts, _of_dated_sentences, _of_places = Rules(OF_TEXTS), Rules(OF_DATED_SENTENCES), Rules(OF_PLACES)
#: That a hearing's date stands in the society's text does not make it known as the date of an operation.
_BY_SENTENCE = frozenset({Kind.CARE_DATE, Kind.SMALL_PLACE_RARE_CONDITION})
_KINDS = {kind.value: kind for kind in Kind}
_WORDS = re.compile(r"\w+")
_ONE_PATIENT = re.compile(words.ONE_PATIENT, re.ASCII)
_PERSON = re.compile(words.PERSON, re.ASCII)
COURTESY = r"^(?:mrs?|ms|miss|mister|mx|sra?|srta|senor(?:a|ita)?|don|dona)(?: |$)"
_COURTESY = re.compile(COURTESY, re.ASCII)


def findings(text: str, *, known: Collection[str] = ()) -> tuple[Finding, ...]:
    """What may identify a patient, in order. In `known` stand texts in which nothing is news.

    Those are the writer's own name, the society's template, the officials' names.
    """
    read = plain_text(text)
    found = _kept(set(_found(read)))
    if known and found:
        found = _unknown(found, text, read, known)
    return tuple(
        sorted(
            (Finding(kind, *read.place_in(text, start, end)) for kind, start, end in found),
            key=lambda finding: (finding.start, finding.end, finding.kind),
        )
    )


_Found = tuple[Kind, int, int]
_Span = tuple[int, int]


def _found(read: PlainText) -> Iterator[_Found]:
    of_sentences: list[Place] = []
    for place in _of_texts.places(read.plain, read.low):
        kind = _KINDS.get(place[0])
        if kind:
            yield kind, place[1], place[2]
        else:
            of_sentences.append(place)
    # Few texts have dates or small places; the sentences are only looked at where they have.
    if not of_sentences:
        return
    spans = sentences(read.plain)
    number = 0
    inside: dict[int, list[Place]] = {}
    for place in sorted(of_sentences, key=lambda place: place[1]):
        while place[1] >= spans[number].end and number < len(spans) - 1:
            number += 1
        inside.setdefault(number, []).append(place)
    for number, places in inside.items():
        start, end = spans[number]
        plain, low = read.plain[start:end], read.low[start:end]
        by_sign: dict[Sign, list[_Span]] = {}
        for sign, first, last in places:
            by_sign.setdefault(sign, []).append((first - start, last - start))
        for kind, first, last in _in_sentence(plain, low, by_sign):
            yield kind, start + first, start + last


def _in_sentence(plain: str, low: str, places: dict[Sign, list[_Span]]) -> Iterator[_Found]:
    small = places.get(Sign.SMALL_PLACE, [])
    if small and _PERSON.search(low) and any(True for _place in _of_places.places(plain, low)):
        for span in small:
            yield Kind.SMALL_PLACE_RARE_CONDITION, *span
    days, months = places.get(Sign.DATE, []), places.get(Sign.MONTH, [])
    if days or months:
        yield from _beside_dates(plain, low, days, months)


def _beside_dates(plain: str, low: str, days: list[_Span], months: list[_Span]) -> Iterator[_Found]:
    """The names in a sentence with a date, and the days in it that are days of care."""
    signs: dict[Sign, list[_Span]] = {}
    for sign, start, end in _of_dated_sentences.places(plain, low):
        signs.setdefault(sign, []).append((start, end))
    care, legislation = signs.get(Sign.CARE, []), sorted(signs.get(Sign.LEGISLATION, []))
    # A bill dies and is born, too, and a statehouse is visited: among such words they need a patient.
    if not legislation or _ONE_PATIENT.search(low):
        care = care + signs.get(Sign.MAYBE_CARE, [])
    care = sorted(care)
    # Whatever it was that befell a patient on that day: nothing else is spoken of.
    of_patient = not care and not legislation and _ONE_PATIENT.search(low) is not None
    for start, end in names(plain, low, care=bool(care), legislation=bool(legislation), day=bool(days)):
        # Not in a date: "Julio" and "April" are names as well.
        if not any(start < date_end and end > date_start for date_start, date_end in (*days, *months)):
            yield Kind.NAME_DATE, start, end
    for date in days:
        if of_patient or care and (not legislation or _distance(low, date, care) <= _distance(low, date, legislation)):
            yield Kind.CARE_DATE, *date


def _distance(low: str, date: _Span, signals: list[_Span]) -> int:
    """To the nearest of them."""

    def one(signal: _Span) -> int:
        between = low[signal[1] : date[0]] if signal[1] <= date[0] else low[date[1] : signal[0]]
        return len(between) + CLAUSE * (between.count(",") + between.count(";") + between.count(" and "))

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


def _unknown(found: list[_Found], text: str, read: PlainText, known: Collection[str]) -> list[_Found]:
    texts = [(told, plain_text(told)) for told in known]
    told = f" {' | '.join(_flat(one) for one, _ in texts)} "
    # Telephone numbers are written in many ways.
    places = [(one, kind, start, end) for _, one in texts for kind, start, end in _found(one)]
    digits = {_digits(one.low[start:end]) for one, kind, start, end in places if kind is Kind.PHONE}
    by_sentence = {(kind, _flat(one.low[start:end])) for one, kind, start, end in places if kind in _BY_SENTENCE}

    def is_known(kind: Kind, start: int, end: int) -> bool:
        if kind in _BY_SENTENCE:
            return (kind, _flat(read.low[start:end])) in by_sentence
        if kind is Kind.PHONE and _digits(read.low[start:end]) in digits:
            return True
        first, last = read.place_in(text, start, end)
        return f" {_COURTESY.sub('', _flat(text[first:last]))} " in told

    return [one for one in found if not is_known(*one)]


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())[-10:]


def _flat(text: str) -> str:
    return " ".join(_WORDS.findall(unaccented(text).lower()))
