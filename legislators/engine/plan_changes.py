"""Which of two plans follows the other, and whether it draws other lines."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from legislators.engine.late import LateModule

if TYPE_CHECKING:
    import shapely
    from shapely.geometry.base import BaseGeometry
else:
    shapely = LateModule("shapely")

_METRES_PER_DEGREE = 111_320.0
#: How far two exact drawings of one line may lie apart.
_LEAST_STRAY_METRES = 50.0
#: Which share of a district must have changed hands before a plan counts as another one. Two exact drawings hardly
#: differ; of Massachusetts' unchanged plan, a map drawn at 1:20,000,000 moves up to 1.1 %.
_MOVED_SHARE_EXACT = 0.005
_MOVED_SHARE_COARSE = 0.05


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What is known of a plan's time. `order` tells which was stored first."""

    name: str
    valid_from: date | None
    order: int

    @property
    def vintage(self) -> int | None:
        """The year of a TIGER plan, whose files say no date."""
        found = re.match(r"TIGER(\d{4})\b", self.name)
        return int(found[1]) if found else None


def follows(one: PlanFacts, other: PlanFacts, today: date) -> bool | None:
    """Whether the first comes into force after the second; None where both are of one time.

    Dates decide, then the vintages of the Census, then which was stored later. A plan without a date is in force
    already: it comes before one with a date, unless it was stored later than a plan that had begun by then.
    """
    if one.valid_from and other.valid_from:
        return None if one.valid_from == other.valid_from else one.valid_from > other.valid_from
    if one.vintage and other.vintage:
        return None if one.vintage == other.vintage else one.vintage > other.vintage
    if one.valid_from:
        return not (other.order > one.order and one.valid_from <= today)
    if other.valid_from:
        return one.order > other.order and other.valid_from <= today
    return one.order > other.order


def lines_differ(
    older: Mapping[int, "BaseGeometry"], newer: Mapping[int, "BaseGeometry"], accuracy_metres: int = 0
) -> bool:
    """Whether a district took ground from another one, beyond what drawing the same line twice explains.

    What one of them leaves out altogether (the sea, a lake) says nothing: only ground that changed hands counts.

    :param older: outlines in WGS 84 degrees by the division they belong to; `newer` likewise.
    :param accuracy_metres: how far the coarser of the two may stray from the true line.
    """
    limit = _MOVED_SHARE_COARSE if accuracy_metres else _MOVED_SHARE_EXACT
    # A line that strays by so much to one side makes slivers of up to that width, which half of it erodes.
    erosion = max(accuracy_metres, _LEAST_STRAY_METRES) / 2
    before, after = _flattened(older, newer, erosion / 5)
    names, shapes = list(before), list(before.values())
    tree = shapely.STRtree(shapes)
    for name, shape in after.items():
        gained = shape.difference(before[name]) if name in before else shape
        if gained.buffer(-erosion).is_empty:
            continue
        total = 0.0
        for place in tree.query(gained, predicate="intersects").tolist():
            if names[place] == name:
                continue
            moved = gained.intersection(shapes[place]).buffer(-erosion).area
            total += moved
            if moved > limit * shapes[place].area or total > limit * shape.area:
                return True
    return False


def _flattened(
    older: Mapping[int, "BaseGeometry"], newer: Mapping[int, "BaseGeometry"], coarseness: float
) -> tuple[dict[int, "BaseGeometry"], dict[int, "BaseGeometry"]]:
    """Both in metres on one plane, with no more corners than the question needs."""
    _, south, _, north = shapely.total_bounds([*older.values(), *newer.values()])
    scale = (_METRES_PER_DEGREE * math.cos(math.radians((south + north) / 2)), _METRES_PER_DEGREE)

    def flat(shapes: Mapping[int, "BaseGeometry"]) -> dict[int, "BaseGeometry"]:
        made = shapely.transform(list(shapes.values()), lambda corners: corners * scale)
        return dict(zip(shapes, shapely.buffer(shapely.simplify(made, coarseness), 0), strict=True))

    return flat(older), flat(newer)
