"""Where a house number lies on a block, from the numbers at the block's ends."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from legislators.engine.resolution import Point

LonLat = tuple[float, float]

#: How far a house stands off the line in the middle of its street. A border that runs along the street leaves the
#: two sides in different districts, and the line itself in neither.
OFFSET_METRES = 9.0
#: How far the first and the last house stand from the crossing, whose other street may be a border too.
INSET_METRES = 10.0
_LARGEST_INSET_SHARE = 0.25
_METRES_PER_DEGREE = 111_320.0
#: Keeps the corner of a hairpin from being moved to nowhere.
_SHARPEST = 0.3


@dataclass(frozen=True, slots=True)
class Segment:
    """A straight piece of one side of a street; numbers run evenly from `low_end` to `high_end`."""

    low_number: int
    high_number: int
    parity: str
    low_end: LonLat
    high_end: LonLat


def fits_parity(number: int, parity: str) -> bool:
    """`parity` as `StreetRange.Parity` stores it."""
    return parity == "both" or (number % 2 == 1) == (parity == "odd")


def parity_of(low: int, high: int) -> str:
    """What a range's ends say about the numbers between them."""
    if low % 2 != high % 2:
        return "both"
    return "odd" if low % 2 else "even"


def position(number: int, segment: Segment) -> Point:
    """The point for a number of the segment, as far along it as the number is along the range."""
    span = segment.high_number - segment.low_number
    share = (number - segment.low_number) / span if span else 0.5
    (west, south), (east, north) = segment.low_end, segment.high_end
    return Point(west + (east - west) * share, south + (north - south) * share)


def metres_apart(one: Point, other: Point) -> float:
    """Good to a percent within some kilometres."""
    return _METRES_PER_DEGREE * _length((one.longitude, one.latitude), (other.longitude, other.latitude))


def _length(first: LonLat, second: LonLat) -> float:
    """In degrees of latitude."""
    across = (second[0] - first[0]) * math.cos(math.radians(first[1]))
    return math.hypot(across, second[1] - first[1])


def split(line: Sequence[LonLat], start_number: int, end_number: int, parity: str, side: str = "") -> list[Segment]:
    """Cuts a bent street into straight segments, numbers shared out by length, each moved to its side of the street.

    :param line: longitude and latitude in degrees.
    :param start_number: stands at the line's first point, and may be the higher one.
    :param side: "left" or "right" as one goes along the line from its first point; empty leaves it on the line.
    """
    if start_number > end_number:
        line, start_number, end_number = list(reversed(line)), end_number, start_number
        # Whoever turns round has the same houses on the other hand.
        side = {"left": "right", "right": "left"}.get(side, "")
    line = _inset(line) if side else line
    lengths = [_length(first, second) for first, second in zip(line, line[1:], strict=False)]
    line = _beside(line, side) if side else line
    total = sum(lengths)
    if len(lengths) <= 1 or not total or start_number == end_number:
        # A single number stands in the middle of its block, wherever the block bends.
        ends = _around_middle(line, lengths) if len(lengths) > 1 and total else (line[0], line[-1])
        return [Segment(start_number, end_number, parity, *ends)]
    step = 1 if parity == "both" else 2
    found: list[Segment] = []
    low, walked = start_number, 0.0
    for place, length in enumerate(lengths):
        walked += length
        steps = math.floor((end_number - start_number) * walked / total / step + 1e-9)
        high = end_number if place == len(lengths) - 1 else start_number + step * steps
        if high >= low:
            found.append(Segment(low, high, parity, line[place], line[place + 1]))
            low = high + step
    return found


def _inset(line: Sequence[LonLat]) -> list[LonLat]:
    """The line without its outermost metres at both crossings."""
    return _shortened(list(reversed(_shortened(list(reversed(_shared_out(line)))))))


def _shared_out(line: Sequence[LonLat]) -> list[LonLat]:
    """Without points that repeat the one before, which have no direction."""
    return [point for place, point in enumerate(line) if place == 0 or point != line[place - 1]] or list(line)


def _shortened(line: list[LonLat]) -> list[LonLat]:
    if len(line) < 2:
        return line
    first, second = line[0], line[1]
    length = _length(first, second)
    share = min(INSET_METRES / _METRES_PER_DEGREE / length, _LARGEST_INSET_SHARE)
    return [(first[0] + (second[0] - first[0]) * share, first[1] + (second[1] - first[1]) * share), *line[1:]]


def _around_middle(line: Sequence[LonLat], lengths: Sequence[float]) -> tuple[LonLat, LonLat]:
    """The straight piece in which half of the way is done, as a piece whose own middle is that place."""
    half, walked = sum(lengths) / 2, 0.0
    for place, length in enumerate(lengths):
        if length and walked + length >= half:
            share = (half - walked) / length
            reach = min(share, 1 - share)
            return _between(line, place, share - reach), _between(line, place, share + reach)
        walked += length
    return line[-2], line[-1]


def _between(line: Sequence[LonLat], place: int, share: float) -> LonLat:
    first, second = line[place], line[place + 1]
    return first[0] + (second[0] - first[0]) * share, first[1] + (second[1] - first[1]) * share


def _beside(line: Sequence[LonLat], side: str) -> list[LonLat]:
    """The line `OFFSET_METRES` to its left or right, in as many points: its corners stay corners."""
    flat = math.cos(math.radians(line[0][1]))
    pieces = [
        ((second[0] - first[0]) * flat, second[1] - first[1]) for first, second in zip(line, line[1:], strict=False)
    ]
    lengths = [math.hypot(*piece) for piece in pieces]
    if not flat or not pieces or not all(lengths):
        return list(line)
    distance = OFFSET_METRES / _METRES_PER_DEGREE * (1 if side == "left" else -1)
    # A quarter turn to the left of (across, up) is (-up, across).
    normals = [(-up / length, across / length) for (across, up), length in zip(pieces, lengths, strict=True)]
    found = []
    for place, (longitude, latitude) in enumerate(line):
        before, after = normals[max(place - 1, 0)], normals[min(place, len(normals) - 1)]
        # The point that is as far from the line before the corner as from the line behind it.
        sharpness = max(1 + before[0] * after[0] + before[1] * after[1], _SHARPEST)
        across, up = ((before[axis] + after[axis]) / sharpness for axis in (0, 1))
        found.append((longitude + across * distance / flat, latitude + up * distance))
    return found
