"""Who represents an address: the one question that the rest of the site asks of this room."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from legislators.adapters.geocoding import GeocoderUnavailableError
from legislators.engine.addresses import is_po_box, normalise, parse_zip
from legislators.engine.resolution import (
    Certainty,
    GeocodedPoint,
    Point,
    PostalAddress,
    Problem,
    Representation,
    Resolution,
)
from legislators.engine.states import STATES, states_of_zip
from legislators.records.divisions import Division
from legislators.records.jurisdictions import Jurisdiction
from legislators.records.places import ZipDivision
from legislators.services import candidacy, geocoding, lookups
from legislators.services.candidacy import Ground

#: Postal codes of places that elect nobody whom this site knows: territories and the armed forces' post offices.
_OTHER_POSTAL_CODES = {"as", "gu", "mp", "vi", "fm", "mh", "pw", "aa", "ae", "ap"}


def resolve_address(*, address: PostalAddress, on: date | None = None) -> Resolution:
    """Who represents an address on a day, today unless given.

    Never raises for what a person typed, nor because a geocoder is away: that is a `Problem`, with the
    candidates to choose from. A ZIP code alone never settles a state legislator: it is wrong for three
    addresses in ten.
    """
    day = on or timezone.localdate()
    asked = normalise(address)
    state = asked.state or _state_of_zip(asked.zip_code, address.state)
    if not state or (state not in STATES and not _is_sample(state)):
        problem = Problem.OUTSIDE_COVERAGE if state in _OTHER_POSTAL_CODES else Problem.UNKNOWN_STATE
        certainty = Certainty.OUTSIDE if problem == Problem.OUTSIDE_COVERAGE else Certainty.NONE
        return Resolution(certainty=certainty, state=state, problems=(problem,))
    jurisdiction = Jurisdiction.objects.filter(code=state).first()
    if jurisdiction is None or not candidacy.has_officials(jurisdiction):
        return Resolution(certainty=Certainty.OUTSIDE, state=state, problems=(Problem.OUTSIDE_COVERAGE,))
    ground = Ground(jurisdiction, day)
    if asked.zip_code and parse_zip(asked.zip_code) is None:
        return _choose(ground, "", Problem.BAD_ZIP)
    if asked.zip_code and not _zip_is_in(asked.zip_code, jurisdiction):
        return Resolution(certainty=Certainty.NONE, state=state, problems=(Problem.ZIP_NOT_IN_STATE,))
    return _locate(ground, PostalAddress(asked.street, asked.city, state, asked.zip_code))


def _locate(ground: Ground, address: PostalAddress) -> Resolution:
    if not address.street:
        return _choose(ground, address.zip_code, Problem.STREET_MISSING)
    if is_po_box(address.street):
        return _choose(ground, address.zip_code, Problem.PO_BOX)
    if not ground.plans:
        # Nothing to look a point up in: then nobody needs to be told the address.
        return _choose(ground, address.zip_code, Problem.OUTSIDE_COVERAGE)
    try:
        found = geocoding.geocode(address=address, is_sample=ground.jurisdiction.is_sample)
    except GeocoderUnavailableError:
        return _choose(ground, address.zip_code, Problem.GEOCODER_UNAVAILABLE)
    if found is None or found.certainty not in {Certainty.ROOFTOP, Certainty.INTERPOLATED}:
        return _choose(ground, address.zip_code, Problem.STREET_NOT_FOUND)
    return _settle(ground, found, address.zip_code)


def _settle(ground: Ground, found: GeocodedPoint, zip_code: str) -> Resolution:
    hits = lookups.hits(found.point, ground.plans, found.certainty)
    if not hits:
        return _choose(ground, zip_code, Problem.OUTSIDE_COVERAGE, source=found.source)
    settled, candidates, problems = ground.state_wide(), [], []
    certainty = found.certainty
    for kind in ground.kinds:
        hit = hits.get(kind)
        if hit is None:
            rows = ground.candidates(kind, zip_code)
            if _settles(kind, rows):
                settled += rows
            else:
                candidates += rows
                problems.append(Problem.OUTSIDE_COVERAGE)
        elif hit.is_certain:
            settled += ground.representations(kind, hit.inside)
        else:
            candidates += ground.representations(kind, hit.possible)
            problems.append(Problem.NEAR_BOUNDARY)
            certainty = Certainty.NEAR_BOUNDARY
    return Resolution(
        certainty=certainty,
        state=ground.jurisdiction.code,
        source=found.source,
        representations=tuple(settled),
        candidates=tuple(candidates),
        problems=tuple(dict.fromkeys(problems)),
    )


def _choose(ground: Ground, zip_code: str, problem: Problem, *, source: str = "") -> Resolution:
    """Without a point: the state settles its senators, a ZIP perhaps the member of the U.S. House, and that is all."""
    settled, candidates, problems = ground.state_wide(), [], [problem]
    for kind in ground.kinds:
        rows = ground.candidates(kind, zip_code)
        if _settles(kind, rows):
            settled += rows
            continue
        candidates += rows
        if kind == Division.Kind.CONGRESS and zip_code and len(rows) > 1 and ground.divisions_of_zip(kind, zip_code):
            problems.append(Problem.ZIP_IS_SPLIT)
    return Resolution(
        certainty=Certainty.ZIP if zip_code else Certainty.NONE,
        state=ground.jurisdiction.code,
        source=source,
        representations=tuple(settled),
        candidates=tuple(candidates),
        problems=tuple(problems),
    )


def _settles(kind: str, rows: Sequence[Representation]) -> bool:
    """Without a point only one thing is certain: a ZIP, or a state, that has a single congressional district."""
    return kind == Division.Kind.CONGRESS and len(rows) == 1


def resolve_point(*, point: Point, on: date | None = None) -> Resolution:
    """Who represents a coordinate on a day: the district of each chamber whose outline holds it.

    Unlike an address, a coordinate is exact by itself, so that every chamber with a district there is settled.
    One that lies so close to an edge that the outline itself may be off is marked `near_boundary`.
    """
    day = on or timezone.localdate()
    found = lookups.jurisdictions_at(point, day)
    if not found:
        return Resolution(certainty=Certainty.OUTSIDE, source="point", problems=(Problem.OUTSIDE_COVERAGE,))
    ground = Ground(found[0], day)
    hits = lookups.hits(point, ground.plans, Certainty.ROOFTOP)
    settled, problems = ground.state_wide(), []
    for kind in ground.kinds:
        hit = hits.get(kind)
        if hit is None:
            problems.append(Problem.OUTSIDE_COVERAGE)
            continue
        settled += ground.representations(kind, hit.inside or hit.possible)
        if not hit.is_certain:
            problems.append(Problem.NEAR_BOUNDARY)
    return Resolution(
        certainty=Certainty.NEAR_BOUNDARY if Problem.NEAR_BOUNDARY in problems else Certainty.ROOFTOP,
        state=ground.jurisdiction.code,
        source="point",
        representations=tuple(settled),
        problems=tuple(dict.fromkeys(problems)),
    )


def resolve_divisions(*, ocd_ids: Sequence[str], on: date | None = None) -> Resolution:
    """Who sits for the divisions that a person chose. What is no known division is left out.

    The state's own senators are in the answer only if its division is among those chosen.
    """
    day = on or timezone.localdate()
    chosen = {
        one.ocd_id: one for one in Division.objects.filter(ocd_id__in=list(ocd_ids)).select_related("jurisdiction")
    }
    ordered = [chosen[ocd_id] for ocd_id in dict.fromkeys(ocd_ids) if ocd_id in chosen]
    if not ordered:
        return Resolution(certainty=Certainty.NONE, problems=(Problem.OUTSIDE_COVERAGE,))
    states = {division.jurisdiction.code for division in ordered}
    return Resolution(
        certainty=Certainty.CHOSEN,
        state=states.pop() if len(states) == 1 else "",
        source="chosen",
        representations=tuple(candidacy.representations(ordered, day)),
    )


def _is_sample(code: str) -> bool:
    return Jurisdiction.objects.filter(code=code, is_sample=True).exists()


def _state_of_zip(zip_code: str, typed_state: str) -> str:
    """A ZIP names the state where the person left the state out."""
    if typed_state.strip() or parse_zip(zip_code) is None:
        return ""
    states = states_of_zip(zip_code) or tuple(
        one.code for one in Jurisdiction.objects.filter(is_sample=True) if zip_code[:3] in one.zip_prefixes
    )
    return states[0] if len(states) == 1 else ""


def _zip_is_in(zip_code: str, jurisdiction: Jurisdiction) -> bool:
    """By its first three digits, or because it is known to reach over the state's line."""
    if zip_code[:3] in jurisdiction.zip_prefixes:
        return True
    return ZipDivision.objects.filter(zip_code=zip_code, division__jurisdiction=jurisdiction).exists()
