"""Who represents an address: the one question that the rest of the site asks of this room."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from legislators.adapters.geocoding import GeocoderUnavailableError
from legislators.engine.addresses import is_po_box, normalise, parse_zip
from legislators.engine.districts import CONGRESS
from legislators.engine.outlines import Near
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
from legislators.services import answers, atlas, claims, geocoding, lookups
from legislators.services.atlas import AtlasDay
from legislators.services.candidacy import Ground
from legislators.services.lookups import Hit

#: Postal codes of places that elect nobody whom this site knows: territories and the armed forces' post offices.
_OTHER_POSTAL_CODES = {"as", "gu", "mp", "vi", "fm", "mh", "pw", "aa", "ae", "ap"}
#: What lowers the certainty of an exact place, the gravest first.
_DOUBTS = (
    (Problem.DISTRICTS_DISAGREE, Certainty.CONFLICT),
    (Problem.DISTRICTS_OVERLAP, Certainty.AMBIGUOUS),
    (Problem.NEAR_BOUNDARY, Certainty.NEAR_BOUNDARY),
)
_EXACT = {Certainty.ROOFTOP, Certainty.INTERPOLATED}


@dataclass(slots=True)
class _Draft:
    """A resolution in the making."""

    ground: Ground
    settled: list[Representation] = field(default_factory=list)
    candidates: list[Representation] = field(default_factory=list)
    unmapped: list[Representation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def settle(self, divisions: Sequence[int]) -> None:
        """These are the person's; those that lie over them without an outline may be."""
        day = self.ground.day
        for number in divisions:
            self.settled += day.representation(number)
            if over := day.over(number):
                self.unmapped += [row for row in over if row not in self.unmapped]
                self.problems.append(Problem.DISTRICT_WITHOUT_OUTLINE)

    def ask(self, divisions: Iterable[int], problem: Problem | None = None) -> None:
        """One of these is the person's."""
        self.candidates += self.ground.day.representations(divisions)
        if problem is not None:
            self.problems.append(problem)

    def finished(self, certainty: Certainty, source: str, point: Point | None = None) -> Resolution:
        return Resolution(
            certainty=certainty,
            state=self.ground.code,
            source=source,
            representations=tuple(self.settled),
            candidates=tuple(self.candidates),
            problems=tuple(dict.fromkeys(self.problems)),
            unmapped=tuple(self.unmapped),
            point=point,
        )


def resolve_address(*, address: PostalAddress, on: date | None = None) -> Resolution:
    """Who represents an address on a day, today unless given.

    Never raises for what a person typed, nor because a geocoder is away: that is a `Problem`, with the
    candidates to choose from. A ZIP code alone never settles a state legislator: it is wrong for three
    addresses in ten. Nor does a street alone, however short.
    """
    day = atlas.on(on)
    asked = normalise(address)
    state = asked.state or _state_of_zip(day, asked.zip_code, address.state)
    known = day.facts.states.get(state)
    if not state or (state not in STATES and not (known and known.is_sample)):
        problem = Problem.OUTSIDE_COVERAGE if state in _OTHER_POSTAL_CODES else Problem.UNKNOWN_STATE
        certainty = Certainty.OUTSIDE if problem == Problem.OUTSIDE_COVERAGE else Certainty.NONE
        return Resolution(certainty=certainty, state=state, problems=(problem,))
    ground = Ground(day, known) if known else None
    if ground is None or not ground.has_officials:
        return Resolution(certainty=Certainty.OUTSIDE, state=state, problems=(Problem.OUTSIDE_COVERAGE,))
    if asked.zip_code and parse_zip(asked.zip_code) is None:
        return _choose(ground, "", Problem.BAD_ZIP)
    if asked.zip_code and not _zip_is_in(asked.zip_code, ground):
        return Resolution(certainty=Certainty.NONE, state=state, problems=(Problem.ZIP_NOT_IN_STATE,))
    return _locate(ground, PostalAddress(asked.street, asked.city, state, asked.zip_code))


def _locate(ground: Ground, address: PostalAddress) -> Resolution:
    if not address.street:
        return _choose(ground, address.zip_code, Problem.STREET_MISSING)
    if is_po_box(address.street):
        return _choose(ground, address.zip_code, Problem.PO_BOX)
    if not ground.plans:
        # Nothing to look a point up in: then nobody needs to be told the address.
        return _choose(ground, address.zip_code, Problem.CHAMBER_WITHOUT_MAP)
    key = "" if ground.state.is_sample else answers.key_of(ground, address)
    known = answers.recall(key) if key else None
    if known is not None and not known.geocoder:
        return _choose(ground, address.zip_code, Problem.STREET_NOT_FOUND)
    if known is not None:
        return _by_hits(ground, known.hits, known.certainty, known.geocoder, address.zip_code)
    try:
        found = geocoding.geocode(address=address, is_sample=ground.state.is_sample)
    except GeocoderUnavailableError:
        return _choose(ground, address.zip_code, Problem.GEOCODER_UNAVAILABLE)
    if found is None:
        if key:
            answers.remember(key, geocoder="", certainty=Certainty.NONE, hits={})
        return _choose(ground, address.zip_code, Problem.STREET_NOT_FOUND)
    if found.certainty not in _EXACT:
        return _around(ground, found, address.zip_code)
    return _at(ground, found, address.zip_code, key)


def _at(ground: Ground, found: GeocodedPoint, zip_code: str, key: str) -> Resolution:
    around = lookups.near(ground.day, found.point, found.certainty)
    hits = lookups.hits(ground.day, around, ground.code, found.point, found.certainty)
    disputed = claims.disagreements(ground, hits, found.districts)
    if key and hits and not disputed and all(hit.is_certain for hit in hits.values()):
        answers.remember(key, geocoder=found.source, certainty=found.certainty, hits=hits)
    return _by_hits(ground, hits, found.certainty, found.source, zip_code, point=found.point, disputed=disputed)


def _by_hits(
    ground: Ground,
    hits: Mapping[str, Hit],
    certainty: Certainty,
    source: str,
    zip_code: str,
    *,
    point: Point | None = None,
    disputed: Mapping[str, tuple[int, ...]] | None = None,
) -> Resolution:
    """:param disputed: by kind, what the geocoder says instead."""
    if not hits:
        return _choose(ground, zip_code, Problem.OUTSIDE_COVERAGE, source=source, point=point)
    draft = _Draft(ground)
    draft.settled += ground.state_wide()
    for kind in ground.kinds:
        hit = hits.get(kind)
        if hit is None:
            divisions = ground.possible(kind, zip_code)
            if _settles(kind, divisions):
                draft.settle(divisions)
            else:
                draft.ask(divisions, _why_no_hit(ground, kind))
        elif disputed and kind in disputed:
            draft.ask([*hit.possible, *disputed[kind]], Problem.DISTRICTS_DISAGREE)
        elif hit.is_certain:
            draft.settle(hit.inside)
        else:
            draft.ask(hit.possible, Problem.DISTRICTS_OVERLAP if hit.is_overlap else Problem.NEAR_BOUNDARY)
    return draft.finished(_worst(certainty, draft.problems), source, point)


def _worst(certainty: Certainty, problems: Sequence[Problem]) -> Certainty:
    """An exact place is worth only as much as the lines around it."""
    return next((doubt for problem, doubt in _DOUBTS if problem in problems), certainty) if problems else certainty


def _around(ground: Ground, found: GeocodedPoint, zip_code: str) -> Resolution:
    """The street or the town was found and not the house: what lies around it is possible, and nothing is settled."""
    draft = _draft_without_house(ground, zip_code, Problem.STREET_NOT_FOUND, street=found.point)
    return draft.finished(Certainty.STREET, found.source, found.point)


def _choose(
    ground: Ground, zip_code: str, problem: Problem, *, source: str = "", point: Point | None = None
) -> Resolution:
    """Without a point: the state settles its senators, a ZIP perhaps the member of the U.S. House, and that is all."""
    draft = _draft_without_house(ground, zip_code, problem)
    if not zip_code:
        certainty = Certainty.NONE
    elif any(len(ground.divisions_of_zip(kind, zip_code)) == 1 for kind in ground.kinds):
        certainty = Certainty.ZIP
    else:
        certainty = Certainty.AMBIGUOUS
    return draft.finished(certainty, source, point)


def _draft_without_house(ground: Ground, zip_code: str, problem: Problem, street: Point | None = None) -> _Draft:
    draft = _Draft(ground)
    draft.settled += ground.state_wide()
    draft.problems.append(problem)
    for kind in ground.kinds:
        divisions = ground.possible(kind, zip_code)
        if _settles(kind, divisions):
            draft.settle(divisions)
            continue
        draft.ask(ground.possible(kind, zip_code, street) if street else divisions)
        if kind == CONGRESS and len(ground.divisions_of_zip(kind, zip_code)) > 1:
            draft.problems.append(Problem.ZIP_IS_SPLIT)
    return draft


def _settles(kind: str, divisions: Sequence[int]) -> bool:
    """Without a point only one thing is certain: a ZIP, or a state, that has a single congressional district."""
    return kind == CONGRESS and len(divisions) == 1


def _why_no_hit(ground: Ground, kind: str) -> Problem:
    return Problem.OUTSIDE_COVERAGE if kind in ground.plans else Problem.CHAMBER_WITHOUT_MAP


def resolve_point(*, point: Point, on: date | None = None) -> Resolution:
    """Who represents a coordinate on a day: the district of each chamber whose outline holds it.

    Unlike an address, a coordinate is exact by itself, so that every chamber with one district there is settled.
    One that lies so close to an edge that the outline itself may be off is marked `near_boundary`. What lies on the
    line, or in two outlines, is for the person to choose; so is a chamber without outlines.
    """
    day = atlas.on(on)
    found = lookups.near(day, point, Certainty.ROOFTOP)
    states = lookups.states_at(found)
    if not states:
        return Resolution(certainty=Certainty.OUTSIDE, source="point", problems=(Problem.OUTSIDE_COVERAGE,))
    if len(states) > 1:
        return _on_state_line(day, found, states)
    ground = Ground(day, day.facts.states[states[0]])
    hits = lookups.hits(day, found, ground.code, point, Certainty.ROOFTOP)
    draft = _Draft(ground, list(ground.state_wide()))
    for kind in ground.kinds:
        hit = hits.get(kind)
        if hit is None:
            draft.ask(ground.possible(kind, ""), _why_no_hit(ground, kind))
        elif hit.inside:
            draft.settle(hit.inside)
            if not hit.is_certain:
                draft.problems.append(Problem.NEAR_BOUNDARY)
        else:
            draft.ask(hit.possible, Problem.DISTRICTS_OVERLAP if hit.is_overlap else Problem.NEAR_BOUNDARY)
    if lookups.is_near_another_state(day, found, ground.code, point, Certainty.ROOFTOP):
        draft.problems.append(Problem.NEAR_BOUNDARY)
    return draft.finished(_worst(Certainty.ROOFTOP, draft.problems), "point")


def _on_state_line(day: AtlasDay, found: Near, states: Sequence[str]) -> Resolution:
    inside = [one.division for one in found.inside if one.state in states]
    wide = [row for state in states for row in day.state_wide(state)]
    return Resolution(
        certainty=Certainty.NEAR_BOUNDARY,
        source="point",
        candidates=(*wide, *day.representations(dict.fromkeys(inside))),
        problems=(Problem.NEAR_BOUNDARY,),
    )


def resolve_divisions(*, ocd_ids: Sequence[str], on: date | None = None) -> Resolution:
    """Who sits for the divisions that a person chose. What is no known division is left out.

    The state's own senators are in the answer only if its division is among those chosen. Who knows their district
    need not know of another that lies over it: such a one is in `unmapped`, as it is for an address.
    """
    day = atlas.on(on)
    numbers = day.facts.numbers
    chosen = [numbers[ocd_id] for ocd_id in dict.fromkeys(ocd_ids) if ocd_id in numbers]
    if not chosen:
        return Resolution(certainty=Certainty.NONE, problems=(Problem.OUTSIDE_COVERAGE,))
    states = {day.facts.divisions[number].state for number in chosen}
    unmapped = _over(day, chosen)
    return Resolution(
        certainty=Certainty.CHOSEN,
        state=states.pop() if len(states) == 1 else "",
        source="chosen",
        representations=tuple(day.representations(chosen)),
        problems=(Problem.DISTRICT_WITHOUT_OUTLINE,) if unmapped else (),
        unmapped=unmapped,
    )


def _over(day: AtlasDay, chosen: Sequence[int]) -> tuple[Representation, ...]:
    """What may lie over the districts that were chosen, without those that were chosen themselves."""
    facts = day.facts
    over: list[Representation] = []
    for number in chosen:
        division = facts.divisions[number]
        # A district that no plan draws is one of those that lie over others.
        if day.over(number) and number in day.drawn(division.state, division.kind):
            over += day.over(number)
    ids = {facts.divisions[number].ocd_id for number in chosen}
    return tuple({row.division_ocd_id: row for row in over if row.division_ocd_id not in ids}.values())


def _state_of_zip(day: AtlasDay, zip_code: str, typed_state: str) -> str:
    """A ZIP names the state where the person left the state out."""
    if typed_state.strip() or parse_zip(zip_code) is None:
        return ""
    states = states_of_zip(zip_code) or tuple(
        one.code for one in day.facts.states.values() if one.is_sample and zip_code[:3] in one.zip_prefixes
    )
    return states[0] if len(states) == 1 else ""


def _zip_is_in(zip_code: str, ground: Ground) -> bool:
    """By its first three digits, or because it is known to reach over the state's line."""
    return zip_code[:3] in ground.state.zip_prefixes or bool(ground.day.atlas.divisions_of_zip(ground.code, zip_code))
