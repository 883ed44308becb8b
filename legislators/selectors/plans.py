"""Which districting plans are loaded, and what they do not outline."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from legislators.records.divisions import BoundarySet, Division


@dataclass(frozen=True, slots=True)
class PlanRow:
    """`accuracy_metres` is 0 for full detail; `valid_to` is the first day no longer in force."""

    state: str
    kind: str
    plan: str
    valid_from: date | None
    valid_to: date | None
    accuracy_metres: int
    outlines: int
    loaded_at: datetime


def listed(state: str = "") -> list[PlanRow]:
    """Every loaded plan, or those of one state by its two-letter code, oldest first within each kind."""
    sets = BoundarySet.objects.select_related("jurisdiction").annotate(outlines=Count("boundaries"))
    if state:
        sets = sets.filter(jurisdiction__code=state)
    rows = [
        PlanRow(
            state=one.jurisdiction.code,
            kind=one.kind,
            plan=one.plan,
            valid_from=one.valid_from,
            valid_to=one.valid_to,
            accuracy_metres=one.accuracy_metres,
            outlines=one.outlines,
            loaded_at=one.loaded_at,
        )
        for one in sets
    ]
    return sorted(rows, key=lambda row: (row.state, row.kind, row.valid_from or date.min, row.plan))


def divisions_without_outline(plan: BoundarySet) -> list[Division]:
    """Divisions of the plan's kind that it does not draw: New Hampshire's floterial districts, for one.

    Who lives in one of them cannot be told from a point, and has to be said rather than left out.
    """
    return list(
        Division.objects.filter(jurisdiction=plan.jurisdiction_id, kind=plan.kind)
        .exclude(boundaries__boundary_set=plan)
        .order_by("name")
    )
