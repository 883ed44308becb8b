"""Outlines of districts: read, repaired, asked what contains a point and how far its edge is."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from legislators.engine.late import LateModule
from legislators.engine.resolution import Certainty, Point

if TYPE_CHECKING:
    import shapely
    from shapely import geometry as shapes
    from shapely.geometry.base import BaseGeometry
else:
    shapely = LateModule("shapely")
    shapes = LateModule("shapely.geometry")

#: How far from a district's edge a point may still be on the other side of it. A house's own position is good
#: to its plot; one interpolated along a street is tens of metres off.
_TOLERANCE_METRES = {Certainty.ROOFTOP: 50.0, Certainty.INTERPOLATED: 150.0}
#: A point on the coast that a simplified outline leaves out still belongs to the nearest district.
COAST_METRES = 1000.0
#: A street or a town whose middle was found reaches no further than this from it, but for a handful of cities.
STREET_METRES = 25_000.0
_METRES_PER_DEGREE = 111_320.0


class InvalidOutlineError(ValueError):
    """What the source gave is no area, even when repaired."""


def tolerance_metres(certainty: Certainty, accuracy_metres: int = 0) -> float:
    """Within which distance of an edge a point's district is in doubt."""
    return max(_TOLERANCE_METRES.get(certainty, 150.0), float(accuracy_metres))


def outline(geometry: Mapping[str, object] | None) -> "BaseGeometry":
    """A valid polygon or multipolygon in WGS 84 degrees, from GeoJSON's form of it, repaired where it crosses itself.

    :raises InvalidOutlineError: where nothing with an area can be made of it.
    """
    return repaired_outline(geometry)[0]


def repaired_outline(geometry: Mapping[str, object] | None) -> tuple["BaseGeometry", bool]:
    """The same, and whether it had to be repaired.

    :raises InvalidOutlineError: where nothing with an area can be made of it.
    """
    if not geometry:
        raise InvalidOutlineError("it has no outline")
    try:
        made = shapely.force_2d(shapes.shape(geometry))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, shapely.errors.ShapelyError) as error:
        raise InvalidOutlineError(f"its outline cannot be read ({type(error).__name__})") from error
    is_repaired = not made.is_valid
    if is_repaired:
        made = shapely.make_valid(made)
    areas = [part for part in getattr(made, "geoms", [made]) if part.geom_type in {"Polygon", "MultiPolygon"}]
    if not areas or made.is_empty:
        raise InvalidOutlineError("its outline has no area")
    joined = areas[0] if len(areas) == 1 else shapely.union_all(areas)
    west, south, east, north = joined.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise InvalidOutlineError("its coordinates are not degrees of longitude and latitude")
    return joined, is_repaired


def to_wkb(geometry: "BaseGeometry") -> bytes:
    return bytes(shapely.to_wkb(geometry))


def from_wkb(data: bytes | memoryview) -> "BaseGeometry":
    return shapely.from_wkb(bytes(data))


def degrees_within(metres: float, latitude: float) -> float:
    """A distance in degrees, in whatever direction, that is at least so many metres up to that latitude."""
    return metres / _METRES_PER_DEGREE * 1.01 / max(math.cos(math.radians(latitude)), 0.01)


def contains(geometry: "BaseGeometry", point: Point) -> bool:
    """Whether the point is inside or on the edge."""
    return bool(shapely.intersects_xy(geometry, point.longitude, point.latitude))


def box_around(point: Point, metres: float) -> tuple[float, float, float, float]:
    """West, south, east, north of a square that reaches at least so far from the point."""
    up, across = degrees_within(metres, 0.0), degrees_within(metres, point.latitude)
    return point.longitude - across, point.latitude - up, point.longitude + across, point.latitude + up


def distance_metres(geometry: "BaseGeometry", point: Point) -> float:
    """From the point to the nearest place of the area: 0 inside. Good to a percent within some kilometres."""
    scale = _METRES_PER_DEGREE * math.cos(math.radians(point.latitude))
    near = shapely.clip_by_rect(geometry, *box_around(point, 5 * COAST_METRES))
    if near.is_empty:
        near = geometry
    flat = shapely.transform(near, lambda xy: (xy - (point.longitude, point.latitude)) * (scale, _METRES_PER_DEGREE))
    return float(shapely.distance(flat, shapely.Point(0, 0)))


def edge_metres(geometry: "BaseGeometry", point: Point) -> float:
    """From the point to the area's edge, from inside or outside; as good as `distance_metres`."""
    return distance_metres(shapely.boundary(geometry), point)


def share_overlapping(part: "BaseGeometry", whole: "BaseGeometry") -> float:
    """Which share of `part`'s area lies in `whole`, from 0 to 1."""
    if not part.area:
        return 0.0
    try:
        shared = shapely.intersection(part, whole)
    except shapely.errors.GEOSException:
        # Outlines that were cut out or generalised may cross themselves by a hair.
        shared = shapely.intersection(shapely.make_valid(part), shapely.make_valid(whole))
    return float(shared.area / part.area)
