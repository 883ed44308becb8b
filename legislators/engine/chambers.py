"""What a chamber is called in one state and in an address, and the order of its districts."""

import re

#: Proper names, which stay English, where "State senate" and "State house" would be wrong or unusual there
#: (National Conference of State Legislatures, names of legislatures and chambers).
_UPPER = {"dc": "Council", "ne": "Legislature"}
_LOWER = {
    "ca": "Assembly",
    "nv": "Assembly",
    "ny": "Assembly",
    "wi": "Assembly",
    "nj": "General Assembly",
    "md": "House of Delegates",
    "va": "House of Delegates",
    "wv": "House of Delegates",
}
#: The code under which both chambers of Congress are listed.
CONGRESS = "us"
_SLUGS = {"us_senate": "senate", "us_house": "house", "state_upper": "senate", "state_lower": "house"}
_NUMBER = re.compile(r"(\d+)(?:st|nd|rd|th)?([a-z]?)\b", re.IGNORECASE)


def proper_name(*, chamber: str, state: str) -> str:
    """The chamber's own name; empty where the general word fits ("State senate", "State house")."""
    names = {"state_upper": _UPPER, "state_lower": _LOWER}.get(chamber, {})
    return names.get(state.lower(), "")


def chambers_of(state: str) -> tuple[str, ...]:
    """The chambers that can sit under a code, the upper one first; `state` is a state's code or `CONGRESS`."""
    if state == CONGRESS:
        return ("us_senate", "us_house")
    return ("state_upper",) if state in _UPPER else ("state_upper", "state_lower")


def slug_of(*, chamber: str, state: str) -> str:
    """How the chamber is written in an address: `senate`, `house`, `general-assembly`."""
    return proper_name(chamber=chamber, state=state).lower().replace(" ", "-") or _SLUGS[chamber]


def chamber_of(*, slug: str, state: str) -> str:
    """The chamber that an address names, by its own word or by the general one; empty where it names none."""
    for chamber in chambers_of(state):
        if slug in (slug_of(chamber=chamber, state=state), _SLUGS[chamber], chamber):
            return chamber
    return ""


def district_order(name: str) -> tuple[str, tuple[tuple[int, str], ...], str]:
    """Sorts districts as people look for them: 2nd Bristol before 10th Bristol, District 8A before District 8B."""
    numbers = tuple((int(number), letter.lower()) for number, letter in _NUMBER.findall(name))
    return " ".join(_NUMBER.sub(" ", name).casefold().split()), numbers, name
