"""How an official is addressed: forms of address in the United States, which stay English in every language."""

SENATOR, REPRESENTATIVE = "Senator", "Representative"

#: What members of the lower house are called where it is not "Representative" (National Conference of State
#: Legislatures). New Jersey's general assembly and others say Assemblyman or Assemblywoman: the form that
#: presumes nothing is used.
_LOWER = {
    "ca": "Assemblymember",
    "nj": "Assemblymember",
    "nv": "Assemblymember",
    "ny": "Assemblymember",
    "md": "Delegate",
    "va": "Delegate",
    "wv": "Delegate",
}
_UPPER = {"dc": "Councilmember"}
_US_HOUSE = dict.fromkeys(("as", "dc", "gu", "mp", "vi"), "Delegate") | {"pr": "Resident Commissioner"}


def title_for(*, chamber: str, state: str) -> str:
    """The title of a member: `chamber` as `Term.Chamber` stores it, `state` the two-letter code.

    :raises ValueError: for a chamber that does not exist.
    """
    code = state.lower()
    match chamber:
        case "us_senate":
            return SENATOR
        case "us_house":
            return _US_HOUSE.get(code, REPRESENTATIVE)
        case "state_upper":
            return _UPPER.get(code, SENATOR)
        case "state_lower":
            return _LOWER.get(code, REPRESENTATIVE)
    raise ValueError(f"no chamber is called {chamber!r}")


def salutation(*, title: str, family_name: str, name: str) -> str:
    """ "Senator Smith"; the whole name where the source has no family name."""
    return f"{title} {family_name.strip() or name.strip()}".strip()


def postal_name(name: str) -> str:
    """ "The Honorable Jane Smith", as it stands above an address."""
    return f"The Honorable {name.strip()}"
