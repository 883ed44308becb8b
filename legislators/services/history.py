"""Brings terms in line with a source without losing what was: a term that had begun is ended, not deleted."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from legislators.records.contacts import OfficialChange
from legislators.records.loads import DataLoad
from legislators.services.seating import TermFact


@dataclass(frozen=True, slots=True)
class TermChanges:
    """`corrected` holds what a stored term becomes, by its number; `removed` are terms that never began."""

    added: list[TermFact] = field(default_factory=list)
    corrected: dict[int, TermFact] = field(default_factory=dict)
    removed: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.corrected or self.removed)

    def applied_to(self, known: Mapping[TermFact, int]) -> list[TermFact]:
        """The terms afterwards."""
        kept = [self.corrected.get(number, fact) for fact, number in known.items() if number not in self.removed]
        return kept + self.added


def reconcile(known: Mapping[TermFact, int], listed: Collection[TermFact], on: date) -> TermChanges:
    """What has to happen to the stored terms (by fact, with their numbers) so that they say what the source lists.

    A stored term that the source does not list is ended on the day if it had begun, and vanishes only if it never
    was in force; one that overlaps a listed term for the same seat is that term with a corrected date.
    """
    changes = TermChanges()
    wanted = {_key(fact): fact for fact in listed}
    unlisted: list[TermFact] = []
    for fact, number in known.items():
        match = wanted.pop(_key(fact), None)
        if match is None:
            unlisted.append(fact)
        elif match != fact:
            changes.corrected[number] = match
    for fact in sorted(unlisted, key=_order):
        match = next((one for one in sorted(wanted.values(), key=_order) if _is_one_seat(one, fact)), None)
        if match is not None:
            changes.corrected[known[fact]] = wanted.pop(_key(match))
        elif fact.start is not None and fact.start >= on:
            changes.removed.append(known[fact])
        elif fact.end is None or fact.end > on:
            changes.corrected[known[fact]] = replace(fact, end=on)
    changes.added.extend(sorted(wanted.values(), key=_order))
    return changes


def _key(fact: TermFact) -> tuple[int, str, date | None]:
    return fact.division_id, fact.chamber, fact.start


def _order(fact: TermFact) -> tuple[date, int, str]:
    return fact.start or date.min, fact.division_id, fact.chamber


def _is_one_seat(one: TermFact, other: TermFact) -> bool:
    """Whether both are the same seat at a common time."""
    if (one.division_id, one.chamber) != (other.division_id, other.chamber):
        return False
    return (one.start or date.min) < (other.end or date.max) and (other.start or date.min) < (one.end or date.max)


def described(terms: Iterable[TermFact], names: Mapping[int, str]) -> list[str]:
    """`state_lower 10th Middlesex 2023-01-04/2027-01-06`, oldest first: terms as a change keeps them."""
    return [
        f"{fact.chamber} {names.get(fact.division_id, fact.division_id)} {fact.start or ''}/{fact.end or ''}"
        for fact in sorted(terms, key=_order)
    ]


def record(changes: Mapping[int, dict[str, Any]], load: DataLoad) -> None:
    """Writes down what the load changed, by the official's number: `{"email": [before, after]}`."""
    OfficialChange.objects.bulk_create(
        [
            OfficialChange(official_id=number, load=load, changed_at=load.finished_at or load.started_at, fields=fields)
            for number, fields in changes.items()
        ],
        batch_size=500,
    )
