"""How an official is addressed: forms of address in the United States, which stay English in every language."""

import re
import unicodedata

SENATOR, REPRESENTATIVE = "Senator", "Representative"

#: What members of the lower house are called where it is not "Representative" (National Conference of State
#: Legislatures). New Jersey's general assembly and others say Assemblyman or Assemblywoman: the form that
#: presumes nothing is used. Wisconsin's assembly calls its members representatives (docs.legis.wisconsin.gov).
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
#: Of generations and of degrees, at the end of a name; a numeral counts as one behind another name only.
_SUFFIX = re.compile(
    r"(?:,\s*(?:[JS]r|II|III|IV|M\.?D|D\.?O|Ph\.?D|Ed\.?D|J\.?D|D\.?V\.?M|R\.?N|Esq)|(?<=\w)\s+(?:[JS]r|II|III|IV))\.?$",
    re.IGNORECASE,
)
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
    """ "Senator Smith", "Delegate de la Cruz", "Representative Vargas Laureano"; never "Senator Smith, Jr.".

    The whole family name, as the person writes it; the whole name where the source has no family name.
    """
    return f"{title} {_without_suffix(family_name) or _without_suffix(name)}".strip()


def _without_suffix(name: str) -> str:
    """A suffix is part of a name above an address, and of none in a greeting."""
    plain = " ".join(unicodedata.normalize("NFC", name).split())
    while found := _SUFFIX.search(plain):
        plain = plain[: found.start()]
    return plain


def postal_name(name: str) -> str:
    """ "The Honorable Jane Smith", as it stands above an address."""
    return f"The Honorable {name.strip()}"
