"""A drawing of the districts around an address: from outlines in degrees to shapes on a small sheet."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from legislators.engine.late import LateModule
from legislators.engine.resolution import Point

if TYPE_CHECKING:
    import shapely
    from shapely.geometry.base import BaseGeometry
else:
    shapely = LateModule("shapely")

#: The sheet, in its own units.
WIDTH, HEIGHT = 480, 360
#: Half of the sheet's width shows at least so much ground, and more where an edge is further off.
_LEAST_REACH_METRES = 400.0
_FARTHEST_REACH_METRES = 2500.0
_METRES_PER_DEGREE = 111_320.0
_METRES_PER_MILE = 1609.344
_BAR_MILES = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0)
#: Lines may stray by this much of a unit: less than an eye sees.
_FINEST, _LONGEST_PATH = 0.3, 6000
_LETTER_WIDTH, _LINE_HEIGHT = 8.5, 18
_DIRECTIONS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")


@dataclass(frozen=True, slots=True)
class Area:
    """A district: `key` names it, its outline is in WGS 84 degrees."""

    key: str
    name: str
    outline: "BaseGeometry"


@dataclass(frozen=True, slots=True)
class LabelLine:
    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Shape:
    """One district on the sheet. `pattern` tells it from the others without colour."""

    keys: tuple[str, ...]
    name: str
    #: The `d` of an SVG path; empty where none of the district is on the sheet.
    path: str
    pattern: int
    label: tuple[LabelLine, ...]


@dataclass(frozen=True, slots=True)
class ScaleBar:
    miles: float
    left: float
    right: float
    y: float


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A district that the address may lie in: how far it is, and where it begins, seen from the address."""

    keys: tuple[str, ...]
    name: str
    #: 0 where the address lies in it.
    metres: float
    #: n, ne, e, se, s, sw, w or nw; empty where the address lies in it.
    direction: str


@dataclass(frozen=True, slots=True)
class Drawing:
    shapes: tuple[Shape, ...]
    scale_bar: ScaleBar
    #: Where the address is; None where it is off the sheet or unknown.
    marker: tuple[float, float] | None = None
    #: Where its words stand: on the side that is away from the nearest edge. `anchor` as SVG's `text-anchor`.
    marker_words: tuple[float, float, str] | None = None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Which ground the sheet shows. Flat: over a state's width the error is less than the lines' own."""

    longitude: float
    latitude: float
    units_per_metre: float

    def lay(self, outline: "BaseGeometry") -> "BaseGeometry":
        """The outline in the sheet's units, cut off a little beyond its border."""
        across, up = self._scale
        margin = 20.0
        west, east = (self.longitude + side * (WIDTH / 2 + margin) / across for side in (-1, 1))
        south, north = (self.latitude + side * (HEIGHT / 2 + margin) / up for side in (-1, 1))
        near = shapely.clip_by_rect(outline, west, south, east, north)
        return shapely.transform(
            near,
            lambda xy: (xy - (self.longitude, self.latitude)) * (across, -up) + (WIDTH / 2, HEIGHT / 2),
        )

    def spot(self, point: Point) -> tuple[float, float]:
        across, up = self._scale
        return (
            round(WIDTH / 2 + (point.longitude - self.longitude) * across, 1),
            round(HEIGHT / 2 - (point.latitude - self.latitude) * up, 1),
        )

    @property
    def _scale(self) -> tuple[float, float]:
        """Units per degree of longitude and of latitude."""
        up = _METRES_PER_DEGREE * self.units_per_metre
        return up * max(math.cos(math.radians(self.latitude)), 0.01), up


def merged(areas: Iterable[Area]) -> list[tuple[tuple[str, ...], str, "BaseGeometry"]]:
    """Keys, name and outline of each place: two seats that share one outline are one place on a map."""
    groups: dict[bytes, list[Area]] = {}
    for area in areas:
        groups.setdefault(shapely.to_wkb(area.outline), []).append(area)
    return [
        (tuple(one.key for one in group), ", ".join(dict.fromkeys(one.name for one in group)), group[0].outline)
        for group in groups.values()
    ]


def neighbours(areas: Iterable[Area], point: Point) -> tuple[Neighbour, ...]:
    """The districts by their distance from the point, the one that it lies in first."""
    found = [_neighbour(keys, name, outline, point) for keys, name, outline in merged(areas)]
    return tuple(sorted(found, key=lambda one: one.metres))


def _neighbour(keys: tuple[str, ...], name: str, outline: "BaseGeometry", point: Point) -> Neighbour:
    flat = _flat(outline, point)
    here = shapely.Point(0, 0)
    metres = float(shapely.distance(flat, here))
    if metres == 0:
        return Neighbour(keys, name, 0.0, "")
    nearest = shapely.get_coordinates(shapely.shortest_line(here, flat))[-1]
    # Clockwise from north, in eighths of a turn.
    eighth = round(math.degrees(math.atan2(nearest[0], nearest[1])) / 45) % 8
    return Neighbour(keys, name, metres, _DIRECTIONS[eighth])


def _flat(outline: "BaseGeometry", point: Point) -> "BaseGeometry":
    """In metres east and north of the point."""
    across = _METRES_PER_DEGREE * max(math.cos(math.radians(point.latitude)), 0.01)
    return shapely.transform(
        outline, lambda xy: (xy - (point.longitude, point.latitude)) * (across, _METRES_PER_DEGREE)
    )


def close_up(areas: Sequence[Area], point: Point) -> Drawing:
    """The point in the middle of the sheet, at a scale at which every area's edge can be told from it."""
    farthest = max((one.metres for one in neighbours(areas, point)), default=0.0)
    reach = max(_LEAST_REACH_METRES, min(8 * farthest, _FARTHEST_REACH_METRES), 1.6 * farthest)
    return _draw(areas, _Sheet(point.longitude, point.latitude, WIDTH / 2 / reach), point)


def overview(areas: Sequence[Area], point: Point | None) -> Drawing:
    """All of the areas, as large as the sheet allows."""
    west, south, east, north = shapely.total_bounds([area.outline for area in areas])
    latitude = (south + north) / 2
    across = max(east - west, 1e-6) * math.cos(math.radians(latitude)) * _METRES_PER_DEGREE
    up = max(north - south, 1e-6) * _METRES_PER_DEGREE
    sheet = _Sheet((west + east) / 2, latitude, 0.94 * min(WIDTH / across, HEIGHT / up))
    return _draw(areas, sheet, point)


def _draw(areas: Sequence[Area], sheet: _Sheet, point: Point | None) -> Drawing:
    marker = sheet.spot(point) if point else None
    if marker and not (0 <= marker[0] <= WIDTH and 0 <= marker[1] <= HEIGHT):
        marker = None
    bar = _scale_bar(sheet)
    taken = shapely.box(0, bar.y - 26, bar.right + 10, HEIGHT)
    if marker:
        # The marker with its words below it.
        taken = taken.union(shapely.box(marker[0] - 130, marker[1] - 36, marker[0] + 130, marker[1] + 36))
    free = shapely.box(0, 0, WIDTH, HEIGHT).difference(taken)
    shapes = []
    for number, (keys, name, outline) in enumerate(merged(areas)):
        laid = sheet.lay(outline)
        label = _label(name, laid, free)
        # Two labels never share a place.
        free = free.difference(_extent(label)) if label else free
        shapes.append(Shape(keys, name, _path(laid), number, label))
    return Drawing(tuple(shapes), bar, marker, _words_beside(marker, areas, point) if marker and point else None)


def _words_beside(marker: tuple[float, float], areas: Sequence[Area], point: Point) -> tuple[float, float, str]:
    edge = next((one.direction for one in neighbours(areas, point) if one.direction), "")
    x, y = marker
    if "w" in edge:
        return x + 14, y + 5, "start"
    if "e" in edge:
        return x - 14, y + 5, "end"
    return (x, y - 16, "middle") if edge == "s" else (x, y + 27, "middle")


def _scale_bar(sheet: _Sheet) -> ScaleBar:
    units = _METRES_PER_MILE * sheet.units_per_metre
    miles = max((one for one in _BAR_MILES if one * units <= WIDTH / 3), default=_BAR_MILES[0])
    return ScaleBar(miles, 16.0, round(16 + miles * units, 1), HEIGHT - 14.0)


def _path(laid: "BaseGeometry") -> str:
    """As an SVG path of at most some thousand characters: a coast of a thousand bays is drawn with fewer of them."""
    tolerance = _FINEST
    while True:
        path = "".join(_ring(ring) for polygon in _polygons(laid.simplify(tolerance)) for ring in _rings(polygon))
        if len(path) <= _LONGEST_PATH:
            return path
        tolerance *= 2


def _ring(ring: "BaseGeometry") -> str:
    corners = [f"{x:.1f} {y:.1f}" for x, y in shapely.get_coordinates(ring)[:-1]]
    return f"M{'L'.join(corners)}Z" if len(corners) > 2 else ""


def _rings(polygon: "BaseGeometry") -> list["BaseGeometry"]:
    return [shapely.get_exterior_ring(polygon), *shapely.get_rings(polygon)[1:]]


def _polygons(geometry: "BaseGeometry") -> list["BaseGeometry"]:
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]


def _label(name: str, laid: "BaseGeometry", free: "BaseGeometry") -> tuple[LabelLine, ...]:
    """The name in the roomiest place of the visible part; nothing where there is no room for it."""
    visible = shapely.make_valid(laid) if not laid.is_valid else laid
    parts = _polygons(visible.intersection(free))
    if not parts:
        return ()
    circles = [(shapely.maximum_inscribed_circle(part, tolerance=2.0), part) for part in parts]
    circle, _part = max(circles, key=lambda pair: float(pair[0].length))
    radius = float(circle.length)
    if radius < _LINE_HEIGHT * 0.6:
        return ()
    x, y = (float(value) for value in shapely.get_coordinates(circle)[0])
    lines = _wrapped(name, max(10, int(2 * radius / _LETTER_WIDTH)))
    half = max(map(len, lines)) * _LETTER_WIDTH / 2
    x = min(max(x, half + 4), WIDTH - half - 4)
    top = y - (len(lines) - 1) * _LINE_HEIGHT / 2 + 5
    top = min(max(top, _LINE_HEIGHT), HEIGHT - len(lines) * _LINE_HEIGHT + 8)
    return tuple(
        LabelLine(text, round(x, 1), round(top + number * _LINE_HEIGHT, 1)) for number, text in enumerate(lines)
    )


def _extent(label: tuple[LabelLine, ...]) -> "BaseGeometry":
    half = max(len(line.text) for line in label) * _LETTER_WIDTH / 2
    return shapely.box(label[0].x - half, label[0].y - _LINE_HEIGHT, label[0].x + half, label[-1].y + 6)


def _wrapped(name: str, length: int) -> list[str]:
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > length:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
