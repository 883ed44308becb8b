"""A geocoder's own districts beside ours."""

from datetime import date

import pytest

from legislators.engine.resolution import (
    Certainty,
    ClaimedDistrict,
    GeocodedPoint,
    NextStep,
    Point,
    PostalAddress,
    Problem,
)
from legislators.services import geocoding, resolution
from tests.factories import legislators as make

pytestmark = pytest.mark.django_db
IN_FORCE = date(2026, 11, 22)


@pytest.fixture
def small():
    made = make.SmallState()
    for division, geoid in ((made.west, "99001"), (made.east, "99002")):
        division.boundaries.update(geoid=geoid)
    make.BoundarySet.objects.filter(kind="sldl").update(plan="TIGER2024")
    make.BoundarySet.objects.filter(kind="cd").update(plan="119th Congress", valid_from=date(2025, 1, 3))
    return made


@pytest.fixture
def claiming(monkeypatch):
    """Resolves an address in 1st Birch that the geocoder says these things of."""

    def resolve(*claims, on=IN_FORCE):
        found = GeocodedPoint(Point(-41.5, 39.5), Certainty.ROOFTOP, "script", districts=claims)
        monkeypatch.setattr(geocoding, "geocode", lambda **values: found)
        return resolution.resolve_address(address=PostalAddress("5 Maple St", "Birchfield", "AX", "69903"), on=on)

    return resolve


def houses(rows):
    return [row.division_name for row in rows if row.chamber == "state_lower"]


def test_a_geocoder_that_agrees_changes_nothing(small, claiming):
    found = claiming(
        ClaimedDistrict("sldl", geoid="99001", vintage="2024"), ClaimedDistrict("sldl", ocd_id=small.west.ocd_id)
    )
    assert (found.certainty, found.problems, found.candidates) == (Certainty.ROOFTOP, (), ())


@pytest.mark.parametrize("claim", [{"geoid": "99002", "vintage": "2024"}, {"geoid": "99002"}, {"ocd_id": "east"}])
def test_where_it_says_another_district_both_are_for_the_person_to_choose_from(small, claiming, claim):
    if "ocd_id" in claim:
        claim = {"ocd_id": small.east.ocd_id}
    found = claiming(ClaimedDistrict("sldl", **claim))
    assert (found.certainty, found.problems) == (Certainty.CONFLICT, (Problem.DISTRICTS_DISAGREE,))
    assert (houses(found.representations), houses(found.candidates)) == ([], ["1st Birch", "2nd Birch"])
    assert {"us_senate", "us_house", "state_upper"} <= {row.chamber for row in found.representations}
    assert (found.next_step, found.point) == (NextStep.CONFIRM_ON_MAP, Point(-41.5, 39.5))


def test_a_district_of_our_own_plan_that_we_do_not_have_leaves_ours_in_doubt(small, claiming):
    found = claiming(ClaimedDistrict("sldl", geoid="99077", vintage="2024"))
    assert found.certainty == Certainty.CONFLICT
    assert (houses(found.representations), houses(found.candidates)) == ([], ["1st Birch"])


@pytest.mark.parametrize(
    "claim",
    [
        ClaimedDistrict("sldl", geoid="99002", vintage="2022"),
        ClaimedDistrict("sldl", geoid="99002", vintage="2028"),
        ClaimedDistrict("sldl", geoid="99ZZZ", vintage="2024"),
        ClaimedDistrict("sldl", ocd_id="ocd-division/country:us/state:ax/sldl:of_another_list"),
        ClaimedDistrict("sldl"),
        ClaimedDistrict("county", geoid="99002"),
        ClaimedDistrict("cd", geoid="9902", vintage="118"),
        ClaimedDistrict("cd", geoid="9902", vintage="120"),
    ],
    ids=["superseded", "to come", "none there", "other spelling", "empty", "no chamber", "last Congress", "next"],
)
def test_what_cannot_be_compared_is_no_claim(small, claiming, claim):
    make.Boundary.objects.filter(division=small.congress).update(geoid="9901")
    assert claiming(claim).certainty == Certainty.ROOFTOP


def test_a_newer_congress_that_has_begun_casts_doubt_on_our_older_lines(small, claiming):
    make.Boundary.objects.filter(division=small.congress).update(geoid="9901")
    claim = ClaimedDistrict("cd", geoid="9902", vintage="120")
    assert claiming(claim, on=date(2027, 1, 2)).certainty == Certainty.ROOFTOP
    assert claiming(claim, on=date(2027, 1, 3)).certainty == Certainty.CONFLICT


def test_a_plan_without_codes_is_not_compared_by_codes(small, claiming):
    small.west.boundaries.update(geoid="")
    small.east.boundaries.update(geoid="")
    assert claiming(ClaimedDistrict("sldl", geoid="99002")).certainty == Certainty.ROOFTOP
