"""Sorts the features of a boundary file into districting plans, before anything is stored."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from legislators.adapters.boundary_files import RawFeature
from legislators.adapters.outline_spool import OutlineSpool
from legislators.engine import boundaries, geometry
from legislators.engine.boundaries import Feature, Plan, UnknownFeatureError
from legislators.engine.districts import District, UnknownDistrictError
from legislators.engine.geometry import InvalidOutlineError
from legislators.engine.people import Refusal
from legislators.engine.states import STATES
from legislators.services.loading import LoadError, LoadReport, Progress

_PROGRESS_EVERY = 500


@dataclass(frozen=True, slots=True)
class PlanDates:
    """What the person who loads says of the plan, where they know better than the file."""

    name: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """One division's; `place` is where the spool keeps its WKB, `digest` that WKB's SHA-256."""

    where: str
    geoid: str
    division: District
    box: tuple[float, float, float, float]
    place: tuple[int, int]
    digest: bytes


@dataclass(frozen=True, slots=True)
class SetKey:
    """What tells one stored set from another."""

    state: str
    kind: str
    plan: str


@dataclass(slots=True)
class OutlineSet:
    """One plan of one state and kind: its outlines by OCD id."""

    plan: Plan
    outlines: dict[str, Outline] = field(default_factory=dict)
    #: Which feature had a Census code first: two districts on one code would be taken for two seats of one.
    features: dict[str, str] = field(default_factory=dict)


def collect(
    features: Iterable[RawFeature],
    *,
    spool: OutlineSpool,
    state: str,
    dates: PlanDates,
    report: LoadReport,
    progress: Progress,
) -> dict[SetKey, OutlineSet]:
    """Every plan in the features, of one state or of all; what cannot be taken goes to the report by name.

    :raises LoadError: where one name would stand for two plans.
    """
    sets: dict[SetKey, OutlineSet] = {}
    left_out: Counter[str] = Counter()
    for count, feature in enumerate(features, start=1):
        if count % _PROGRESS_EVERY == 0:
            progress(f"{count} outlines read …")
        try:
            described = boundaries.describe(feature.properties, feature.file_name)
            if described is None:
                left_out[feature.file_name] += not state or _mentions(feature, state)
            elif not state or described.state == state:
                _keep(feature, described, sets, spool, dates, report)
        except (UnknownFeatureError, UnknownDistrictError, InvalidOutlineError) as error:
            if not state or _mentions(feature, state):
                report.refused.append(Refusal(feature.where, f"{_name(feature)}{error}"))
    if left_out.total():
        report.notes.append(
            f"{left_out.total()} area(s) left out that the Census marks as no district, mostly water: their GEOID ends "
            "in ZZ"
        )
    return sets


def _keep(
    feature: RawFeature,
    described: Feature,
    sets: dict[SetKey, OutlineSet],
    spool: OutlineSpool,
    dates: PlanDates,
    report: LoadReport,
) -> None:
    shape, is_repaired = geometry.repaired_outline(feature.geometry)
    if described.state in STATES and not boundaries.is_in_the_united_states(shape.bounds):
        raise InvalidOutlineError("it lies outside the United States; are latitude and longitude exchanged?")
    key = SetKey(described.state, described.kind, dates.name or described.plan.name)
    into = sets.setdefault(key, OutlineSet(described.plan))
    if into.plan != described.plan:
        raise LoadError(
            f"{feature.where}: {key.plan!r} would be the name of two plans of {key.state.upper()}, {into.plan.name!r} "
            f"and {described.plan.name!r}; load them one by one"
        )
    twin = into.features.get(described.geoid) if described.geoid else None
    twins = [into.outlines[one.ocd_id].where for one in described.divisions if one.ocd_id in into.outlines]
    if twins or twin:
        names = ", ".join(one.ocd_id for one in described.divisions)
        code = f" (GEOID {described.geoid})" if twin else ""
        report.refused.append(Refusal(feature.where, f"{names}{code} is already outlined by {twin or twins[0]}"))
        return
    if is_repaired:
        report.notes.append(f"{feature.where}: {_name(feature)}its outline crossed itself and was repaired")
    if described.geoid:
        into.features[described.geoid] = feature.where
    wkb = geometry.to_wkb(shape)
    place, digest = spool.keep(wkb), hashlib.sha256(wkb).digest()
    for division in described.divisions:
        into.outlines[division.ocd_id] = Outline(feature.where, described.geoid, division, shape.bounds, place, digest)


def seats_on_one_outline(outlines: Iterable[Outline]) -> list[list[Outline]]:
    """Outlines that serve more than one division, as in Idaho's house."""
    by_place: dict[tuple[int, int], list[Outline]] = defaultdict(list)
    for outline in outlines:
        by_place[outline.place].append(outline)
    return [several for several in by_place.values() if len(several) > 1]


def _name(feature: RawFeature) -> str:
    value = feature.properties.get("NAMELSAD") or feature.properties.get("name") or ""
    return f"{str(value)[:80]}: " if value else ""


def _mentions(feature: RawFeature, state: str) -> bool:
    """Whether a feature that cannot be read is plainly another state's."""
    fips = str(feature.properties.get("STATEFP") or feature.properties.get("GEOID") or "")[:2]
    known = STATES.get(state)
    return not fips or known is None or fips == known.fips
