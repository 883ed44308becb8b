"""What a person typed as an address, made comparable: house number, street, ZIP, and whether it is a PO box."""

import re
import unicodedata
from dataclasses import dataclass

from legislators.engine.resolution import PostalAddress
from legislators.engine.states import normalise_state

#: Longer than any address; what is beyond it cannot be one, and must not cost time.
_LONGEST_STREET = 200
#: From the first to the last number of one building.
_WIDEST_BUILDING = 20

# Abbreviations of USPS Publication 28, appendices B and C1: the common ones.
_SUFFIXES = {
    "ALLEY": "ALY", "AVENUE": "AVE", "AV": "AVE", "BOULEVARD": "BLVD", "BOUL": "BLVD", "BRIDGE": "BRG",
    "CENTER": "CTR", "CENTRE": "CTR", "CIRCLE": "CIR", "COMMON": "CMN", "COMMONS": "CMNS", "COURT": "CT",
    "COVE": "CV", "CRESCENT": "CRES", "CROSSING": "XING", "DRIVE": "DR", "DRV": "DR", "ESTATES": "ESTS",
    "EXPRESSWAY": "EXPY", "EXTENSION": "EXT", "FIELD": "FLD", "FREEWAY": "FWY", "GARDENS": "GDNS", "GROVE": "GRV",
    "HEIGHTS": "HTS", "HIGHWAY": "HWY", "HILL": "HL", "ISLAND": "IS", "LANDING": "LNDG", "LANE": "LN", "LOOP": "LOOP",
    "MANOR": "MNR", "MEADOW": "MDW", "MEADOWS": "MDWS", "PARKWAY": "PKWY", "PKY": "PKWY", "PLACE": "PL",
    "PLAZA": "PLZ", "POINT": "PT", "RIDGE": "RDG", "ROAD": "RD", "ROUTE": "RTE", "SQUARE": "SQ", "STREET": "ST",
    "STR": "ST", "TERRACE": "TER", "TERR": "TER", "TRAIL": "TRL", "TURNPIKE": "TPKE", "VALLEY": "VLY", "VIEW": "VW",
    "VILLAGE": "VLG", "WHARF": "WHRF",
}  # fmt: skip
#: Those that are their own abbreviation, or have none.
_UNCHANGED_SUFFIXES = frozenset({"LOOP", "PATH", "PASS", "ROW", "RUN", "WALK", "WAY"})
_DIRECTIONS = {
    "NORTH": "N", "SOUTH": "S", "EAST": "E", "WEST": "W",
    "NORTHEAST": "NE", "NORTHWEST": "NW", "SOUTHEAST": "SE", "SOUTHWEST": "SW",
}  # fmt: skip
_ANY_SUFFIX = frozenset(_SUFFIXES) | frozenset(_SUFFIXES.values())
_ANY_DIRECTION = frozenset(_DIRECTIONS) | frozenset(_DIRECTIONS.values())
_SHORT_SUFFIXES = frozenset(_SUFFIXES.values()) | _UNCHANGED_SUFFIXES
_SHORT_DIRECTIONS = frozenset(_DIRECTIONS.values())
_FIRST_WORDS = {"SAINT": "ST", "MOUNT": "MT", "FORT": "FT"}
_ORDINALS = {
    "FIRST": "1ST", "SECOND": "2ND", "THIRD": "3RD", "FOURTH": "4TH", "FIFTH": "5TH", "SIXTH": "6TH",
    "SEVENTH": "7TH", "EIGHTH": "8TH", "NINTH": "9TH", "TENTH": "10TH", "ELEVENTH": "11TH", "TWELFTH": "12TH",
}  # fmt: skip
_NUMBER_WORDS = {
    "ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5, "SIX": 6, "SEVEN": 7, "EIGHT": 8, "NINE": 9, "TEN": 10,
}  # fmt: skip

_UNIT = re.compile(
    r"(?:^|[\s,]+)(?:(?:APARTMENT|APT|UNIT|SUITE|STE|ROOM|RM|FLOOR|FL|BUILDING|BLDG|LOT|SPC|TRLR|PH|DEPT|NO)"
    r"(?:\b\.?\s*#?\s*|(?=\d))(?:[\w-]*\d[\w-]*|[A-Z])(?![\w-])|#\s*[\w-]+|\d+(?:ST|ND|RD|TH)\s+(?:FLOOR|FL)\b)",
)
#: What is numbered behind these words is the road: "County Road No. 5", "12 Highway #7".
_NUMBERED_ROAD = re.compile(
    r"(?:^\d+\S*\s+|\b(?:COUNTY|CO\.?|STATE|TOWNSHIP|TWP\.?|PARISH|FOREST|PRIVATE|RANCH|FARM|MARKET|U\.?\s?S\.?)\s+)"
    r"(?:ROAD|RD|ROUTE|RTE|RT|HIGHWAY|HWY|TRUNK|INTERSTATE|CR|SR|FM)\.?$"
)
_NUMBER_SIGN = re.compile(r"[\s,]+(?:NO\b\.?\s*#?|#)\s*(?=\d)")
# O may be typed as a zero; Apartado is a box in Puerto Rico; a rural route's box has no street to look up either.
_BOX = re.compile(
    r"\b(?:P\s*\.?\s*[O0]\s*\.?\s*(?:BOX|BX|B\b)|POB|POST(?:AL)?\s+OFFICE\s+BOX|POSTAL\s+BOX|"
    r"APARTADO(?:\s+POSTAL)?|APDO\.?(?:\s+POSTAL)?|"
    r"(?:R\.?\s*R\.?|RURAL\s+ROUTE|H\.?\s*C\.?|HIGHWAY\s+CONTRACT|PSC|CMR)\s*#?\s*\d+[\s,]+BOX)"
    r"\s*(?:NO\.?|NUMBER|#)?\s*\d*[A-Z]?-?\d*\b\.?,?|^\s*BOX\s*#?\s*\d+[A-Z]?\s*$",
)
_HOUSE = re.compile(
    r"^(?P<number>\d{1,6})(?:\s*-\s*(?P<second>\d{1,9}))?(?P<rest>[A-Z](?=[\s,])|\s*\d+/\d+)?[\s,]+(?P<street>.+)$"
)


@dataclass(frozen=True, slots=True)
class StreetAddress:
    """`12 1/2 N. Water St. #3` is number 12, extra "1/2", key "N WATER ST"."""

    number: int | None
    extra: str
    key: str
    #: "37-12" as one number, 3712: in Queens and on Oahu a hyphen stands within a number. Elsewhere it joins the
    #: first and the last number of a building, and `number` is the first.
    hyphenated: int | None = None

    @property
    def numbers(self) -> tuple[int, ...]:
        """Every number that the house may have."""
        return tuple(one for one in (self.hyphenated, self.number) if one is not None)


@dataclass(frozen=True, slots=True)
class StreetParts:
    """What a street's key is made of: "N MAIN ST" is direction "N", name "MAIN", suffix "ST"."""

    direction: str
    name: str
    suffix: str
    last_direction: str


def _plain(text: str) -> str:
    """Upper case, no accents, single spaces."""
    decomposed = unicodedata.normalize("NFKD", text[:_LONGEST_STREET].replace("½", " 1/2"))
    return " ".join("".join(mark for mark in decomposed if not unicodedata.combining(mark)).upper().split())


def street_key(street_name: str) -> str:
    """A street's name without house number, abbreviated as in USPS Publication 28.

    "North Maple Street" → "N MAPLE ST".
    """
    words = (
        re.sub(r"[^A-Z0-9/ -]", "", _plain(street_name).replace(".", " ").replace("'", "")).replace("-", " ").split()
    )
    if not words:
        return ""
    words[0] = _FIRST_WORDS.get(words[0], words[0]) if len(words) > 1 else words[0]
    last = len(words) - 1
    found = []
    for place, word in enumerate(words):
        word = _ORDINALS.get(word, word)
        is_name = len(words) == 1 or (
            place == 0 and len(words) == 2 and word in _DIRECTIONS and words[1] in _ANY_SUFFIX
        )
        if word in _DIRECTIONS and place in (0, last) and not is_name:
            word = _DIRECTIONS[word]
        elif place > 0 and word in _SUFFIXES and (place == last or words[last] in _ANY_DIRECTION):
            word = _SUFFIXES[word]
        found.append(word)
    return " ".join(found)[:120]


def street_parts(key: str) -> StreetParts:
    """Takes apart what `street_key` writes; what is left of it is always a name, as in "E ST" or "AVE A"."""
    words = key.split()
    direction = words.pop(0) if len(words) > 1 and words[0] in _SHORT_DIRECTIONS else ""
    last_direction = words.pop() if len(words) > 1 and words[-1] in _SHORT_DIRECTIONS else ""
    suffix = words.pop() if len(words) > 1 and words[-1] in _SHORT_SUFFIXES else ""
    if direction and len(words) == 1 and not suffix and words[0] in _SHORT_SUFFIXES:
        words, suffix, direction = [direction], words[0], ""
    return StreetParts(direction, " ".join(words), suffix, last_direction)


def is_shortened(short: str, full: str) -> bool:
    """Whether `short` is `full` with its suffix or a direction left out: "MAPLE" of "MAPLE ST"."""
    return short != full and _fits(street_parts(short), street_parts(full), both_ways=False)


def is_alike(one: str, other: str) -> bool:
    """Whether the two may be one street, of which each may lack a suffix or a direction that the other has."""
    return _fits(street_parts(one), street_parts(other), both_ways=True)


def contradict(one: str, other: str) -> bool:
    """Whether two streets of one name differ in what both say: "MAPLE ST" and "MAPLE AVE", "N MAIN ST" and "S MAIN ST".

    Two different names do not contradict each other: a road has several, and a geocoder mends what is misspelt.
    """
    return street_parts(one).name == street_parts(other).name and not is_alike(one, other)


def _fits(one: StreetParts, other: StreetParts, *, both_ways: bool) -> bool:
    pairs = (
        (one.direction, other.direction),
        (one.suffix, other.suffix),
        (one.last_direction, other.last_direction),
    )
    return one.name == other.name and all(
        first == second or not first or (both_ways and not second) for first, second in pairs
    )


def _without_box_and_unit(street: str) -> str:
    text = _BOX.sub(" ", _plain(street)).strip(" ,.")
    left = _UNIT.sub(_unless_a_roads_number, text).strip(" ,.")
    # "77 Lot 5 Road": of what is a street by itself nothing is taken away.
    return text if left.partition(" ")[2].strip() in _ANY_SUFFIX else left


def _unless_a_roads_number(unit: re.Match[str]) -> str:
    """Nothing instead of a unit; of the number of a road, the number: its "No." or "#" is often left out."""
    sign = _NUMBER_SIGN.match(unit[0])
    is_of_the_road = sign is not None and _NUMBERED_ROAD.search(unit.string[: unit.start()])
    return f" {unit[0][sign.end() :]}" if sign and is_of_the_road else " "


def is_po_box(street: str) -> bool:
    """Whether there is a box to deliver to but no street to find: "P.O. Box 9", not "5 Main St, PO Box 9"."""
    if not _BOX.search(_plain(street)):
        return False
    return parse_street(street).number is None


def parse_street(street: str) -> StreetAddress:
    """House number, what stands behind it, and the street's key; the number is None where there is none."""
    text = _without_box_and_unit(street)
    first, _, rest = text.partition(" ")
    if first in _NUMBER_WORDS and rest:
        text = f"{_NUMBER_WORDS[first]} {rest}"
    found = _HOUSE.match(text)
    if found is None or not re.search(r"[A-Z]", found["street"]):
        return StreetAddress(None, "", street_key(text))
    return StreetAddress(
        int(found["number"]),
        (found["rest"] or "").strip(),
        street_key(found["street"]),
        _typed_hyphenated(found["number"], found["second"] or ""),
    )


def hyphenated_number(text: str) -> int | None:
    """The number 3712 for "37-12": two digits or more behind the hyphen, six in all; None for anything else."""
    found = re.fullmatch(r"(\d{1,4})-(\d{2,4})", text, re.ASCII)
    return int(found[1] + found[2]) if found and len(found[1] + found[2]) <= 6 else None


def _typed_hyphenated(first: str, second: str) -> int | None:
    is_building = not second.startswith("0") and 0 < int(second or 0) - int(first) <= _WIDEST_BUILDING
    return None if is_building else hyphenated_number(f"{first}-{second}")


def parse_zip(text: str) -> tuple[str, str] | None:
    """("02451", "1234") for a ZIP or ZIP+4 as people write it; None where it is neither."""
    found = re.fullmatch(r"\s*(\d{5})(?:[\s-]*(\d{4}))?\s*", text, re.ASCII)
    return (found[1], found[2] or "") if found else None


def normalise(address: PostalAddress) -> PostalAddress:
    """The same address with spaces tidied, the state as a code and the ZIP as five digits where it is one."""
    zip_parts = parse_zip(address.zip_code)
    return PostalAddress(
        street=" ".join(address.street[:_LONGEST_STREET].split()),
        city=" ".join(address.city[:100].split()),
        state=normalise_state(address.state),
        zip_code=zip_parts[0] if zip_parts else address.zip_code.strip()[:20],
    )
