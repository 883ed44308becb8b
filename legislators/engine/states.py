"""The states, the District of Columbia and the territories that send somebody to Congress, as facts."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class State:
    """`house_seats` counts members of the U.S. House (apportionment of 2020); a delegate counts as one."""

    code: str
    name: str
    fips: str
    house_seats: int
    zip_prefixes: tuple[str, ...]
    senate_seats: int = 2
    division_type: str = "state"

    @property
    def division_id(self) -> str:
        return f"ocd-division/country:us/{self.division_type}:{self.code}"


#: code · name · FIPS · seats in the U.S. House · first three digits of ZIP codes, as the Postal Service assigns them
#: (Labeling List L002). Runs are inclusive.
_ROWS = """
al|Alabama|01|7|350-352 354-369
ak|Alaska|02|1|995-999
as|American Samoa|60|1|967
az|Arizona|04|9|850-853 855-857 859-860 863-865
ar|Arkansas|05|4|716-729
ca|California|06|52|900-908 910-928 930-961
co|Colorado|08|8|800-816
ct|Connecticut|09|5|060-069
de|Delaware|10|1|197-199
dc|District of Columbia|11|1|200 202-205 569
fl|Florida|12|28|320-339 341-342 344 346-347 349
ga|Georgia|13|14|300-319 398-399
gu|Guam|66|1|969
hi|Hawaii|15|2|967-968
id|Idaho|16|2|832-838
il|Illinois|17|17|600-620 622-629
in|Indiana|18|9|460-479
ia|Iowa|19|4|500-516 520-528
ks|Kansas|20|4|660-662 664-679
ky|Kentucky|21|6|400-418 420-427
la|Louisiana|22|6|700-701 703-708 710-714
me|Maine|23|2|039-049
md|Maryland|24|8|206-212 214-219
ma|Massachusetts|25|9|010-027 055
mi|Michigan|26|13|480-499
mn|Minnesota|27|8|550-551 553-567
ms|Mississippi|28|4|386-397
mo|Missouri|29|8|630-631 633-641 644-658
mt|Montana|30|2|590-599
ne|Nebraska|31|3|680-681 683-693
nv|Nevada|32|4|889-891 893-895 897-898
nh|New Hampshire|33|2|030-038
nj|New Jersey|34|12|070-089
nm|New Mexico|35|3|870-871 873-875 877-884
ny|New York|36|26|005 063 100-149
nc|North Carolina|37|14|270-289
nd|North Dakota|38|1|580-588
mp|Northern Mariana Islands|69|1|969
oh|Ohio|39|15|430-459
ok|Oklahoma|40|5|730-731 734-741 743-749
or|Oregon|41|6|970-979
pa|Pennsylvania|42|17|150-196
pr|Puerto Rico|72|1|006-007 009
ri|Rhode Island|44|2|028-029
sc|South Carolina|45|7|290-299
sd|South Dakota|46|1|570-577
tn|Tennessee|47|9|370-385
tx|Texas|48|38|733 750-770 772-799 885
ut|Utah|49|4|840-847
vt|Vermont|50|1|050-054 056-059
vi|U.S. Virgin Islands|78|1|008
va|Virginia|51|11|201 220-246
wa|Washington|53|10|980-986 988-994
wv|West Virginia|54|2|247-268
wi|Wisconsin|55|8|530-532 534-535 537-549
wy|Wyoming|56|1|820-831 834
"""

#: What voters there do not elect to the Senate, and what their division is called in its OCD id.
_WITHOUT_SENATORS = {
    "as": "territory",
    "dc": "district",
    "gu": "territory",
    "mp": "territory",
    "pr": "territory",
    "vi": "territory",
}
#: The one ZIP code of American Samoa lies among those of Hawaii.
_ONLY_ZIPS = {"as": ("96799",)}


def _prefixes(runs: str) -> tuple[str, ...]:
    found: list[str] = []
    for run in runs.split():
        first, _, last = run.partition("-")
        found += [f"{number:03d}" for number in range(int(first), int(last or first) + 1)]
    return tuple(found)


def _state(row: str) -> State:
    code, name, fips, house_seats, runs = row.split("|")
    return State(
        code=code,
        name=name,
        fips=fips,
        house_seats=int(house_seats),
        zip_prefixes=_prefixes(runs),
        senate_seats=0 if code in _WITHOUT_SENATORS else 2,
        division_type=_WITHOUT_SENATORS.get(code, "state"),
    )


STATES: dict[str, State] = {state.code: state for state in map(_state, _ROWS.split("\n")[1:-1])}
STATES_BY_FIPS: dict[str, State] = {state.fips: state for state in STATES.values()}
#: Their legislatures have one chamber, which counts as the upper one.
_OF_ONE_CHAMBER = frozenset({"ne"})
_CODES_BY_NAME = {re.sub(r"\W", "", state.name).lower(): state.code for state in STATES.values()}
_CODES_BY_NAME |= {"washingtondc": "dc", "mass": "ma", "penna": "pa", "calif": "ca", "virginislands": "vi"}


def states_with_chamber(*, is_lower: bool) -> frozenset[str]:
    """Names of the fifty states that have an upper or a lower chamber."""
    states = (state for state in STATES.values() if state.division_type == "state")
    return frozenset(state.name for state in states if not is_lower or state.code not in _OF_ONE_CHAMBER)


def normalise_state(text: str) -> str:
    """The two-letter lower-case code for what a person typed ("MA", "Mass.", "massachusetts").

    Two letters that are no state come back as they are, for the caller to know a sample state by; anything
    else that is unknown gives an empty string.
    """
    word = re.sub(r"[\W_]", "", text).lower()
    if len(word) == 2 and word.isascii() and word.isalpha():
        return word
    return _CODES_BY_NAME.get(word, "")


def states_of_zip(zip_code: str) -> tuple[str, ...]:
    """Codes of the states in which a five-digit ZIP's first three digits are in use."""
    alone = tuple(code for code, zip_codes in _ONLY_ZIPS.items() if zip_code in zip_codes)
    return alone or tuple(
        state.code for state in STATES.values() if zip_code[:3] in state.zip_prefixes and state.code not in _ONLY_ZIPS
    )
