"""Words an answer as JSON for other sites: docs/embedding-legislators.md is its contract."""

from collections.abc import Callable
from typing import Any

from legislators.selectors.cards import OfficialCard
from legislators.selectors.questions import Question, Seat

#: How an official is written: the same as in the directory.
Person = Callable[[OfficialCard], dict[str, Any]]


def seat_json(seat: Seat, person: Person) -> dict[str, Any]:
    """One district of one chamber, with who sits for it."""
    return {
        "chamber": seat.chamber,
        "chamber_name": seat.chamber_name,
        "division": seat.division_ocd_id,
        "district": seat.district,
        "vacant_seats": seat.vacant_seats,
        "officials": [person(card) for card in seat.officials],
    }


def question_json(question: Question, person: Person) -> dict[str, Any]:
    """One chamber in doubt; `map` says in words what the map on the site's own page shows."""
    return {
        "chamber": question.chamber,
        "chamber_name": question.label,
        "map": question.map.description if question.map else "",
        "districts": [seat_json(seat, person) for seat in question.candidates],
    }
