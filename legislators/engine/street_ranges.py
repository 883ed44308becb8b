"""Where a house number lies on a block, from the numbers at the block's ends."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from legislators.engine.resolution import Point

LonLat = tuple[float, float]


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


def _length(first: LonLat, second: LonLat) -> float:
    across = (second[0] - first[0]) * math.cos(math.radians(first[1]))
    return math.hypot(across, second[1] - first[1])


def split(line: Sequence[LonLat], start_number: int, end_number: int, parity: str) -> list[Segment]:
    """Cuts a bent street into straight segments, numbers shared out by length.

    `start_number` stands at the line's first point and may be the higher one.
    """
    if start_number > end_number:
        line, start_number, end_number = list(reversed(line)), end_number, start_number
    lengths = [_length(first, second) for first, second in zip(line, line[1:], strict=False)]
    total = sum(lengths)
    if len(lengths) <= 1 or not total or start_number == end_number:
        return [Segment(start_number, end_number, parity, line[0], line[-1])]
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
