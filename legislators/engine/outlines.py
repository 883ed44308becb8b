"""Outlines of districts in memory, and which of them lie at or near a point."""

import struct
import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from legislators.engine import geometry
from legislators.engine.atlas import OutlineFacts
from legislators.engine.late import LateModule
from legislators.engine.resolution import Point

if TYPE_CHECKING:
    import numpy
    import shapely
    from shapely.geometry.base import BaseGeometry
else:
    numpy = LateModule("numpy")
    shapely = LateModule("shapely")

#: Given the numbers of plans: number and WKB of each of their outlines.
Reader = Callable[[Collection[int]], Iterable[tuple[int, bytes]]]
#: A district shares ground with another if it is more than this of it: lines drawn twice never match exactly.
_OVERLAP_SHARE = 0.002
#: Well-known binary, little-endian. Read from it, a point is made in a third of the time.
_POINT = struct.Struct("<BIdd")


@dataclass(slots=True)
class Near:
    """The outlines near a point: those that hold it, those that begin close to it, and those of which only a box does.

    What is close is taken generously: `OutlineIndex.metres_to` has the last word where it matters.
    """

    inside: list[OutlineFacts] = field(default_factory=list)
    close: list[OutlineFacts] = field(default_factory=list)
    about: list[OutlineFacts] = field(default_factory=list)


class OutlineStore:
    """The lines of all outlines, each plan read when somebody first asks for a place near it.

    A shape builds its own index when it is first asked about, which two threads must not do at once: hence the lock,
    held for some twenty millionths of a second.
    """

    def __init__(self, outlines: Sequence[OutlineFacts], read: Reader, known: "OutlineStore | None" = None) -> None:
        """:param known: an earlier store, whose shapes of unchanged plans are taken over."""
        self.lock = threading.RLock()
        self._outlines, self._read = outlines, read
        self._places = {outline.number: place for place, outline in enumerate(outlines)}
        self.shapes: Any = numpy.full(len(outlines), None, dtype=object)
        #: Whether the shape of an outline has been read; a plan has all of its outlines or none.
        self.is_read: Any = numpy.zeros(len(outlines), dtype=bool)
        self._shared: dict[tuple[int, int], frozenset[int]] = {}
        if known is not None:
            self._take_over(known)

    def _take_over(self, known: "OutlineStore") -> None:
        with known.lock:
            for place, outline in enumerate(self._outlines):
                old = known._places.get(outline.number)
                # The checksum is of all lines of the plan: where it and the rest are equal, so is this line.
                if old is not None and known.is_read[old] and known._outlines[old] == outline:
                    self.shapes[place], self.is_read[place] = known.shapes[old], True

    def require(self, places: Any) -> None:
        """Reads the plans that these outlines belong to, where they are not at hand."""
        plans = {self._outlines[place].plan for place in places if not self.is_read[place]}
        if not plans:
            return
        rows = [(self._places[number], wkb) for number, wkb in self._read(plans) if number in self._places]
        shapes = shapely.from_wkb([wkb for _, wkb in rows])
        shapely.prepare(shapes)
        for (place, _), shape in zip(rows, shapes, strict=True):
            self.shapes[place] = shape
        for place, outline in enumerate(self._outlines):
            if outline.plan in plans:
                self.is_read[place] = True

    def shape(self, place: int) -> "BaseGeometry":
        """One outline; an empty one where it is gone since the facts were read."""
        with self.lock:
            self.require([place])
            found = self.shapes[place]
        return found if found is not None else shapely.GeometryCollection()

    def sharing_ground(self, place: int, plan_places: Sequence[int]) -> frozenset[int]:
        """Which outlines of a plan share ground with one of another; in a second at most, and remembered.

        :param plan_places: those of the whole plan.
        """
        key = (place, self._outlines[plan_places[0]].plan) if plan_places else (place, 0)
        if key not in self._shared:
            with self.lock:
                self.require([place, *plan_places])
                own, others = self.shapes[place], self.shapes[list(plan_places)]
            if own is None:
                return frozenset(plan_places)
            # A shape of its own: nobody else waits while this one is cut, or builds its index at the same time.
            own = shapely.force_2d(own)
            shapely.prepare(own)
            self._shared[key] = frozenset(
                other
                for other, shape in zip(plan_places, others, strict=True)
                if shape is not None and self._shares(own, place, shape, other)
            )
        return self._shared[key]

    def _shares(self, own: Any, place: int, shape: Any, other: int) -> bool:
        facts = self._outlines[other]
        stray = max(self._outlines[place].accuracy_metres, facts.accuracy_metres)
        if stray:
            # A line drawn for maps may leave out a strip: what begins within it may belong.
            reach = geometry.degrees_within(stray, max(abs(facts.box[1]), abs(facts.box[3])))
            return bool(shapely.dwithin(own, shape, reach))
        if not shapely.intersects(own, shape):
            return False
        near = shapely.clip_by_rect(own, *facts.box)
        return geometry.share_overlapping(shape, near) > _OVERLAP_SHARE


class OutlineIndex:
    """The outlines that are asked on one day: a tree over their boxes, and the shapes behind it."""

    def __init__(self, store: OutlineStore, outlines: Sequence[OutlineFacts], places: Sequence[int]) -> None:
        """:param places: in `outlines`."""
        self._store, self._outlines = store, outlines
        self._places = numpy.array(places, dtype=int)
        boxes = numpy.array([outlines[place].box for place in places], dtype=float).reshape(-1, 4)
        strays = numpy.array([outlines[place].accuracy_metres for place in places], dtype=float)
        latitudes = numpy.abs(boxes[:, (1, 3)]).max(axis=1, initial=0.0)
        self._degrees = numpy.array([geometry.degrees_within(1.0, latitude) for latitude in latitudes])
        self._strays = strays
        self._reaches: dict[float, Any] = {}
        self._has_unread = True
        margins = numpy.maximum(strays, geometry.COAST_METRES) * self._degrees
        self._tree = shapely.STRtree(
            shapely.box(boxes[:, 0] - margins, boxes[:, 1] - margins, boxes[:, 2] + margins, boxes[:, 3] + margins)
        )

    def near(self, point: Point, metres: float) -> Near:
        """The outlines that hold the point or begin within so many metres, more where they stray."""
        longitude, latitude = point.longitude, point.latitude
        found = Near()
        spot = shapely.from_wkb(_POINT.pack(1, 1, longitude, latitude))
        at = self._tree.query(spot)
        if not at.size:
            return found
        places = self._places[at]
        store = self._store
        with store.lock:
            if self._has_unread:
                self._read(places)
            shapes = store.shapes[places]
            inside = shapely.intersects_xy(shapes, longitude, latitude)
            outside = (~inside).nonzero()[0]
            close = shapely.dwithin(shapes[outside], spot, self._reach(metres)[at[outside]])
        outlines, numbers = self._outlines, places.tolist()
        found.inside = [outlines[place] for place, holds in zip(numbers, inside.tolist(), strict=True) if holds]
        for row, is_close in zip(outside.tolist(), close.tolist(), strict=True):
            (found.close if is_close else found.about).append(outlines[numbers[row]])
        return found

    def _read(self, places: Any) -> None:
        self._store.require(places)
        self._has_unread = not self._store.is_read[self._places].all()

    def _reach(self, metres: float) -> Any:
        found = self._reaches.get(metres)
        if found is None:
            found = self._reaches[metres] = numpy.maximum(self._strays, metres) * self._degrees
        return found

    def metres_to(self, outline: OutlineFacts, point: Point) -> float:
        """0 inside."""
        return geometry.distance_metres(self._store.shape(self._place(outline)), point)

    def metres_to_edge(self, outline: OutlineFacts, point: Point) -> float:
        """From inside or outside."""
        return geometry.edge_metres(self._store.shape(self._place(outline)), point)

    def _place(self, outline: OutlineFacts) -> int:
        return self._store._places[outline.number]
