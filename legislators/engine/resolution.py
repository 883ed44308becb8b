"""The answer to "who represents this address", with how sure it is."""

from dataclasses import dataclass
from enum import StrEnum


class Certainty(StrEnum):
    """How sure an answer is; only EXACT certainties may choose a legislator without asking the person."""

    ROOFTOP = "rooftop"
    INTERPOLATED = "interpolated"
    NEAR_BOUNDARY = "near_boundary"
    STREET = "street"
    ZIP = "zip"
    CHOSEN = "chosen"
    OUTSIDE = "outside"
    NONE = "none"

    @property
    def is_exact(self) -> bool:
        return self in {Certainty.ROOFTOP, Certainty.INTERPOLATED, Certainty.CHOSEN}


class Problem(StrEnum):
    """Why an address did not give an exact answer, or gave none; the words for each are in templates."""

    PO_BOX = "po_box"
    ZIP_NOT_IN_STATE = "zip_not_in_state"
    BAD_ZIP = "bad_zip"
    UNKNOWN_STATE = "unknown_state"
    STREET_MISSING = "street_missing"
    STREET_NOT_FOUND = "street_not_found"
    GEOCODER_UNAVAILABLE = "geocoder_unavailable"
    OUTSIDE_COVERAGE = "outside_coverage"
    NEAR_BOUNDARY = "near_boundary"
    ZIP_IS_SPLIT = "zip_is_split"


@dataclass(frozen=True, slots=True)
class PostalAddress:
    street: str = ""
    city: str = ""
    state: str = ""
    zip_code: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """WGS 84, in degrees."""

    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class GeocodedPoint:
    point: Point
    certainty: Certainty
    #: Which geocoder said so: "street_ranges", "census".
    source: str
    matched_address: str = ""


@dataclass(frozen=True, slots=True)
class Representation:
    """One division of one chamber and who sits for it on the day asked about."""

    chamber: str
    division_ocd_id: str
    division_name: str
    official_ids: tuple[int, ...] = ()
    vacant_seats: int = 0


@dataclass(frozen=True, slots=True)
class Resolution:
    """`representations` are settled; `candidates` are what the person must choose from, chamber by chamber.

    A chamber is never in both. An official is a candidate as long as there is doubt about the district.
    """

    certainty: Certainty
    state: str = ""
    source: str = ""
    representations: tuple[Representation, ...] = ()
    candidates: tuple[Representation, ...] = ()
    problems: tuple[Problem, ...] = ()
