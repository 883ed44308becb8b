"""The answer to "who represents this address", with how sure it is."""

from dataclasses import dataclass, field
from enum import StrEnum


class Certainty(StrEnum):
    """How sure an answer is; only exact certainties may choose a legislator without asking the person."""

    #: The house itself.
    ROOFTOP = "rooftop"
    #: The house number's place along its street.
    INTERPOLATED = "interpolated"
    #: The point is exact, and so close to a district's edge that it may lie on the other side.
    NEAR_BOUNDARY = "near_boundary"
    #: The geocoder and our own outlines put the point in different districts.
    CONFLICT = "conflict"
    #: Only the street, or the town, was found.
    STREET = "street"
    #: No point, and the ZIP lies in one district of some chamber.
    ZIP = "zip"
    #: No point, and the ZIP is split or unknown in every chamber; or our own outlines lie over each other.
    AMBIGUOUS = "ambiguous"
    #: The person said so.
    CHOSEN = "chosen"
    OUTSIDE = "outside"
    #: Nothing is known but the state, or not even that.
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
    #: No outlines are loaded of a chamber's districts: of the District of Columbia and Puerto Rico there are none.
    CHAMBER_WITHOUT_MAP = "chamber_without_map"
    NEAR_BOUNDARY = "near_boundary"
    ZIP_IS_SPLIT = "zip_is_split"
    #: The geocoder says another district than our outlines.
    DISTRICTS_DISAGREE = "districts_disagree"
    #: Our own outlines put the place in two districts of one chamber: the source draws them over each other.
    DISTRICTS_OVERLAP = "districts_overlap"
    #: New Hampshire's floterial districts lie over others, and nobody publishes their outlines.
    DISTRICT_WITHOUT_OUTLINE = "district_without_outline"


class NextStep(StrEnum):
    """What the person does about a resolution: the one thing that helps most."""

    NOTHING = "nothing"
    ENTER_STREET = "enter_street"
    CORRECT_ADDRESS = "correct_address"
    #: From a short list with names and photos.
    CHOOSE = "choose"
    #: Of two or three districts beside each other, on a map.
    CONFIRM_ON_MAP = "confirm_on_map"


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """Says nothing of itself but its state: it must not get into a log or an error report."""

    street: str = field(default="", repr=False)
    city: str = field(default="", repr=False)
    state: str = ""
    zip_code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Point:
    """WGS 84, in degrees. Where somebody lives: not to be printed either."""

    longitude: float = field(repr=False)
    latitude: float = field(repr=False)


@dataclass(frozen=True, slots=True)
class ClaimedDistrict:
    """A district as a geocoder names it: by the Census's GEOID, or by its OCD id. `kind` as `Division.Kind`."""

    kind: str
    geoid: str = ""
    ocd_id: str = ""
    #: Which plan, where the geocoder says: the number of the Congress, or the year of the legislative plan.
    vintage: str = ""


@dataclass(frozen=True, slots=True)
class GeocodedPoint:
    point: Point
    certainty: Certainty
    #: Which geocoder said so: "street_ranges", "census".
    source: str
    matched_address: str = field(default="", repr=False)
    #: The districts that the geocoder itself names, to be compared with ours; empty where it names none.
    districts: tuple[ClaimedDistrict, ...] = ()


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
    `unmapped` are districts that lie over the settled ones and have no outline: each may be the person's or not.
    """

    certainty: Certainty
    state: str = ""
    source: str = ""
    representations: tuple[Representation, ...] = ()
    candidates: tuple[Representation, ...] = ()
    problems: tuple[Problem, ...] = ()
    unmapped: tuple[Representation, ...] = ()
    #: Where the address is, for a map in the person's own browser; None where no geocoder said.
    point: Point | None = None

    @property
    def next_step(self) -> NextStep:
        """See `NextStep`."""
        return _next_step(self.problems, self.candidates)


_TO_CONFIRM = {Problem.NEAR_BOUNDARY, Problem.DISTRICTS_DISAGREE, Problem.DISTRICTS_OVERLAP}
_TO_CORRECT = {Problem.ZIP_NOT_IN_STATE, Problem.BAD_ZIP, Problem.UNKNOWN_STATE, Problem.STREET_NOT_FOUND}


def _next_step(problems: tuple[Problem, ...], candidates: tuple[Representation, ...]) -> NextStep:
    found = set(problems)
    if found & _TO_CONFIRM and candidates:
        return NextStep.CONFIRM_ON_MAP
    if found & {Problem.STREET_MISSING, Problem.PO_BOX}:
        return NextStep.ENTER_STREET
    if found & _TO_CORRECT:
        return NextStep.CORRECT_ADDRESS
    if candidates:
        return NextStep.CHOOSE
    return NextStep.NOTHING
