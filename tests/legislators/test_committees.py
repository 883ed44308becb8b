"""Committees as the sources describe them."""

import pytest

from legislators.engine import committees
from legislators.engine.committees import name_key
from legislators.engine.people import MalformedRecordError
from tests.factories.sources import committee, seat

CONGRESS = [
    {
        "type": "house",
        "name": "House Committee on Agriculture",
        "thomas_id": "HSAG",
        "url": "https://agriculture.example/",
        "subcommittees": [{"name": "Forestry", "thomas_id": "15"}],
    },
    {"type": "joint", "name": "Joint Economic Committee", "thomas_id": "JSEC"},
]
MEMBERS = {
    "HSAG": [
        {"name": "Second", "party": "minority", "rank": 1, "title": "Ranking Member", "bioguide": "B2"},
        {"name": "First", "party": "majority", "rank": 1, "title": "Chairman", "bioguide": "B1"},
        {"name": "Third", "party": "majority", "rank": 2, "bioguide": "B3"},
    ],
    "HSAG15": [{"name": "Third", "party": "majority", "rank": 1, "bioguide": "B3"}],
}


def test_a_committee_of_a_state_is_read_with_its_members_and_roles():
    record = committee(1, seat(1, "chair"), {"name": "Nobody Known"}, parent="ocd-organization/9")
    found, refused = committees.read_openstates(record, "x.yml")
    assert refused == []
    assert (found.source_id, found.state, found.chamber, found.parent_id) == (
        "ocd-organization/1",
        "ma",
        "state_lower",
        "ocd-organization/9",
    )
    assert found.website_url == "https://legislature.example/committees/1"
    assert [(one.name, one.role, one.person_id, one.rank) for one in found.members] == [
        ("Person 1", "chair", "ocd-person/1", 1),
        ("Nobody Known", "member", "", 2),
    ]


@pytest.mark.parametrize(
    ("state", "chamber", "expected"),
    [
        ("ma", "upper", "state_upper"),
        ("ma", "legislature", "state_joint"),
        ("ne", "legislature", "state_upper"),
        ("", "lower", "us_house"),
        ("", "legislature", "us_joint"),
    ],
)
def test_a_committee_has_the_chamber_that_appoints_it(state, chamber, expected):
    assert committees.read_openstates(committee(1, state=state, chamber=chamber), "x.yml")[0].chamber == expected


def test_the_district_of_columbia_has_one_chamber():
    record = committee(1, chamber="legislature") | {
        "jurisdiction": "ocd-jurisdiction/country:us/district:dc/government"
    }
    found, _ = committees.read_openstates(record, "x.yml")
    assert (found.state, found.chamber) == ("dc", "state_upper")


def test_somebody_listed_twice_is_kept_once_with_the_role():
    found, refused = committees.read_openstates(committee(1, seat(1), seat(1, "chair")), "x.yml")
    assert [(one.name, one.role) for one in found.members] == [("Person 1", "chair")]
    assert "listed twice" in refused[0].why


def test_a_member_without_a_name_is_refused():
    found, refused = committees.read_openstates(committee(1, {"role": "chair"}), "x.yml")
    assert found.members == ()
    assert "no name" in refused[0].why


@pytest.mark.parametrize(
    "record",
    [
        None,
        [],
        committee(1, name=""),
        committee(1, chamber="attic"),
        committee(1, members="none"),
        committee(1, jurisdiction="x"),
        {"id": "ocd-organization/1"},
    ],
)
def test_a_cut_off_committee_is_malformed(record):
    with pytest.raises(MalformedRecordError, match=r"x\.yml"):
        committees.read_openstates(record, "x.yml")


def test_committees_of_congress_have_their_members_the_majority_first():
    found, refused = committees.read_congress(CONGRESS, MEMBERS, "c.yaml")
    assert refused == []
    assert [(one.source_id, one.chamber, one.parent_id) for one in found] == [
        ("congress/HSAG", "us_house", ""),
        ("congress/HSAG15", "us_house", "congress/HSAG"),
        ("congress/JSEC", "us_joint", ""),
    ]
    assert [(one.name, one.role, one.rank) for one in found[0].members] == [
        ("First", "chairman", 1),
        ("Third", "member", 2),
        ("Second", "ranking member", 3),
    ]
    assert found[1].members[0].person_id == "bioguide/B3"


def test_members_of_an_unknown_committee_are_refused():
    _, refused = committees.read_congress(CONGRESS, MEMBERS | {"XXXX": []}, "c.yaml")
    assert "'XXXX'" in refused[0].why


@pytest.mark.parametrize(
    ("records", "members"),
    [
        ([], MEMBERS),
        (CONGRESS, {}),
        ("text", MEMBERS),
        (["text"], MEMBERS),
        ([CONGRESS[0] | {"type": "senat"}], MEMBERS),
        ([{"type": "house", "name": "x"}], MEMBERS),
        ([{"type": "house", "thomas_id": "HSAG"}], MEMBERS),
    ],
)
def test_a_cut_off_list_of_committees_is_malformed(records, members):
    with pytest.raises(MalformedRecordError, match=r"c\.yaml"):
        committees.read_congress(records, members, "c.yaml")


@pytest.mark.parametrize(
    "names", [["J. Peñón", "j penon"], ["O'Neill, Ann", "ONEILL ANN"], ["Ann-Marie X", "ann marie x"]]
)
def test_one_name_in_several_spellings_has_one_key(names):
    assert len({name_key(name) for name in names}) == 1
