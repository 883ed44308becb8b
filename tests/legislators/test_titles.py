"""How officials are addressed, chamber by chamber and state by state."""

import tarfile
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from legislators.engine import chambers
from legislators.engine.titles import salutation, title_for

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "openstates_people_all_states_legislature.tar.xz"
STATES = (
    "al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa"
    " ri sc sd tn tx ut vt va wa wv wi wy dc pr"
).split()
ASSEMBLIES, DELEGATES = {"ca", "nj", "nv", "ny"}, {"md", "va", "wv"}


@pytest.mark.parametrize("state", STATES)
def test_every_state_s_members_have_their_own_title(state):
    lower = "Assemblymember" if state in ASSEMBLIES else "Delegate" if state in DELEGATES else "Representative"
    assert title_for(chamber="state_upper", state=state) == ("Councilmember" if state == "dc" else "Senator")
    assert title_for(chamber="state_lower", state=state.upper()) == lower


@pytest.mark.parametrize(
    ("state", "upper", "lower"),
    [
        ("ma", "", ""),
        ("nh", "", ""),
        ("ne", "Legislature", ""),
        ("dc", "Council", ""),
        ("wi", "", "Assembly"),
        ("nj", "", "General Assembly"),
        ("va", "", "House of Delegates"),
    ],
)
def test_a_chamber_with_a_name_of_its_own_keeps_it(state, upper, lower):
    """Both chambers of the General Court of Massachusetts and of New Hampshire are a senate and a house."""
    assert chambers.proper_name(chamber="state_upper", state=state) == upper
    assert chambers.proper_name(chamber="state_lower", state=state) == lower


@pytest.mark.parametrize(
    ("family_name", "name", "greeted"),
    [
        ("Smith", "Jane Smith", "Smith"),
        ("Smith, Jr.", "John Smith, Jr.", "Smith"),
        ("Smith Jr", "John Smith Jr", "Smith"),
        ("Smith III", "John Smith III", "Smith"),
        ("Smith Sr., M.D.", "John Smith Sr., M.D.", "Smith"),
        ("de la Cruz", "Jessica de la Cruz", "de la Cruz"),
        ("Sabourin dit Choinière", "Matt Sabourin dit Choinière", "Sabourin dit Choinière"),
        ("Vargas Laureano", "Swanny Vargas Laureano", "Vargas Laureano"),
        ("Ruiz de Porras", "Roberto Ruiz de Porras", "Ruiz de Porras"),
        ("St. Clair", "Charlie St. Clair", "St. Clair"),
        ("O’Brien-Lee", "Ada O’Brien-Lee", "O’Brien-Lee"),
        ("Fernández", "Nathalia Fernández", "Fernández"),
        ("Ma", "Lena Ma", "Ma"),
        ("Do", "Kim Do", "Do"),
        ("", "Jordan Reyes", "Jordan Reyes"),
        ("", "Jordan Reyes, Jr.", "Jordan Reyes"),
        (" ", "Sequoia", "Sequoia"),
    ],
)
def test_the_greeting_has_the_whole_family_name_and_no_suffix(family_name, name, greeted):
    assert salutation(title="Senator", family_name=family_name, name=name) == f"Senator {greeted}"


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_greeting_is_one_line_whatever_a_source_writes(family_name, name):
    greeting = salutation(title="Senator", family_name=family_name, name=name)
    assert greeting.startswith("Senator")
    assert "\n" not in greeting


@pytest.mark.skipif(not DATA.exists(), reason="the legislators of all states are not on this machine")
def test_everybody_who_sits_in_a_state_legislature_is_greeted_by_their_whole_family_name():
    seen, wrong = set(), []
    with tarfile.open(DATA) as archive:
        for member in archive:
            state = member.name.split("/")[2:3]
            # One in eight of fifty states and two territories: enough to see each, and quick.
            if "/legislature/" not in member.name or member.name[-5:] not in ("0.yml", "5.yml"):
                continue
            person = yaml.load(archive.extractfile(member), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
            seen.update(state)
            chamber = "state_lower" if person["roles"][-1]["type"] == "lower" else "state_upper"
            title = title_for(chamber=chamber, state=state[0])
            greeting = salutation(title=title, family_name=person.get("family_name", ""), name=person["name"])
            if greeting != f"{title} {unicodedata.normalize('NFC', person['family_name'])}":
                wrong.append(greeting)
    assert len(seen) >= 50
    assert wrong == []
