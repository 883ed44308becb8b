"""Which districts a point lies in, and which ones it might lie in as well."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from legislators.engine import geometry
from legislators.engine.atlas import OutlineFacts
from legislators.engine.outlines import Near, OutlineIndex
from legislators.engine.resolution import Certainty, Point
from legislators.services.atlas import AtlasDay


@dataclass(frozen=True, slots=True)
class Hit:
    """The divisions of one kind at a point.

    `inside` are those of the one outline that holds the point: one as a rule, two where one outline serves two seats,
    none where no outline or more than one of them does. `possible` adds those that begin within the tolerance;
    equal to `inside` where there is no doubt. `is_overlap` where the doubt is not of an edge: two outlines lie over
    each other there.
    """

    inside: tuple[int, ...]
    possible: tuple[int, ...]
    is_overlap: bool = False

    @property
    def is_certain(self) -> bool:
        return bool(self.inside) and (self.inside == self.possible or set(self.inside) == set(self.possible))


def near(day: AtlasDay, point: Point, certainty: Certainty) -> Near:
    """The outlines of every state at or near a point, for `hits` and `states_at`."""
    return day.index.near(point, geometry.tolerance_metres(certainty))


def states_at(found: Near) -> list[str]:
    """The states that the point lies in by the best outlines that hold it; several only on or over a state's line."""
    best = min((one.accuracy_metres for one in found.inside), default=0)
    return list(dict.fromkeys(one.state for one in found.inside if one.accuracy_metres == best))


def is_near_another_state(day: AtlasDay, found: Near, state: str, point: Point, certainty: Certainty) -> bool:
    """Whether another state begins within the tolerance, by outlines as good as those of this one."""
    if not found.close:
        return False
    best = min((one.accuracy_metres for one in found.inside), default=0)
    return any(
        one.state != state
        and one.accuracy_metres <= best
        and day.index.metres_to(one, point) <= geometry.tolerance_metres(certainty, best)
        for one in found.close
    )


def hits(day: AtlasDay, found: Near, state: str, point: Point, certainty: Certainty) -> dict[str, Hit]:
    """By kind of district, for every kind that has an outline near the point. A kind without a hit is missing."""
    made: dict[str, Hit] = {}
    held: dict[str, list[OutlineFacts]] = {}
    for one in found.inside:
        if one.state == state:
            held.setdefault(one.kind, []).append(one)
    in_doubt = {one.kind for one in found.close if one.state == state}
    for kind, rows in held.items():
        if any(one.shape != rows[0].shape for one in rows[1:]):
            in_doubt.add(kind)
        elif kind not in in_doubt:
            # The usual case: one outline holds the point, and no other begins near it.
            divisions = tuple([one.division for one in rows])
            made[kind] = Hit(divisions, divisions)
    in_doubt |= {one.kind for one in found.about if one.state == state} - held.keys()
    for kind in in_doubt:
        hit = _weighed(day.index, found, state, kind, point, certainty)
        if hit is not None:
            made[kind] = hit
    return made


def _weighed(index: OutlineIndex, found: Near, state: str, kind: str, point: Point, certainty: Certainty) -> Hit | None:
    inside = _shapes(found.inside, state, kind)
    beside = _shapes(found.close, state, kind)
    shapes = beside | inside
    close = {shape: index.metres_to(rows[0], point) for shape, rows in beside.items()}
    accuracy = max((rows[0].accuracy_metres for rows in shapes.values()), default=0)
    tolerance = geometry.tolerance_metres(certainty, accuracy)
    possible = [*inside, *sorted((shape for shape in close if close[shape] <= tolerance), key=close.__getitem__)]
    if not possible:
        # Off the coast of a simplified outline: the nearest district, as a doubt.
        shapes |= _shapes(found.about, state, kind)
        metres = {shape: index.metres_to(rows[0], point) for shape, rows in shapes.items()}
        possible = sorted((shape for shape in metres if metres[shape] <= geometry.COAST_METRES), key=metres.__getitem__)
        possible = possible[:1]
    if not possible:
        return None
    return Hit(
        inside=_divisions(shapes, inside) if len(inside) == 1 else (),
        possible=_divisions(shapes, possible),
        is_overlap=len(inside) > 1
        and all(index.metres_to_edge(rows[0], point) > tolerance for rows in inside.values()),
    )


def _shapes(outlines: Iterable[OutlineFacts], state: str, kind: str) -> dict[str, list[OutlineFacts]]:
    found: dict[str, list[OutlineFacts]] = {}
    for one in outlines:
        if one.state == state and one.kind == kind:
            found.setdefault(one.shape, []).append(one)
    return found


def _divisions(shapes: Mapping[str, Sequence[OutlineFacts]], chosen: Iterable[str]) -> tuple[int, ...]:
    return tuple(outline.division for shape in chosen for outline in shapes[shape])


def within(day: AtlasDay, state: str, kind: str, point: Point, metres: float) -> list[int]:
    """Divisions of a kind that begin within so many metres of a point, the nearest first."""
    plan = day.plans(state).get(kind)
    if plan is None:
        return []
    west, south, east, north = geometry.box_around(point, metres + plan.accuracy_metres)
    found = []
    for place in day.facts.places_of.get(plan.number, []):
        outline = day.facts.outlines[place]
        box = outline.box
        if box[0] <= east and west <= box[2] and box[1] <= north and south <= box[3]:
            distance = geometry.distance_metres(day.atlas.store.shape(place), point)
            if distance <= metres + plan.accuracy_metres:
                found.append((distance, outline.division))
    return [division for _, division in sorted(found)]


def sharing_ground(day: AtlasDay, state: str, kind: str, other_kind: str, others: Sequence[int]) -> set[int] | None:
    """Divisions of a kind that share ground with any of those others, of another kind.

    None where that cannot be told, because one of them has no outline.
    """
    plans = day.plans(state)
    if kind not in plans or other_kind not in plans:
        return None
    outlines = day.facts.outlines
    places = {outlines[place].division: place for place in day.facts.places_of.get(plans[other_kind].number, [])}
    if not all(number in places for number in others):
        return None
    own = day.facts.places_of.get(plans[kind].number, [])
    return {
        outlines[place].division for other in others for place in day.atlas.store.sharing_ground(places[other], own)
    }
