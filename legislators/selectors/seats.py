"""Reads who is in office, and which seats are empty."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from legislators.records.divisions import Division
from legislators.records.officials import Official, Term

CHAMBER_OF_KIND = {
    Division.Kind.STATE: Term.Chamber.US_SENATE,
    Division.Kind.CONGRESS: Term.Chamber.US_HOUSE,
    Division.Kind.UPPER: Term.Chamber.STATE_UPPER,
    Division.Kind.LOWER: Term.Chamber.STATE_LOWER,
}


#: Ids of officials by division id and chamber.
Members = Mapping[tuple[int, str], list[int]]


@dataclass(frozen=True, slots=True)
class Vacancy:
    division: Division
    chamber: str
    seats: int


def officials_by_id(ids: Iterable[int]) -> dict[int, Official]:
    """The officials with these ids, retired ones too, with their offices at hand."""
    officials = Official.objects.filter(pk__in=set(ids)).select_related("contact_override")
    return {one.pk: one for one in officials.prefetch_related("offices")}


def official_for(*, source_id: str) -> Official | None:
    """The official whom a source calls so."""
    return Official.objects.filter(source_id=source_id).first()


def current_terms(on: date | None = None) -> QuerySet[Term]:
    """Terms that run on the day (today unless given), of officials who have not been retired by then."""
    day = on or timezone.localdate()
    return Term.objects.filter(
        Q(start__isnull=True) | Q(start__lte=day),
        Q(end__isnull=True) | Q(end__gt=day),
        Q(official__retired_at__isnull=True) | Q(official__retired_at__date__gt=day),
    )


def current_members(*, chamber: str = "", jurisdiction: str = "", on: date | None = None) -> QuerySet[Official]:
    """Who sits in a chamber (`Term.Chamber`) of a state (its code) on the day; all where not given."""
    terms = current_terms(on)
    if chamber:
        terms = terms.filter(chamber=chamber)
    if jurisdiction:
        terms = terms.filter(division__jurisdiction__code=jurisdiction)
    return Official.objects.filter(pk__in=terms.values("official_id")).prefetch_related("offices")


def seat_of(official: Official, on: date | None = None) -> Term | None:
    """The seat that the official holds on the day."""
    return current_terms(on).filter(official=official).select_related("division__jurisdiction").first()


def members_of(divisions: Collection[Division], on: date | None = None) -> Members:
    """Ids of the officials in office, by division id and chamber, in the order of their names."""
    rows = (
        current_terms(on)
        .filter(division__in=[division.pk for division in divisions])
        .order_by("official__family_name", "official__name", "official_id")
        .values_list("division_id", "chamber", "official_id")
    )
    found: dict[tuple[int, str], list[int]] = {}
    for division_id, chamber, official_id in rows:
        members = found.setdefault((division_id, chamber), [])
        if official_id not in members:
            members.append(official_id)
    return found


def chambers_with_data(jurisdiction: str) -> set[str]:
    """Chambers of a state for which officials have ever been loaded: elsewhere nobody known does not mean vacant."""
    return set(
        Term.objects.filter(division__jurisdiction__code=jurisdiction).values_list("chamber", flat=True).distinct()
    )


def vacancies(*, jurisdiction: str | None = None, on: date | None = None) -> list[Vacancy]:
    """Seats that nobody holds on the day, in chambers for which officials have been loaded.

    `jurisdiction` is a state's code, or `us` for Congress.
    """
    loaded = set(Term.objects.values_list("division__jurisdiction_id", "chamber").distinct())
    counts = Counter(current_terms(on).values_list("division_id", "chamber", "official_id").distinct())
    sitting = Counter((division_id, chamber) for division_id, chamber, _ in counts)
    divisions = Division.objects.select_related("jurisdiction")
    if jurisdiction == "us":
        divisions = divisions.filter(kind__in=[Division.Kind.STATE, Division.Kind.CONGRESS])
    elif jurisdiction:
        divisions = divisions.filter(jurisdiction__code=jurisdiction)
    found = []
    for division in divisions:
        chamber = CHAMBER_OF_KIND[Division.Kind(division.kind)]
        empty = division.seats - sitting[(division.pk, chamber)]
        if empty > 0 and (division.jurisdiction_id, chamber) in loaded:
            found.append(Vacancy(division, chamber, empty))
    return found
