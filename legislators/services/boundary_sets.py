"""Stores one plan's outlines of one kind of district in one state, and looks them over."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import reset_queries
from django.utils import timezone

from legislators.adapters.outline_spool import OutlineSpool
from legislators.engine import geometry
from legislators.engine.districts import District
from legislators.engine.overlaps import overlaps
from legislators.records.divisions import Boundary, BoundarySet
from legislators.records.jurisdictions import Jurisdiction
from legislators.selectors.plans import divisions_without_outline
from legislators.services import jurisdictions, loading, plan_succession
from legislators.services.loading import LoadReport
from legislators.services.reading_boundaries import Outline, OutlineSet, PlanDates, SetKey, seats_on_one_outline

#: A plan that lost more of its outlines than this is more likely half of a file than a new map.
_LARGEST_LOSS = 0.1
#: The least share of a state's districts that a plan outlines. New Hampshire's floterial districts have no outline
#: anywhere; they are 39 of 203.
_LEAST_COVERED = 0.75
_OVERLAPS_NAMED = 20
_BATCH_ROWS = 50


class SetRefusedError(Exception):
    """The plan looks incomplete; what was loaded before stays."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where outlines come from: the file's name and fingerprint, and what the person who loads says of the plan."""

    label: str
    fingerprint: str
    dates: PlanDates


def store(
    *,
    jurisdiction: Jurisdiction,
    key: SetKey,
    found: OutlineSet,
    spool: OutlineSpool,
    source: Source,
    accept_losses: bool,
    report: LoadReport,
) -> BoundarySet:
    """Brings one set in line with what was read, counts what changed, and settles which plan follows which.

    :raises SetRefusedError: with this set unchanged.
    """
    existing = BoundarySet.objects.filter(jurisdiction=jurisdiction, kind=key.kind, plan=key.plan).first()
    if not accept_losses:
        _check_losses(jurisdiction, key, found.outlines, existing)
    jurisdictions.record_divisions(
        jurisdiction=jurisdiction, districts=_missing_divisions(jurisdiction, found.outlines.values())
    )
    wanted = {
        "source": source.label[:300],
        "checksum": _checksum(found.outlines),
        "file_checksum": source.fingerprint,
        "accuracy_metres": found.plan.accuracy_metres,
    }
    dates = {
        "valid_from": source.dates.valid_from or (existing and existing.valid_from) or found.plan.valid_from,
        "valid_to": source.dates.valid_to or (existing and existing.valid_to),
    }
    stored = existing or BoundarySet(jurisdiction=jurisdiction, kind=key.kind, plan=key.plan)
    is_redrawn = stored.checksum != wanted["checksum"]
    is_redated = any(getattr(stored, name) != value for name, value in dates.items())
    if existing is not None and existing.valid_from and existing.valid_from != dates["valid_from"]:
        plan_succession.reopen(jurisdiction.boundary_sets.filter(kind=key.kind), existing.valid_from)
    if is_redrawn or is_redated or any(getattr(stored, name) != value for name, value in wanted.items()):
        for name, value in (wanted | dates).items():
            setattr(stored, name, value)
        if is_redrawn or is_redated:
            stored.loaded_at = timezone.now()
        stored.save()
    if is_redrawn or stored.boundaries.count() != len(found.outlines):
        _store_outlines(stored, found.outlines, spool, report)
    else:
        report.unchanged += len(found.outlines)
    if is_redrawn or is_redated:
        report.notes += plan_succession.settle(stored, today=timezone.localdate())
    report.notes += _remarks(jurisdiction, stored, found.outlines, spool)
    # In development Django remembers every statement with its values: a country's outlines, several times over.
    reset_queries()
    return stored


def _check_losses(
    jurisdiction: Jurisdiction, key: SetKey, outlines: dict[str, Outline], existing: BoundarySet | None
) -> None:
    advice = "is it half of a file? What was loaded before is kept; --accept-losses takes it as it is"
    if existing is not None:
        before = set(existing.boundaries.values_list("division__ocd_id", flat=True))
        gone = before - set(outlines)
        if len(gone) > _LARGEST_LOSS * len(before):
            raise SetRefusedError(f"{len(gone)} of {len(before)} outlines are missing from it; {advice}")
    if not jurisdiction.is_sample:
        whole = jurisdiction.divisions.filter(kind=key.kind).count()
        if len(outlines) < _LEAST_COVERED * whole:
            raise SetRefusedError(f"it outlines only {len(outlines)} of {whole} districts; {advice}")


def _missing_divisions(jurisdiction: Jurisdiction, outlines: Iterable[Outline]) -> list[District]:
    """An invented state's divisions come from its outlines; a real one's are known already."""
    if jurisdiction.is_sample:
        return [outline.division for outline in outlines]
    known = set(jurisdiction.divisions.values_list("ocd_id", flat=True))
    return [outline.division for outline in outlines if outline.division.ocd_id not in known]


def _checksum(outlines: dict[str, Outline]) -> str:
    return loading.checksum(
        part
        for name in sorted(outlines)
        for part in (name.encode(), outlines[name].geoid.encode(), outlines[name].digest)
    )


def _store_outlines(
    boundary_set: BoundarySet, outlines: dict[str, Outline], spool: OutlineSpool, report: LoadReport
) -> None:
    divisions = jurisdictions.district_index(boundary_set.jurisdiction).by_ocd_id
    wanted = {divisions[name].pk: outline for name, outline in outlines.items()}
    rows = boundary_set.boundaries.values_list("pk", "division_id", "geoid", "wkb").iterator(chunk_size=_BATCH_ROWS)
    known = {number: (pk, geoid, hashlib.sha256(wkb).digest()) for pk, number, geoid, wkb in rows}
    batch: list[Boundary] = []
    for number, outline in wanted.items():
        pk, *drawn = known.get(number, (None, "", b""))
        if pk is not None and drawn == [outline.geoid, outline.digest]:
            report.unchanged += 1
            continue
        west, south, east, north = outline.box
        boundary = Boundary(pk=pk, boundary_set=boundary_set, division_id=number, geoid=outline.geoid)
        boundary.west, boundary.south, boundary.east, boundary.north = west, south, east, north
        boundary.wkb = spool.read(outline.place)
        if pk is not None:
            boundary.save(force_update=True)
            report.changed += 1
            continue
        batch.append(boundary)
        report.added += 1
        if len(batch) == _BATCH_ROWS:
            Boundary.objects.bulk_create(batch)
            batch.clear()
    Boundary.objects.bulk_create(batch)
    gone = [pk for number, (pk, *_) in known.items() if number not in wanted]
    Boundary.objects.filter(pk__in=gone).delete()
    report.retired += len(gone)


def _remarks(
    jurisdiction: Jurisdiction, stored: BoundarySet, outlines: dict[str, Outline], spool: OutlineSpool
) -> list[str]:
    """What staff should know of a plan that was taken."""
    said: list[str] = []
    shared = seats_on_one_outline(outlines.values())
    if shared:
        seats = sum(len(several) for several in shared)
        said.append(f"{stored}: {len(shared)} outlines serve {seats} divisions, whose members share their voters")
    said += _overlaps(stored, {outline.place: outline for outline in outlines.values()}, spool)
    missing = [] if jurisdiction.is_sample else divisions_without_outline(stored)
    if missing:
        names = ", ".join(division.name for division in missing)
        whole = len(missing) + len(outlines)
        said.append(f"{stored}: {len(missing)} of {whole} districts have no outline in it: {names}")
    return said


def _overlaps(stored: BoundarySet, drawn: dict[tuple[int, int], Outline], spool: OutlineSpool) -> list[str]:
    listed = list(drawn.values())
    found = overlaps([geometry.from_wkb(spool.read(outline.place)) for outline in listed])
    said = [
        f"{stored}: {listed[one.first].division.name} and {listed[one.second].division.name} overlap, by "
        f"{one.share:.1%} of the smaller; an address there is in doubt"
        for one in found[:_OVERLAPS_NAMED]
    ]
    if len(found) > _OVERLAPS_NAMED:
        said.append(f"{stored}: and {len(found) - _OVERLAPS_NAMED} more pairs overlap")
    return said
