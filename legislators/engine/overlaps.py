"""Which outlines of one plan lie over each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from legislators.engine.late import LateModule

if TYPE_CHECKING:
    import shapely
    from shapely.geometry.base import BaseGeometry
else:
    shapely = LateModule("shapely")

#: Lines drawn twice never match exactly; what is shared beyond this share of the smaller district is no sliver.
_SLIVER_SHARE = 0.002


@dataclass(frozen=True, slots=True)
class Overlap:
    """Places in the list that was asked about; `share` is of the smaller one's area."""

    first: int
    second: int
    share: float


def overlaps(shapes: Sequence["BaseGeometry"]) -> list[Overlap]:
    """Every pair that shares more ground than a sliver.

    Districts that fit together edge to edge are told from the rest in one cheap pass; only the rest is cut.
    """
    edges = shapely.coverage_invalid_edges(list(shapes))
    suspects = [place for place, edge in enumerate(edges) if not shapely.is_empty(edge)]
    if not suspects:
        return []
    tree = shapely.STRtree(list(shapes))
    near = tree.query([shapes[place] for place in suspects], predicate="intersects").T.tolist()
    pairs = {tuple(sorted((suspects[asked], other))) for asked, other in near if suspects[asked] != other}
    found = [Overlap(one, two, _share(shapes[one], shapes[two])) for one, two in sorted(pairs)]
    return [overlap for overlap in found if overlap.share > _SLIVER_SHARE]


def _share(one: "BaseGeometry", two: "BaseGeometry") -> float:
    return float(one.intersection(two).area / min(one.area, two.area))
