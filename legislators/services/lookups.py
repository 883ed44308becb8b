"""Which districts a point lies in, and which ones it might lie in as well."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Q, QuerySet

from legislators.engine import geometry
from legislators.engine.resolution import Certainty, Point
from legislators.records.divisions import Boundary, BoundarySet, Division
from legislators.records.jurisdictions import Jurisdiction

#: A district overlaps another if it shares more than this with it: lines drawn twice never match exactly.
_OVERLAP_SHARE = 0.002


@dataclass(frozen=True, slots=True)
class Hit:
    """The divisions of one kind at a point.

    `inside` are those whose outline holds the point: one as a rule, two where one outline serves two seats.
    `possible` adds those that begin within the tolerance; equal to `inside` where there is no doubt.
    """

    inside: tuple[int, ...]
    possible: tuple[int, ...]

    @property
    def is_certain(self) -> bool:
        return bool(self.inside) and set(self.inside) == set(self.possible)


def plans_in_force(jurisdiction: Jurisdiction, on: date) -> dict[str, BoundarySet]:
    """The plan to ask for each kind of district on a day.

    Exact outlines come before those drawn for maps, then the plan that came into force last, then the one loaded last.
    """
    sets = BoundarySet.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        jurisdiction=jurisdiction,
    )
    ranked = sorted(sets, key=lambda one: (-one.accuracy_metres, one.valid_from or date.min, one.loaded_at))
    return {one.kind: one for one in ranked}


def jurisdictions_at(point: Point, on: date) -> list[Jurisdiction]:
    """Where the point lies, by whichever district outlines are loaded."""
    found: dict[int, Jurisdiction] = {}
    boundaries = _at(point, 1.0).select_related("boundary_set__jurisdiction").order_by("boundary_set__accuracy_metres")
    for boundary in boundaries:
        jurisdiction = boundary.boundary_set.jurisdiction
        if jurisdiction.pk in found:
            continue
        if geometry.contains(geometry.from_wkb(boundary.wkb), point) and (
            plans_in_force(jurisdiction, on).get(boundary.boundary_set.kind) == boundary.boundary_set
        ):
            found[jurisdiction.pk] = jurisdiction
    return list(found.values())


def _at(point: Point, metres: float) -> QuerySet[Boundary]:
    west, south, east, north = geometry.box_around(point, metres)
    return Boundary.objects.filter(west__lte=east, east__gte=west, south__lte=north, north__gte=south)


def hits(point: Point, plans: dict[str, BoundarySet], certainty: Certainty) -> dict[str, Hit]:
    """By kind of district, for every kind that has a plan. A kind without a hit is missing."""
    reach = max([geometry.COAST_METRES, *(one.accuracy_metres for one in plans.values())])
    by_kind: dict[str, dict[str, list[tuple[int, float]]]] = defaultdict(lambda: defaultdict(list))
    kinds = {one.pk: kind for kind, one in plans.items()}
    for boundary in _at(point, reach).filter(boundary_set__in=list(kinds)):
        distance = geometry.distance_metres(geometry.from_wkb(boundary.wkb), point)
        # Two seats on one outline have the same code: they are one answer, not a doubt.
        outline = boundary.geoid or str(boundary.pk)
        by_kind[kinds[boundary.boundary_set_id]][outline].append((boundary.division_id, distance))
    found = {kind: _hit(by_kind[kind], plans[kind], certainty) for kind in plans if kind in by_kind}
    return {kind: hit for kind, hit in found.items() if hit is not None}


def _hit(outlines: dict[str, list[tuple[int, float]]], plan: BoundarySet, certainty: Certainty) -> Hit | None:
    tolerance = geometry.tolerance_metres(certainty, plan.accuracy_metres)
    ranked = sorted(outlines.values(), key=lambda rows: rows[0][1])
    inside = [rows for rows in ranked if rows[0][1] == 0]
    possible = [rows for rows in ranked if rows[0][1] <= tolerance]
    if not inside:
        # Off the coast of a simplified outline: the nearest district, as a doubt.
        nearest = [rows for rows in ranked if rows[0][1] <= geometry.COAST_METRES][:1]
        possible = possible or nearest
    if not possible:
        return None
    return Hit(
        inside=tuple(number for number, _ in inside[0]) if inside else (),
        possible=tuple(number for rows in possible for number, _ in rows),
    )


def overlapping(plan: BoundarySet, others: Iterable[Boundary]) -> set[int]:
    """Ids of the plan's divisions that share ground with any of the other outlines."""
    found: set[int] = set()
    for other in others:
        found |= _overlapping(plan.pk, plan.checksum, other.pk, other.boundary_set.checksum)
    return found


@lru_cache(maxsize=512)
def _overlapping(plan_id: int, _plan_checksum: str, other_id: int, _other_checksum: str) -> frozenset[int]:
    """Cached, as cutting polygons takes a second; the checksums make a new load a new question."""
    other = Boundary.objects.get(pk=other_id)
    whole = geometry.from_wkb(other.wkb)
    near = Boundary.objects.filter(
        boundary_set_id=plan_id,
        west__lte=other.east,
        east__gte=other.west,
        south__lte=other.north,
        north__gte=other.south,
    )
    return frozenset(
        boundary.division_id
        for boundary in near
        if geometry.share_overlapping(geometry.from_wkb(boundary.wkb), whole) > _OVERLAP_SHARE
    )


def congressional_outlines(divisions: Iterable[Division], plan: BoundarySet | None) -> list[Boundary]:
    """The outlines of these congressional districts in the plan."""
    if plan is None:
        return []
    numbers = [division.pk for division in divisions]
    return list(plan.boundaries.filter(division__in=numbers).select_related("boundary_set"))
