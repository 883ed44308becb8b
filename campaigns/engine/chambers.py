"""How members of a chamber are called; the words are translated where they are used."""

#: Lower houses whose members are not called representatives, by the houses' own usage.
LOWER_HOUSE_TITLES = {
    "ca": "Assemblymember",
    "md": "Delegate",
    "nj": "Assembly Member",
    "nv": "Assembly Member",
    "ny": "Assembly Member",
    "va": "Delegate",
    "wv": "Delegate",
}
_TITLES = {
    "state_upper": "Senator",
    "state_lower": "Representative",
    "us_house": "Representative",
    "us_senate": "Senator",
}


def member_title(chamber: str, *, state: str) -> str:
    """The title before a member's name, in English, for translation; nothing for who sits in no chamber.

    :param state: two letters.
    """
    if chamber == "state_lower":
        return LOWER_HOUSE_TITLES.get(state.lower(), _TITLES[chamber])
    return _TITLES.get(chamber, "")
