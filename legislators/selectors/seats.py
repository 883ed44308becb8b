"""Reads who is in office, and which seats are empty."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
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


def seats_of(official_ids: Collection[int], on: date | None = None) -> dict[int, Term]:
    """The seat that each of the officials holds on the day, by the official's id; in one query."""
    terms = current_terms(on).filter(official__in=official_ids).select_related("division__jurisdiction")
    found: dict[int, Term] = {}
    for term in terms.order_by("pk"):
        found.setdefault(term.official_id, term)
    return found


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


def vacancies(
    *, jurisdiction: str | None = None, chambers: Collection[str] = (), on: date | None = None
) -> list[Vacancy]:
    """Seats that nobody holds on the day, in chambers for which officials have been loaded. Five queries at most.

    :param jurisdiction: a state's code, or `us` for Congress.
    :param chambers: `Term.Chamber` values; all where none is given.
    """
    kinds = [kind for kind, chamber in CHAMBER_OF_KIND.items() if not chambers or chamber in chambers]
    divisions = Division.objects.filter(kind__in=kinds)
    if jurisdiction == "us":
        divisions = divisions.filter(kind__in=[Division.Kind.STATE, Division.Kind.CONGRESS])
    elif jurisdiction:
        divisions = divisions.filter(jurisdiction__code=jurisdiction)
    loaded = set(Term.objects.values_list("division__jurisdiction_id", "chamber").distinct())
    terms = current_terms(on).filter(chamber__in=chambers) if chambers else current_terms(on)
    rows = terms.values_list("division_id", "chamber", "official_id")
    sitting = Counter((division_id, chamber) for division_id, chamber, _official in set(rows))
    empty = {}
    # Of a whole country nearly every seat is held: only those that are not are read in full.
    for number, kind, state_id, count in divisions.values_list("pk", "kind", "jurisdiction_id", "seats").order_by():
        chamber = CHAMBER_OF_KIND[Division.Kind(kind)]
        unheld = count - sitting[(number, chamber)]
        if unheld > 0 and (state_id, chamber) in loaded:
            empty[number] = Vacancy(division=Division(pk=number), chamber=chamber, seats=unheld)
    found = divisions.filter(pk__in=empty).select_related("jurisdiction")
    return [replace(empty[division.pk], division=division) for division in found]
