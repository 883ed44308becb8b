"""Which of a geocoder's matches to believe, and how far."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from legislators.engine.addresses import contradict, parse_street, parse_zip
from legislators.engine.resolution import Certainty, ClaimedDistrict, GeocodedPoint, Point, PostalAddress
from legislators.engine.street_ranges import metres_apart

#: Two matches that are nearer to each other than this are one place, found twice.
ONE_PLACE_METRES = 100.0
_EXACT = (Certainty.ROOFTOP, Certainty.INTERPOLATED)


@dataclass(frozen=True, slots=True)
class Match:
    """One match as the service gave it; what it left out is empty. `street` has the house number in front."""

    point: Point
    certainty: Certainty
    street: str = field(default="", repr=False)
    state: str = ""
    zip_code: str = field(default="", repr=False)
    matched_address: str = field(default="", repr=False)
    districts: tuple[ClaimedDistrict, ...] = ()


def degrees(longitude: object, latitude: object) -> Point:
    """A point of two numbers, or of two texts of numbers.

    :raises ValueError: where they are none, or no place on earth; the message repeats neither.
    :raises TypeError: where they are of another kind.
    """
    if isinstance(longitude, bool) or not isinstance(longitude, str | int | float):
        raise TypeError("no coordinate")
    if isinstance(latitude, bool) or not isinstance(latitude, str | int | float):
        raise TypeError("no coordinate")
    east, north = float(longitude), float(latitude)
    if not (-180 <= east <= 180 and -90 <= north <= 90):
        raise ValueError("out of range")
    return Point(east, north)


def best(matches: Sequence[Match], address: PostalAddress, *, source: str) -> GeocodedPoint | None:
    """The answer that the matches make together; None where none of them is in the address's state.

    An exact match is believed where it is the only place, bears the house number that was asked for, and does not
    contradict the street or the ZIP. Of several exact ones that lie apart nobody knows which is meant: that, and
    a match of something else nearby, is an answer about the street, not about the house.
    """
    here = [one for one in matches if not one.state or not address.state or one.state.lower() == address.state.lower()]
    in_zip = [one for one in here if address.zip_code and one.zip_code[:5] == address.zip_code]
    usable = [_doubted(one, address) for one in in_zip or here]
    for certainty in _EXACT:
        exact = [one for one in usable if one.certainty == certainty]
        if exact:
            is_one_place = all(metres_apart(exact[0].point, one.point) <= ONE_PLACE_METRES for one in exact)
            return _answer(exact[0] if is_one_place else _as_street(exact[0]), source)
    return _answer(usable[0], source) if usable else None


def _doubted(match: Match, address: PostalAddress) -> Match:
    if match.certainty not in _EXACT:
        return match
    asked, found = parse_street(address.street), parse_street(match.street)
    if asked.number is None:
        return _as_street(match)
    if found.number is not None and not set(asked.numbers) & set(found.numbers):
        return _as_street(match)
    if found.key and contradict(asked.key, found.key):
        return _as_street(match)
    zips = parse_zip(address.zip_code), parse_zip(match.zip_code)
    # Neighbouring ZIPs are often mistaken for each other; one from another part of the state is another town.
    if zips[0] and zips[1] and zips[0][0][:3] != zips[1][0][:3]:
        return _as_street(match)
    return match


def _as_street(match: Match) -> Match:
    return replace(match, certainty=Certainty.STREET, districts=())


def _answer(match: Match, source: str) -> GeocodedPoint:
    return GeocodedPoint(
        point=match.point,
        certainty=match.certainty,
        source=source,
        matched_address=match.matched_address[:300],
        districts=match.districts,
    )
