"""Reads what a person is asked where an address leaves districts open: who sits for each, and how they look."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from legislators.engine.resolution import Point, Problem, Representation
from legislators.selectors import cards, maps
from legislators.selectors.cards import OfficialCard
from legislators.selectors.maps import DistrictMap
from legislators.selectors.states import state_of_division

#: Districts that lie side by side at the address: the person can tell on a map.
_TOLD_BY_A_MAP = {Problem.NEAR_BOUNDARY, Problem.DISTRICTS_DISAGREE, Problem.DISTRICTS_OVERLAP}


@dataclass(frozen=True, slots=True)
class Seat:
    """One district of one chamber, settled or to choose, with who sits for it."""

    chamber: str
    chamber_name: str
    division_ocd_id: str
    district: str
    officials: tuple[OfficialCard, ...]
    vacant_seats: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """One chamber in doubt."""

    #: Its name among the questions of one form.
    key: str
    #: What it is called: the chamber, and of which address where there are two.
    label: str
    chamber: str
    candidates: tuple[Seat, ...]
    #: Where the districts lie side by side at the address.
    map: DistrictMap | None = None


def questions_about(
    chambers: Sequence[tuple[str, Collection[str]]],
    seats: Iterable[Representation],
    *,
    problems: Collection[str] = (),
    point: Point | None = None,
    on: date | None = None,
) -> tuple[Question, ...]:
    """One question for each chamber in doubt, in the order given.

    :param chambers: each with the OCD ids that it may be.
    :param seats: who sits for those; a division without a seat is no candidate.
    :param problems: values of `Problem`: a map is drawn where they say that the address lies beside an edge.
    :param point: where the address is.
    """
    rows = list(seats)
    people = cards.cards_of((number for seat in rows for number in seat.official_ids), on)
    has_map = point is not None and not _TOLD_BY_A_MAP.isdisjoint(problems)
    return tuple(
        Question(
            key=chamber,
            label=chamber_name(chamber, ocd_ids),
            chamber=chamber,
            candidates=tuple(
                seat_of(row, people) for row in rows if row.chamber == chamber and row.division_ocd_id in set(ocd_ids)
            ),
            map=maps.district_map(list(ocd_ids), point, on) if has_map and point else None,
        )
        for chamber, ocd_ids in chambers
    )


def seats_of(rows: Iterable[Representation], on: date | None = None) -> tuple[Seat, ...]:
    """Each with the cards of who holds it, in the order given."""
    ordered = list(rows)
    people = cards.cards_of((number for row in ordered for number in row.official_ids), on)
    return tuple(seat_of(row, people) for row in ordered)


def seat_of(row: Representation, people: Mapping[int, OfficialCard]) -> Seat:
    return Seat(
        chamber=row.chamber,
        chamber_name=chamber_name(row.chamber, [row.division_ocd_id]),
        division_ocd_id=row.division_ocd_id,
        district=row.division_name,
        officials=tuple(people[number] for number in row.official_ids if number in people),
        vacant_seats=row.vacant_seats,
    )


def chamber_name(chamber: str, ocd_ids: Iterable[str]) -> str:
    """As people of the state that the divisions lie in call it."""
    return cards.chamber_name(chamber, next((state_of_division(ocd_id) for ocd_id in ocd_ids), ""))
