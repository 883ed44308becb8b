"""What a feature of a boundary file outlines, read from the attributes that the Census and others give it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from legislators.engine import districts
from legislators.engine.districts import District

#: MAF/TIGER feature class codes (TIGER/Line technical documentation, appendix E).
_KIND_OF_CLASS = {"G5200": districts.CONGRESS, "G5210": districts.UPPER, "G5220": districts.LOWER}
_KIND_OF_WORD = {
    "sldu": districts.UPPER, "upper": districts.UPPER, "senate": districts.UPPER,
    "sldl": districts.LOWER, "lower": districts.LOWER, "house": districts.LOWER,
    "cd": districts.CONGRESS, "congress": districts.CONGRESS,
}  # fmt: skip
_OCD_ID = re.compile(
    r"ocd-division/country:us/(?:state|district|territory):([a-z]{2})(?:/(cd|sldu|sldl|ward):[\w.~-]+)?"
)
#: The Census's cartographic files leave out detail; how far their lines stray, with a margin.
_STRAY_METRES = {"20m": 2000, "5m": 500, "500k": 50}
#: West, south, east, north of what elects members: from the Aleutian Islands on both sides of the date line to Puerto
#: Rico, from Hawaii to the Arctic coast, with its waters.
_LAND = ((-180.0, 15.0, -62.0, 75.0), (170.0, 48.0, 180.0, 58.0))


class UnknownFeatureError(ValueError):
    """The feature does not say which district it outlines."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Whose lines these are. `accuracy_metres` is 0 for full detail."""

    name: str
    valid_from: date | None = None
    accuracy_metres: int = 0


@dataclass(frozen=True, slots=True)
class Feature:
    """`state` is the two-letter code; one outline can serve several divisions."""

    state: str
    kind: str
    geoid: str
    divisions: tuple[District, ...]
    plan: Plan


def _word(properties: Mapping[str, object], *keys: str) -> str:
    for key in keys:
        value = properties.get(key)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return ""


def kind_of(properties: Mapping[str, object], file_name: str) -> str:
    """Which kind of district (`Division.Kind`): from the feature class, its code columns, or the file's name.

    :raises UnknownFeatureError: where none of them says.
    """
    found = _KIND_OF_CLASS.get(_word(properties, "MTFCC"), "") or _KIND_OF_WORD.get(
        _word(properties, "kind").lower(), ""
    )
    if found:
        return found
    for key in properties:
        column = re.fullmatch(r"(SLDU|SLDL)(?:ST)?|(CD)\d{2,3}(?:FP)?|(CD)SESSN", key.upper())
        if column:
            return _KIND_OF_WORD[(column[1] or "cd").lower()]
    for word in re.split(r"[^a-z]+", file_name.lower()):
        if word in _KIND_OF_WORD:
            return _KIND_OF_WORD[word]
    raise UnknownFeatureError("nothing says whether this is a congressional, senate or house district")


def plan_of(properties: Mapping[str, object], file_name: str, kind: str) -> Plan:
    """Which districting plan, as far as the attributes or the file's name tell."""
    scale = re.search(r"_(20m|5m|500k)\b", file_name)
    accuracy = _STRAY_METRES[scale[1]] if scale else 0
    suffix = f" (generalised, {scale[1]})" if scale else ""
    given = _word(properties, "plan")
    if given:
        return Plan(given[:80], None, accuracy)
    congress = _word(properties, "CDSESSN") or (re.findall(r"cd(\d{3})", file_name) or [""])[0]
    if kind == districts.CONGRESS and congress.isdigit():
        # The 20th Amendment: a Congress begins on 3 January of each odd year, the 1st was that of 1789.
        begins = date(1787 + 2 * int(congress), 1, 3) if 73 < int(congress) < 300 else None
        return Plan(f"{districts.ordinal(int(congress))} Congress{suffix}", begins, accuracy)
    year = _word(properties, "LSY") or (re.findall(r"(?:tl|cb)_(\d{4})_", file_name) or [""])[0]
    return Plan(f"TIGER{year}{suffix}" if year.isdigit() else file_name.rsplit(".", 1)[0][:80], None, accuracy)


def is_in_the_united_states(box: tuple[float, float, float, float]) -> bool:
    """Whether an outline's west, south, east and north could be a district's.

    Latitude and longitude exchanged, or degrees of another origin, are numbers like any others.
    """
    west, south, east, north = box
    if any(left <= west and east <= right and low <= south and north <= high for left, low, right, high in _LAND):
        return True
    # Alaska's last district crosses the date line: its box goes all the way round.
    return west <= -170.0 and east >= 170.0 and south >= 48.0 and north <= 75.0


def describe(properties: Mapping[str, object], file_name: str) -> Feature | None:
    """The feature's districts; None for what the Census marks as no district at all.

    An `ocd_id` with a `name` among the attributes is taken as it is: that is how an invented state is drawn.

    :raises UnknownFeatureError: naming what is missing.
    :raises districts.UnknownDistrictError: where no such division exists.
    """
    ocd_id = _word(properties, "ocd_id", "division_id", "ocdid")
    if ocd_id:
        return _named(ocd_id, properties, file_name)
    kind = kind_of(properties, file_name)
    geoid = _word(properties, "GEOID", "GEOID20", "GEOID10")
    if not geoid:
        code = _word(properties, "SLDUST", "SLDLST", *(key for key in properties if re.fullmatch(r"CD\d{2,3}FP", key)))
        geoid = _word(properties, "STATEFP") + code
    if not re.fullmatch(r"\d{2}[0-9A-Za-z-]{2,3}", geoid):
        raise UnknownFeatureError(f"{geoid[:20]!r} is no Census GEOID of a district")
    if districts.is_undefined(geoid):
        return None
    found = districts.divisions_for(geoid=geoid, name=_word(properties, "NAMELSAD", "NAME"), kind=kind)
    state = found[0].ocd_id.split("/")[2].partition(":")[2]
    return Feature(state, kind, geoid, found, plan_of(properties, file_name, kind))


def _named(ocd_id: str, properties: Mapping[str, object], file_name: str) -> Feature:
    found = _OCD_ID.fullmatch(ocd_id)
    if found is None or not found[2]:
        raise UnknownFeatureError(f"{ocd_id[:100]!r} is no OCD id of a district")
    kind = districts.UPPER if found[2] == "ward" else found[2]
    seats = _word(properties, "seats")
    division = District(
        ocd_id=ocd_id,
        kind=kind,
        name=_word(properties, "name", "NAME", "NAMELSAD")[:200] or ocd_id.rpartition(":")[2],
        seats=int(seats) if seats.isdigit() and 0 < int(seats) < 100 else 1,
    )
    return Feature(found[1], kind, _word(properties, "GEOID"), (division,), plan_of(properties, file_name, kind))
