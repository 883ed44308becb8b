"""Lets one districting plan take over from another on its first day."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from legislators.engine import geometry
from legislators.engine.plan_changes import PlanFacts, follows, lines_differ
from legislators.records.divisions import BoundarySet
from legislators.records.loads import DataLoad
from legislators.services import loading
from legislators.services.loading import LoadError, LoadReport

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


def settle(plan: BoundarySet, *, today: date) -> list[str]:
    """Ends the plans that this one redraws on its first day, and this one where a later one redraws it.

    A plan without a first day that redraws another takes over today. Where the lines agree as far as the coarser of
    two drawings tells, both stay: the better drawn one is asked (`engine.atlas.Day.plans`).

    :return: what was decided, as sentences for staff.
    """
    said: list[str] = []
    others = BoundarySet.objects.filter(jurisdiction=plan.jurisdiction_id, kind=plan.kind).exclude(pk=plan.pk)
    for other in others.order_by("valid_from", "pk"):
        is_later = follows(_facts(plan), _facts(other), today)
        if is_later is None:
            continue
        older, newer = (other, plan) if is_later else (plan, other)
        first_day = newer.valid_from or (today if newer is plan else timezone.localdate(newer.loaded_at))
        if older.valid_to is not None and older.valid_to <= first_day:
            continue
        coarser = max(older.accuracy_metres, newer.accuracy_metres)
        if not lines_differ(_shapes(older), _shapes(newer), coarser):
            if newer.accuracy_metres > older.accuracy_metres:
                said.append(
                    f"{older} stays in force: as far as {newer.plan} tells, drawn to {coarser} m, no line has moved"
                )
            continue
        if older.valid_from is not None and older.valid_from >= first_day:
            said.append(f"{older} begins after {newer.plan}, which is of a later vintage; look at the dates of both")
            continue
        older.valid_to = first_day
        older.save(update_fields=["valid_to"])
        if newer is plan and newer.valid_from is None:
            newer.valid_from = first_day
            newer.save(update_fields=["valid_from"])
        said.append(f"{older} is in force until {first_day}; from that day {newer.plan}")
    return said


def reopen(ended: Iterable[BoundarySet], first_day: date) -> list[BoundarySet]:
    """Takes back the end of those plans that ended on this day, and returns them."""
    reopened = [one for one in ended if one.valid_to == first_day]
    for one in reopened:
        one.valid_to = None
        one.save(update_fields=["valid_to"])
    return reopened


@transaction.atomic
def remove(*, state: str, plan: str, kind: str = "") -> LoadReport:
    """Takes a plan that was loaded by mistake out again; what it had ended is in force as before.

    :param kind: only this kind's, as `Division.Kind`.
    :raises LoadError: where no such plan is loaded.
    """
    report = LoadReport()
    wanted = BoundarySet.objects.filter(jurisdiction__code=state, plan=plan).select_related("jurisdiction")
    if kind:
        wanted = wanted.filter(kind=kind)
    removed = list(wanted)
    if not removed:
        raise LoadError(f"no plan {plan!r} of {state.upper()!r} is loaded")
    for one in removed:
        others = list(one.jurisdiction.boundary_sets.filter(kind=one.kind).exclude(pk=one.pk))
        report.retired += one.boundaries.count()
        first_day = one.valid_from
        one.delete()
        if first_day is None:
            continue
        for other in reopen(others, first_day):
            report.notes.append(f"{other} has no end any more")
            report.notes += settle(other, today=timezone.localdate())
    loading.record(report, kind=DataLoad.Kind.BOUNDARIES, source=f"{plan}, removed")
    return report


def _facts(plan: BoundarySet) -> PlanFacts:
    return PlanFacts(plan.plan, plan.valid_from, plan.pk)


def _shapes(plan: BoundarySet) -> dict[int, "BaseGeometry"]:
    rows = plan.boundaries.values_list("division_id", "wkb")
    return {number: geometry.from_wkb(wkb) for number, wkb in rows.iterator(chunk_size=50)}
