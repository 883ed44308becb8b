"""Alder's invented officials: one house seat is vacant, one representative has no e-mail address."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SampleOfficial:
    number: int
    given_name: str
    family_name: str
    party: str
    chamber: str
    #: The end of the division's OCD id after the state, or empty for a U.S. senator.
    district: str
    phone: str
    has_email: bool = True

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def email(self) -> str:
        if not self.has_email:
            return ""
        return f"{self.given_name}.{self.family_name}@legislature.alder.example".lower().replace("’", "")


_STATE_PARTIES = ("Harborlight", "Commonfield")


def _state(number: int, given: str, family: str, party: int, chamber: str, district: str, has_email: bool = True):
    return SampleOfficial(
        number, given, family, _STATE_PARTIES[party], chamber, district, f"555-555-01{number:02}", has_email
    )


#: The seat of 2nd Stone is left out on purpose: it is vacant.
VACANT_DISTRICT = "sldl:2nd_stone"
OFFICIALS = [
    _state(1, "Marisol", "Tidewater", 0, "state_upper", "sldu:harbor"),
    _state(2, "Desmond", "Oakes", 1, "state_upper", "sldu:birch"),
    _state(3, "Priya", "Granger", 0, "state_upper", "sldu:stone"),
    _state(4, "Walter", "Millhouse", 1, "state_upper", "sldu:mill"),
    _state(5, "Ines", "Quayle", 0, "state_lower", "sldl:1st_harbor"),
    _state(6, "Thaddeus", "Marsh", 1, "state_lower", "sldl:2nd_harbor"),
    _state(7, "Bronwyn", "Lindqvist", 0, "state_lower", "sldl:1st_birch"),
    _state(8, "Hector", "Elmore", 1, "state_lower", "sldl:2nd_birch"),
    _state(9, "Adaeze", "Cobble", 0, "state_lower", "sldl:1st_stone"),
    _state(10, "Rupert", "Weaver", 1, "state_lower", "sldl:1st_mill", has_email=False),
    _state(11, "Yuki", "Fuller", 0, "state_lower", "sldl:2nd_mill"),
    SampleOfficial(12, "Leonora", "Strand", "Harborlight", "us_house", "cd:1", "555-555-0112", False),
    SampleOfficial(13, "Emmett", "Vale", "Commonfield", "us_house", "cd:2", "555-555-0113", False),
    SampleOfficial(14, "Constance", "Aldridge", "Harborlight", "us_senate", "", "555-555-0114", False),
    SampleOfficial(15, "Jerome", "Holloway", "Commonfield", "us_senate", "", "555-555-0115", False),
]

#: Where the state's legislators have an office besides the one in the State House, by the name of their district.
TOWNS = {"harbor": "Port Alder", "birch": "Birchfield", "stone": "Quarry Hill", "mill": "Millbrook"}


def source_id(official: SampleOfficial) -> str:
    return f"sample/{uuid.uuid5(uuid.NAMESPACE_URL, f'official-{official.number}.alder.example')}"


def district_town(official: SampleOfficial) -> str:
    """Empty for those whom the whole state, or half of it, elects."""
    return next((town for word, town in TOWNS.items() if official.district.endswith(word)), "")
