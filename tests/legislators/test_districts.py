"""Which division a district is."""

import pytest

from legislators.engine.boundaries import UnknownFeatureError, describe, plan_of
from legislators.engine.districts import (
    UnknownDistrictError,
    divisions_for,
    is_undefined,
    name_key,
    ordinal,
    state_districts,
)
from legislators.engine.states import STATES

WESTERN = "berkshire_hampden_franklin_and_hampshire"


def ocd_ids(geoid, name, kind):
    return [
        district.ocd_id.removeprefix("ocd-division/country:us/")
        for district in divisions_for(geoid=geoid, name=name, kind=kind)
    ]


@pytest.mark.parametrize(
    ("geoid", "name", "kind", "expected"),
    [
        ("25D27", "Second Middlesex District", "sldu", ["state:ma/sldu:2nd_middlesex"]),
        ("25D01", "Berkshire-Hampden-Franklin-Hampshire District", "sldu", [f"state:ma/sldu:{WESTERN}"]),
        ("25068", "10th Middlesex District", "sldl", ["state:ma/sldl:10th_middlesex"]),
        ("2504", "Congressional District 4", "cd", ["state:ma/cd:4"]),
        ("5000", "Congressional District (at Large)", "cd", ["state:vt/cd:at-large"]),
        ("1198", "Delegate District (at Large)", "cd", ["district:dc/cd:at-large"]),
        ("36008", "State Senate District 8", "sldu", ["state:ny/sldu:8"]),
        ("2707A", "State House District 07A", "sldl", ["state:mn/sldl:7a"]),
        ("0200R", "State Senate District R", "sldu", ["state:ak/sldu:r"]),
        ("33703", "State House District Rockingham 03", "sldl", ["state:nh/sldl:rockingham_3"]),
        ("50CHS", "Chittenden South East Senatorial District", "sldu", ["state:vt/sldu:chittenden-southeast"]),
        ("6698", "Delegate District (at Large)", "cd", ["territory:gu/cd:at-large"]),
        ("11003", "Ward 3", "sldu", ["district:dc/ward:3"]),
        ("31007", "State Senate District 7", "sldu", ["state:ne/sldu:7"]),
        ("16008", "State House District 8", "sldl", ["state:id/sldl:8a", "state:id/sldl:8b"]),
    ],
)
def test_a_census_district_is_mapped_to_its_division(geoid, name, kind, expected):
    assert ocd_ids(geoid, name, kind) == expected


@pytest.mark.parametrize(
    ("geoid", "name", "kind"),
    [
        ("25999", "Nowhere District", "sldl"),
        ("2510", "Congressional District 10", "cd"),
        ("99001", "x", "sldu"),
        ("25AB", "x", "cd"),
    ],
)
def test_what_cannot_be_mapped_is_refused_by_name(geoid, name, kind):
    with pytest.raises(UnknownDistrictError, match="Nowhere|no congressional district 10|99|25AB"):
        divisions_for(geoid=geoid, name=name, kind=kind)


@pytest.mark.parametrize("geoid", ["25ZZZ", "25ZZ"])
def test_water_is_no_district(geoid):
    assert is_undefined(geoid)


@pytest.mark.parametrize(
    "names",
    [
        ["Second Middlesex", "2nd Middlesex", "2nd_middlesex", "SECOND MIDDLESEX DISTRICT"],
        ["Thirty-Seventh Middlesex", "37th Middlesex District"],
        ["Norfolk, Worcester and Middlesex", "Norfolk-Worcester-Middlesex District", "norfolk_worcester_and_middlesex"],
        ["8", "008", "State House District 8"],
        ["Barnstable, Dukes & Nantucket", "Barnstable, Dukes and Nantucket"],
    ],
)
def test_every_spelling_of_a_district_has_one_key(names):
    assert len({name_key(name) for name in names}) == 1


@pytest.mark.parametrize("code", sorted(STATES))
def test_no_two_districts_of_a_chamber_share_a_key(code):
    found = [(district.kind, name_key(district.name)) for district in state_districts(code) if district.kind != "state"]
    assert len(found) == len(set(found))


def test_ordinals_follow_english():
    assert [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 112)] == [
        "1st",
        "2nd",
        "3rd",
        "4th",
        "11th",
        "12th",
        "13th",
        "21st",
        "112th",
    ]


def test_a_tiger_feature_is_described():
    found = describe(
        {"GEOID": "25068", "NAMELSAD": "10th Middlesex District", "MTFCC": "G5220", "LSY": "2024"}, "x.json"
    )
    assert found is not None
    assert (found.state, found.kind, found.plan.name) == ("ma", "sldl", "TIGER2024")


def test_a_congressional_plan_begins_with_its_congress():
    plan = plan_of({"CDSESSN": "118"}, "tl_2022_25_cd118.shp", "cd")
    assert (plan.name, str(plan.valid_from), plan.accuracy_metres) == ("118th Congress", "2023-01-03", 0)


def test_a_map_drawn_for_display_says_how_far_it_is_off():
    assert plan_of({"CDSESSN": "119"}, "cb_2024_us_cd119_20m cd.geojson", "cd").accuracy_metres == 2000


def test_an_invented_district_names_its_division_itself():
    found = describe(
        {"ocd_id": "ocd-division/country:us/state:ax/sldl:1st_birch", "name": "1st Birch", "plan": "p"}, "alder.geojson"
    )
    assert found is not None
    assert (found.state, found.kind, found.divisions[0].name, found.plan.name) == ("ax", "sldl", "1st Birch", "p")


def test_water_is_described_as_nothing():
    assert describe({"GEOID": "25ZZZ", "MTFCC": "G5220"}, "MA_lower.json") is None


@pytest.mark.parametrize(
    "properties",
    [{}, {"GEOID": "25068"}, {"MTFCC": "G5220"}, {"ocd_id": "ocd-division/country:us/state:ax"}, {"ocd_id": "x'; --"}],
)
def test_a_feature_that_does_not_say_what_it_is_is_refused(properties):
    with pytest.raises(UnknownFeatureError):
        describe(properties, "shapes.json")


def test_the_file_name_says_which_chamber_when_nothing_else_does():
    found = describe({"GEOID": "25068", "NAMELSAD": "10th Middlesex District"}, "MA_lower.json")
    assert found is not None
    assert found.kind == "sldl"
