"""Reads one official for the official's own page: every term, and every committee with its subcommittees."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from legislators.engine import chambers
from legislators.records.committees import CommitteeMembership
from legislators.records.officials import Official, Term
from legislators.selectors.cards import CardCommittee, chamber_name, committee_line
from legislators.selectors.directory import chamber_url


@dataclass(frozen=True, slots=True)
class Stretch:
    """One term of office."""

    chamber_name: str
    chamber_url: str
    district: str
    state_name: str
    start: date | None
    #: First day no longer in office.
    end: date | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class Career:
    #: The latest first.
    terms: tuple[Stretch, ...]
    #: Each committee with the official's subcommittees in it.
    committees: tuple[tuple[CardCommittee, tuple[CardCommittee, ...]], ...]


def career(official: Official, on: date | None = None) -> Career:
    """Two queries."""
    day = on or timezone.localdate()
    terms = Term.objects.filter(official=official).select_related("division__jurisdiction")
    ordered = sorted(terms, key=lambda one: (one.end or date.max, one.start or date.min), reverse=True)
    return Career(tuple(_stretch(one, day) for one in ordered), _committees(official))


def _stretch(term: Term, day: date) -> Stretch:
    jurisdiction = term.division.jurisdiction
    runs = (term.start is None or term.start <= day) and (term.end is None or day < term.end)
    is_listed = term.chamber in chambers.chambers_of(jurisdiction.code) or term.chamber.startswith("us_")
    return Stretch(
        chamber_name=chamber_name(term.chamber, jurisdiction.code),
        chamber_url=chamber_url(term.chamber, jurisdiction.code) if is_listed else "",
        district=term.division.name,
        state_name=jurisdiction.name,
        start=term.start,
        end=term.end,
        is_current=runs,
    )


def _committees(official: Official) -> tuple[tuple[CardCommittee, tuple[CardCommittee, ...]], ...]:
    """A subcommittee whose committee the official is not on stands by itself."""
    rows = list(
        CommitteeMembership.objects.filter(official=official, committee__retired_at__isnull=True)
        .select_related("committee")
        .order_by("committee__name")
    )
    own = {row.committee_id for row in rows}
    below: dict[int, list[CardCommittee]] = {}
    above = []
    for row in rows:
        parent_id = row.committee.parent_id
        if parent_id in own:
            below.setdefault(parent_id, []).append(committee_line(row))
        else:
            above.append(row)
    return tuple((committee_line(row), tuple(below.get(row.committee_id, ()))) for row in above)
