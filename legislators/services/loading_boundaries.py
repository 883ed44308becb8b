"""Brings the outlines of a districting plan in line with a file."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from legislators.adapters import boundary_files
from legislators.adapters.boundary_files import RawFeature
from legislators.adapters.source_files import UnreadableSourceError
from legislators.engine import boundaries, geometry
from legislators.engine.boundaries import Plan, UnknownFeatureError
from legislators.engine.districts import District, UnknownDistrictError
from legislators.engine.geometry import InvalidOutlineError
from legislators.engine.people import Refusal
from legislators.engine.states import STATES
from legislators.records.divisions import Boundary, BoundarySet
from legislators.records.jurisdictions import Jurisdiction
from legislators.records.loads import DataLoad
from legislators.services import jurisdictions, loading
from legislators.services.loading import LoadError, LoadReport, Progress


@dataclass(frozen=True, slots=True)
class PlanDates:
    """What the person who loads says of the plan, where they know better than the file."""

    name: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class _Outline:
    where: str
    geoid: str
    division: District
    box: tuple[float, float, float, float]
    wkb: bytes


@dataclass(frozen=True, slots=True)
class _SetKey:
    state: str
    kind: str
    plan: Plan


def load(
    *, path: Path, state: str = "", dates: PlanDates | None = None, progress: Progress = loading.silent
) -> LoadReport:
    """Loads district outlines from GeoJSON or a shapefile; all of it or nothing.

    :param state: only this state's, as a two-letter code.
    :param dates: name and dates of the plan, over what the file says.
    :raises LoadError: with nothing changed.
    """
    report = LoadReport()
    progress(f"Reading {path} …")
    try:
        sets = _collect(boundary_files.read(path), state, dates or PlanDates(), report, progress)
    except UnreadableSourceError as error:
        raise LoadError(str(error)) from None
    if not sets:
        why = f" ({report.refused[0].where}: {report.refused[0].why})" if report.refused else ""
        raise LoadError(f"{path}: no district outline{f' of {state}' if state else ''} is in there{why}")
    _store(sets, path.name, dates or PlanDates(), report, progress)
    return report


def _collect(
    features: Iterable[RawFeature], state: str, dates: PlanDates, report: LoadReport, progress: Progress
) -> dict[_SetKey, dict[str, _Outline]]:
    sets: dict[_SetKey, dict[str, _Outline]] = defaultdict(dict)
    for count, feature in enumerate(features, start=1):
        if count % 500 == 0:
            progress(f"{count} outlines …")
        try:
            described = boundaries.describe(feature.properties, feature.file_name)
            if described is None or (state and described.state != state):
                continue
            shape = geometry.outline(feature.geometry)
        except (UnknownFeatureError, UnknownDistrictError, InvalidOutlineError) as error:
            if not state or _mentions(feature, state):
                report.refused.append(Refusal(feature.where, f"{_name(feature)}{error}"))
            continue
        plan = (
            Plan(dates.name, described.plan.valid_from, described.plan.accuracy_metres)
            if dates.name
            else described.plan
        )
        outlines = sets[_SetKey(described.state, described.kind, plan)]
        wkb = geometry.to_wkb(shape)
        for division in described.divisions:
            known = outlines.setdefault(
                division.ocd_id, _Outline(feature.where, described.geoid, division, shape.bounds, wkb)
            )
            if known.where != feature.where:
                report.refused.append(Refusal(feature.where, f"{division.ocd_id} is already outlined by {known.where}"))
    return {key: outlines for key, outlines in sets.items() if outlines}


def _name(feature: RawFeature) -> str:
    value = feature.properties.get("NAMELSAD") or feature.properties.get("name") or ""
    return f"{str(value)[:80]}: " if value else ""


def _mentions(feature: RawFeature, state: str) -> bool:
    """Whether a feature that cannot be read is plainly another state's."""
    fips = str(feature.properties.get("STATEFP") or feature.properties.get("GEOID") or "")[:2]
    known = STATES.get(state)
    return not fips or known is None or fips == known.fips


@transaction.atomic
def _store(
    sets: dict[_SetKey, dict[str, _Outline]], label: str, dates: PlanDates, report: LoadReport, progress: Progress
) -> None:
    made: dict[str, Jurisdiction] = {}
    for key, outlines in sorted(sets.items(), key=lambda item: (item[0].state, item[0].kind, item[0].plan.name)):
        try:
            jurisdiction = made.get(key.state) or jurisdictions.ensure(code=key.state)
        except jurisdictions.UnknownStateError as error:
            report.refused += [Refusal(outline.where, str(error)) for outline in outlines.values()]
            continue
        made[key.state] = jurisdiction
        _store_set(jurisdiction, key, outlines, label, dates, report)
        if key.plan.accuracy_metres:
            report.notes.append(
                f"{jurisdiction.name} {key.kind} {key.plan.name}: drawn for maps, up to {key.plan.accuracy_metres} m "
                "off; used only where no exact outlines are loaded, and then with a wide margin of doubt"
            )
        progress(f"{jurisdiction.name}: {len(outlines)} outlines of {key.kind}, {key.plan.name}.")
    if not made:
        raise LoadError("none of the outlines belongs to a known state")
    loading.record(report, kind=DataLoad.Kind.BOUNDARIES, source=label)


def _store_set(
    jurisdiction: Jurisdiction,
    key: _SetKey,
    outlines: dict[str, _Outline],
    label: str,
    dates: PlanDates,
    report: LoadReport,
) -> None:
    jurisdictions.record_divisions(
        jurisdiction=jurisdiction, districts=_missing_divisions(jurisdiction, outlines.values())
    )
    divisions = jurisdictions.district_index(jurisdiction).by_ocd_id
    digest = loading.checksum(part for name in sorted(outlines) for part in (name.encode(), outlines[name].wkb))
    boundary_set, _ = BoundarySet.objects.get_or_create(
        jurisdiction=jurisdiction,
        kind=key.kind,
        plan=key.plan.name,
        defaults={"loaded_at": timezone.now(), "source": label, "checksum": ""},
    )
    wanted = {
        "source": label[:300],
        "checksum": digest,
        "valid_from": dates.valid_from or key.plan.valid_from,
        "valid_to": dates.valid_to,
        "accuracy_metres": key.plan.accuracy_metres,
    }
    if any(getattr(boundary_set, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(boundary_set, name, value)
        boundary_set.loaded_at = timezone.now()
        boundary_set.save()
    _store_outlines(boundary_set, {divisions[name].pk: outline for name, outline in outlines.items()}, report)


def _missing_divisions(jurisdiction: Jurisdiction, outlines: Iterable[_Outline]) -> list[District]:
    """An invented state's divisions come from its outlines; a real one's are known already."""
    if jurisdiction.is_sample:
        return [outline.division for outline in outlines]
    known = set(jurisdiction.divisions.values_list("ocd_id", flat=True))
    return [outline.division for outline in outlines if outline.division.ocd_id not in known]


def _store_outlines(boundary_set: BoundarySet, outlines: dict[int, _Outline], report: LoadReport) -> None:
    known = {boundary.division_id: boundary for boundary in boundary_set.boundaries.all()}
    added: list[Boundary] = []
    changed: list[Boundary] = []
    for number, outline in outlines.items():
        west, south, east, north = outline.box
        boundary = known.get(number)
        if boundary is not None and bytes(boundary.wkb) == outline.wkb and boundary.geoid == outline.geoid:
            report.unchanged += 1
            continue
        made = boundary or Boundary(boundary_set=boundary_set, division_id=number)
        made.geoid, made.wkb = outline.geoid, outline.wkb
        made.west, made.south, made.east, made.north = west, south, east, north
        (added if boundary is None else changed).append(made)
    Boundary.objects.bulk_create(added, batch_size=100)
    Boundary.objects.bulk_update(changed, ["geoid", "wkb", "west", "south", "east", "north"], batch_size=50)
    gone = [boundary.pk for number, boundary in known.items() if number not in outlines]
    Boundary.objects.filter(pk__in=gone).delete()
    report.added += len(added)
    report.changed += len(changed)
    report.retired += len(gone)
