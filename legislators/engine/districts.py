"""Which division of the Open Civic Data list a district is, from its name or its Census code."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from openstates_metadata import lookup

from legislators.engine.states import STATES, State

STATE, CONGRESS, UPPER, LOWER = "state", "cd", "sldu", "sldl"

#: Words that say what a district is, not which one.
_NOISE = frozenset({
    "district", "subdistrict", "state", "house", "senate", "senatorial", "legislative", "assembly",
    "representative", "general", "and", "of", "the",
})  # fmt: skip
_ONES = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
]  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_ROUND = {"twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50}
_ORDINALS = {word: number for number, word in enumerate(_ONES, start=1)} | _ROUND
_TWO_WORD_DIRECTIONS = [[first, second] for first in ("north", "south") for second in ("east", "west")]
#: Two seats on one outline, each a division of its own: district 8 elects 8A and 8B.
_SEATS_ON_ONE_OUTLINE = {"id": ("a", "b")}
#: Open States has no legislators of theirs: districts without members would look vacant.
_WITHOUT_LEGISLATURE_DATA = frozenset({"as", "gu", "mp", "vi"})


class UnknownDistrictError(LookupError):
    """No division of that state and kind has this name or code."""


@dataclass(frozen=True, slots=True)
class District:
    ocd_id: str
    kind: str
    name: str
    seats: int


def ordinal(number: int) -> str:
    """1 → "1st"."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def name_key(name: str) -> str:
    """The same key for every way one district's name is written.

    "Second Middlesex District", "2nd Middlesex" and "2nd middlesex" are one; so are "Berkshire, Hampden, Franklin
    and Hampshire" and "Berkshire-Hampden-Franklin-Hampshire District"; so are "008", "8" and "State House District 8".
    """
    words = re.findall(r"[^\W_]+", re.sub(r"['’.]", "", name).lower().replace("&", " and "))
    found: list[str] = []
    for word in words:
        if word in _NOISE:
            continue
        if word in _ORDINALS:
            tens = _TENS.get(found[-1], 0) if found else 0
            if tens:
                found.pop()
            found.append(ordinal(tens + _ORDINALS[word]))
        else:
            found.append(word.lstrip("0") or "0")
        if found[-2:] in _TWO_WORD_DIRECTIONS:
            found[-2:] = ["".join(found[-2:])]
    return " ".join(found)


def _display_name(name: str) -> str:
    return f"District {name}" if re.fullmatch(r"\d+[A-Za-z]?|[A-Z]", name) else name


@cache
def state_districts(code: str) -> tuple[District, ...]:
    """Every legislative district in force in a state, as openstates-metadata lists them.

    A single chamber (Nebraska, the District of Columbia) counts as the upper one. Of Guam, the Virgin Islands,
    American Samoa and the Northern Marianas only the delegate to Congress is known: there are none.

    :raises KeyError: for a code that is no state.
    """
    state = STATES[code]
    if code in _WITHOUT_LEGISLATURE_DATA:
        return ()
    found = lookup(abbr=code.upper())
    chambers = ((found.upper, UPPER), (found.lower, LOWER), (found.legislature, UPPER))
    return tuple(
        District(
            ocd_id=district.division_id,
            kind=STATE if district.division_id == state.division_id else kind,
            name=_display_name(district.name),
            seats=district.num_seats,
        )
        for chamber, kind in chambers
        if chamber is not None
        for district in chamber.districts
    )


@cache
def _districts_by_key(code: str, kind: str) -> Mapping[str, District]:
    # A file of the whole country asks for each state a hundred times.
    return MappingProxyType(
        {name_key(district.name): district for district in state_districts(code) if district.kind == kind}
    )


def congressional_districts(state: State) -> tuple[District, ...]:
    """The state's seats in the U.S. House."""
    numbers = [0] if state.house_seats == 1 else list(range(1, state.house_seats + 1))
    return tuple(congressional_district(state, number) for number in numbers)


def congressional_district(state: State, number: int) -> District:
    """The district of that number; 0, and the Census's 98 for a delegate, is at large.

    :raises UnknownDistrictError: where the state has no such district.
    """
    if number in (0, 98) or (number == 1 and state.house_seats == 1):
        if state.house_seats != 1:
            raise UnknownDistrictError(f"{state.name} elects nobody to the U.S. House at large")
        return District(f"{state.division_id}/cd:at-large", CONGRESS, "At-large congressional district", 1)
    if not 1 <= number <= state.house_seats:
        raise UnknownDistrictError(f"{state.name} has no congressional district {number}")
    return District(f"{state.division_id}/cd:{number}", CONGRESS, f"{ordinal(number)} congressional district", 1)


def is_undefined(geoid: str) -> bool:
    """Whether the Census means "no district here" (water, mostly): its code ends in ZZ or ZZZ."""
    return geoid.upper().endswith("ZZ")


def divisions_for(*, geoid: str, name: str, kind: str) -> tuple[District, ...]:
    """The divisions that a Census district outlines: one, or in Idaho's lower house two.

    `geoid` and `name` are TIGER's GEOID and NAMELSAD. The name is tried first, then the code with its
    leading zeros off: New Hampshire and Vermont number their districts within a county.

    :raises UnknownDistrictError: where neither finds a division.
    """
    state = next((state for state in STATES.values() if state.fips == geoid[:2]), None)
    if state is None:
        raise UnknownDistrictError(f"FIPS code {geoid[:2]!r} is no state that elects members")
    code = geoid[2:]
    if kind == CONGRESS:
        if not code.isdigit():
            raise UnknownDistrictError(f"{geoid!r} is no congressional district")
        return (congressional_district(state, int(code)),)
    known = _districts_by_key(state.code, kind)
    for key in (name_key(name), name_key(code)):
        if key and key in known:
            return (known[key],)
        seats = [known.get(f"{key}{seat}") for seat in _SEATS_ON_ONE_OUTLINE.get(state.code, ())]
        if key and seats and all(seats):
            return tuple(seat for seat in seats if seat)
    raise UnknownDistrictError(f"no {kind} division of {state.name} is called {name!r} or coded {code!r}")
