"""Reads the outlines around an address, and says in words what a map of them shows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from legislators.engine import geometry
from legislators.engine.district_map import Area, Drawing, Neighbour, close_up, neighbours, overview
from legislators.engine.resolution import Point
from legislators.records.divisions import Boundary

#: More districts than these are no longer a question of an edge.
MOST_AREAS = 6
_FARTHEST_METRES = 50_000
_FEET_PER_METRE = 3.28084
_FEET_PER_MILE = 5280


@dataclass(frozen=True, slots=True)
class DistrictMap:
    """The surroundings of an address in two drawings, and all that they say in words."""

    close_up: Drawing
    overview: Drawing
    #: Where the address lies, and how far from which edge.
    description: str


def district_map(ocd_ids: Collection[str], point: Point, on: date | None = None) -> DistrictMap | None:
    """The map on which a person finds their district among these; they are of one chamber.

    None where fewer than two of them have an outline of their own, or where they are too many or too far away to be
    neighbours.
    """
    if not 1 < len(ocd_ids) <= MOST_AREAS:
        return None
    areas = _areas(ocd_ids, on or timezone.localdate())
    around = neighbours(areas, point)
    if len(around) < 2 or around[-1].metres > _FARTHEST_METRES:
        return None
    return DistrictMap(close_up(areas, point), overview(areas, point), describe(around))


def describe(around: Sequence[Neighbour]) -> str:
    """What the map shows, for whoever does not see it.

    :param around: as `legislators.engine.district_map.neighbours` gives them.
    """
    inside = [one for one in around if one.metres == 0]
    outside = [one for one in around if one.metres > 0]
    names = " / ".join(one.name for one in inside)
    if len(inside) > 1:
        parts = [_("By the outlines that we have, your address lies in %(names)s at once.") % {"names": names}]
    elif inside:
        parts = [_("By our map your address lies in %(name)s.") % {"name": names}]
    else:
        parts = [_("Your address lies just outside the outlines that we have.")]
    parts += [
        _("%(name)s begins about %(distance)s to the %(direction)s of it.")
        % {"name": one.name, "distance": distance_words(one.metres), "direction": direction_words(one.direction)}
        for one in outside
    ]
    return " ".join(parts)


def distance_words(metres: float) -> str:
    """ "130 feet (40 m)" or "1.5 miles": rounded to what such a map is good for."""
    feet = metres * _FEET_PER_METRE
    if feet < _FEET_PER_MILE / 5:
        values = {"feet": max(round(feet, -1), 10), "metres": max(5 * round(metres / 5), 5)}
        return _("%(feet)d feet (%(metres)d m)") % values
    return _("%(miles)s miles") % {"miles": number_format(round(feet / _FEET_PER_MILE, 1))}


def direction_words(direction: str) -> str:
    """As `Neighbour.direction`."""
    words = {
        "n": _("north"),
        "ne": _("northeast"),
        "e": _("east"),
        "se": _("southeast"),
        "s": _("south"),
        "sw": _("southwest"),
        "w": _("west"),
        "nw": _("northwest"),
    }
    return words[direction]


def _areas(ocd_ids: Collection[str], on: date) -> list[Area]:
    """In the order given, each by the plan that counts on the day; see `lookups.plans_in_force`."""
    rows = Boundary.objects.filter(
        Q(boundary_set__valid_from__isnull=True) | Q(boundary_set__valid_from__lte=on),
        Q(boundary_set__valid_to__isnull=True) | Q(boundary_set__valid_to__gt=on),
        division__ocd_id__in=list(ocd_ids),
    ).select_related("boundary_set", "division")
    best: dict[str, Boundary] = {}
    for row in sorted(rows, key=_rank):
        best[row.division.ocd_id] = row
    return [
        Area(ocd_id, best[ocd_id].division.name, geometry.from_wkb(best[ocd_id].wkb))
        for ocd_id in ocd_ids
        if ocd_id in best
    ]


def _rank(row: Boundary) -> tuple[int, date, float]:
    """The last of them counts: exact outlines, then the plan in force last, then the one loaded last."""
    plan = row.boundary_set
    return -plan.accuracy_metres, plan.valid_from or date.min, plan.loaded_at.timestamp()
