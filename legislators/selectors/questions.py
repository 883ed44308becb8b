"""Reads what a person is asked where an address leaves districts open: who sits for each, and how they look."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from legislators.engine.resolution import Point, Problem, Representation
from legislators.selectors import cards, maps
from legislators.selectors.cards import OfficialCard
from legislators.selectors.maps import DistrictMap
from legislators.selectors.states import state_of_division

#: What a choosing step sends for "none of these, or I do not know".
DO_NOT_KNOW = "unknown"
#: Districts that lie side by side at the address: the person can tell on a map.
_TOLD_BY_A_MAP = {Problem.NEAR_BOUNDARY, Problem.DISTRICTS_DISAGREE, Problem.DISTRICTS_OVERLAP}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One district to choose, with who sits for it."""

    division_ocd_id: str
    district: str
    officials: tuple[OfficialCard, ...]
    vacant_seats: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """One chamber in doubt."""

    chamber: str
    chamber_name: str
    candidates: tuple[Candidate, ...]
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
            chamber=chamber,
            chamber_name=_chamber_name(chamber, ocd_ids),
            candidates=candidates_among(rows, chamber, ocd_ids, people),
            map=maps.district_map(list(ocd_ids), point, on) if has_map and point else None,
        )
        for chamber, ocd_ids in chambers
    )


def candidates_among(
    seats: Iterable[Representation], chamber: str, ocd_ids: Collection[str], people: Mapping[int, OfficialCard]
) -> tuple[Candidate, ...]:
    """The seats of one chamber among some divisions, with the cards of who holds them."""
    return tuple(
        Candidate(
            division_ocd_id=seat.division_ocd_id,
            district=seat.division_name,
            officials=tuple(people[number] for number in seat.official_ids if number in people),
            vacant_seats=seat.vacant_seats,
        )
        for seat in seats
        if seat.chamber == chamber and seat.division_ocd_id in ocd_ids
    )


def _chamber_name(chamber: str, ocd_ids: Collection[str]) -> str:
    return cards.chamber_name(chamber, next((state_of_division(ocd_id) for ocd_id in ocd_ids), ""))
