"""Finds the divisions that people sit for, and refuses who cannot be seated."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from legislators.engine.people import Person, Role
from legislators.engine.states import STATES
from legislators.records.divisions import Division
from legislators.records.officials import Official, Term
from legislators.services.jurisdictions import DistrictIndex

_KINDS = {
    Term.Chamber.STATE_UPPER: Division.Kind.UPPER,
    Term.Chamber.STATE_LOWER: Division.Kind.LOWER,
    Term.Chamber.US_HOUSE: Division.Kind.CONGRESS,
}


class NoSeatError(Exception):
    """The person cannot be stored as holding a seat; `has_left` if that is because the last term is over."""

    def __init__(self, why: str, *, has_left: bool = False) -> None:
        super().__init__(why)
        self.has_left = has_left


@dataclass(frozen=True, slots=True)
class TermFact:
    division_id: int
    chamber: str
    start: date | None
    end: date | None


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

    def states_of(self, source: str) -> list[str]:
        """The states that a listing of this source speaks for: all of them where it is Congress."""
        return list(STATES) if source == Official.Source.CONGRESS else list(self._indexes)

    def terms_of(self, person: Person, on: date) -> set[TermFact]:
        """Every term whose division is known. A past one whose district no longer exists is left out.

        :raises NoSeatError: for nobody in office, somebody in two seats, or an unknown division.
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
            found.add(TermFact(division.pk, role.chamber, role.start, role.end))
            coming = coming or not role.is_over(on)
            if role.is_current(on):
                current[(division.pk, role.chamber)] = role
        if not coming:
            ended = max((role.end for role in person.roles if role.end), default=None)
            raise NoSeatError(f"{person.name}: not in office, the last term ended on {ended}", has_left=True)
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
