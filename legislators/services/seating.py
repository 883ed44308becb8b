"""Finds the divisions that people sit for, and refuses who cannot be seated."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from legislators.engine.people import Person, Role
from legislators.records.divisions import Division
from legislators.records.officials import Term
from legislators.services.jurisdictions import DistrictIndex

_KINDS = {
    Term.Chamber.STATE_UPPER: Division.Kind.UPPER,
    Term.Chamber.STATE_LOWER: Division.Kind.LOWER,
    Term.Chamber.US_HOUSE: Division.Kind.CONGRESS,
}


class NoSeatError(Exception):
    """The person cannot be stored as holding a seat."""


class HasLeftError(NoSeatError):
    """The last term is over; `terms` is what the source says of them."""

    def __init__(self, why: str, terms: "set[TermFact]") -> None:
        super().__init__(why)
        self.terms = terms


@dataclass(frozen=True, slots=True)
class TermFact:
    division_id: int
    chamber: str
    start: date | None
    end: date | None


def _end_of(role: Role, on: date) -> date | None:
    """When the term ends, at the latest with the Congress for which a representative was elected.

    Open States writes 2030 for members who are up for election in 2026. Every term in the House ends at noon on 3
    January of an odd year (Constitution, article I, section 2, and amendment XX); Puerto Rico alone elects for four.
    """
    if role.chamber != Term.Chamber.US_HOUSE or role.state == "pr" or not role.is_current(on):
        return role.end
    year = on.year + 1 if on.year % 2 == 0 else on.year
    next_congress = date(year, 1, 3)
    if next_congress <= on:
        next_congress = date(year + 2, 1, 3)
    return min(role.end or next_congress, next_congress)


class Seats:
    """The divisions of the states in a load."""

    def __init__(self, indexes: dict[str, DistrictIndex]) -> None:
        self._indexes = indexes
        self._sitting: Counter[tuple[int, str]] = Counter()
        self._divisions: dict[int, Division] = {}

    @property
    def is_sample(self) -> bool:
        """Whether every state of the load is an invented one."""
        return bool(self._indexes) and all(index.jurisdiction.is_sample for index in self._indexes.values())

    def terms_of(self, person: Person, on: date) -> set[TermFact]:
        """Every term whose division is known. A past one whose district no longer exists is left out.

        :raises HasLeftError: for somebody who is no longer in office.
        :raises NoSeatError: for somebody in two seats, or an unknown division.
        """
        found: set[TermFact] = set()
        current: dict[tuple[int, str], Role] = {}
        coming = False
        for role in person.roles:
            division = self._division(role)
            if division is None:
                if role.is_over(on):
                    continue
                raise NoSeatError(f"{person.name}: no division of {role.state!r} is {role.chamber} {role.district!r}")
            # The elections of an invented state are nobody's law.
            is_sample = self._indexes[role.state].jurisdiction.is_sample
            end = role.end if is_sample else _end_of(role, on)
            found.add(TermFact(division.pk, role.chamber, role.start, end))
            coming = coming or not role.is_over(on)
            if role.is_current(on):
                current[(division.pk, role.chamber)] = role
        if not coming:
            ended = max((role.end for role in person.roles if role.end), default=None)
            raise HasLeftError(f"{person.name}: not in office, the last term ended on {ended}", found)
        if len(current) > 1:
            seats = " and ".join(sorted(f"{role.chamber} {role.district}".strip() for role in current.values()))
            raise NoSeatError(f"{person.name}: in two seats at once, {seats}")
        self._sitting.update(current.keys())
        return found

    def _division(self, role: Role) -> Division | None:
        index = self._indexes.get(role.state)
        if index is None:
            return None
        if role.chamber == Term.Chamber.US_SENATE:
            division = index.state
        else:
            name = "at-large" if role.chamber == Term.Chamber.US_HOUSE and role.district == "0" else role.district
            division = index.find(_KINDS[Term.Chamber(role.chamber)], name)
        if division is not None:
            self._divisions[division.pk] = division
        return division

    def notes(self, on: date) -> list[str]:
        """Divisions with more members than seats: somebody who left is still listed as in office."""
        return sorted(
            f"{division.name} ({chamber}) has {count} members for {division.seats} seat(s) on {on}"
            for (number, chamber), count in self._sitting.items()
            if (division := self._divisions[number]).seats < count
            and not (division.kind == Division.Kind.STATE and chamber != Term.Chamber.US_SENATE)
        )
