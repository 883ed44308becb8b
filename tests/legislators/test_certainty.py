"""How sure an answer is, and what it leaves to the person."""

import io
import json

import pytest
from django.core.management import call_command

from legislators.engine.resolution import Certainty, GeocodedPoint, Point, PostalAddress, Problem
from legislators.services import geocoding, resolution
from tests.factories import legislators as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def small():
    return make.SmallState()


@pytest.fixture
def geocoder(monkeypatch):
    """Puts every address where the test says."""

    class Script:
        answer: object = None

    monkeypatch.setattr(geocoding, "geocode", lambda **values: Script.answer)
    return Script


def at(longitude, latitude, certainty=Certainty.ROOFTOP):
    return GeocodedPoint(Point(longitude, latitude), certainty, "script")


def resolve(street="5 Maple St", city="Birchfield", state="AX", zip_code="69903", **values):
    return resolution.resolve_address(address=PostalAddress(street, city, state, zip_code), **values)


def by_chamber(rows):
    found = {}
    for row in rows:
        found.setdefault(row.chamber, []).append(row)
    return found


def test_the_point_is_in_the_answer_where_a_geocoder_gave_one(small, geocoder):
    assert resolve(street="").point is None
    geocoder.answer = at(-41.5, 39.5)
    assert resolve().point == Point(-41.5, 39.5)


def test_a_street_without_a_house_settles_no_state_legislator(small, geocoder):
    geocoder.answer = at(-41.5, 39.5, Certainty.STREET)
    found = resolve()
    assert (found.certainty, found.problems) == (Certainty.STREET, (Problem.STREET_NOT_FOUND,))
    assert set(by_chamber(found.representations)) == {"us_senate", "us_house"}
    assert [row.division_name for row in by_chamber(found.candidates)["state_lower"]] == ["1st Birch"]


def test_districts_around_a_street_come_nearest_first(small, geocoder):
    geocoder.answer = at(-40.9, 39.5, Certainty.STREET)
    rows = by_chamber(resolve().candidates)["state_lower"]
    assert [row.division_name for row in rows] == ["2nd Birch", "1st Birch"]


def test_a_street_far_from_all_that_its_zip_leaves_narrows_nothing(small, geocoder):
    geocoder.answer = at(-20, 20, Certainty.STREET)
    assert len(by_chamber(resolve().candidates)["state_lower"]) == 2


def test_a_zip_that_settles_nothing_is_ambiguous(small, geocoder):
    make.division("cd", "2", "2nd Congressional")
    assert resolve(street="", zip_code="69999").certainty == Certainty.AMBIGUOUS


def test_outlines_that_lie_over_each_other_are_a_question(small, geocoder):
    third = make.division("sldl", "3rd_birch", "3rd Birch")
    make.boundary(third, (-41.8, 39.2, -41.2, 39.8))
    geocoder.answer = at(-41.5, 39.5)
    found = resolve()
    assert (found.certainty, found.problems) == (Certainty.AMBIGUOUS, (Problem.DISTRICTS_OVERLAP,))
    assert {row.division_name for row in by_chamber(found.candidates)["state_lower"]} == {"1st Birch", "3rd Birch"}
    assert "state_lower" not in by_chamber(found.representations)


def test_a_district_without_outline_is_said_beside_the_settled_one(small, geocoder):
    third = make.division("sldl", "3rd_birch", "3rd Birch")
    member = make.member(third, "Adaeze Cobble")
    geocoder.answer = at(-41.5, 39.5)
    found = resolve()
    assert found.certainty == Certainty.ROOFTOP
    assert [row.division_name for row in by_chamber(found.representations)["state_lower"]] == ["1st Birch"]
    assert [row.official_ids for row in found.unmapped] == [(member.pk,)]
    assert found.problems == (Problem.DISTRICT_WITHOUT_OUTLINE,)


def test_a_point_on_a_states_line_is_in_neither_for_sure(small):
    other = make.jurisdiction("bx", name="Bex")
    far = make.division("sldl", "1", "District 1", state=other)
    make.boundary(far, (-40, 39, -39, 40))
    found = resolution.resolve_point(point=Point(-40, 39.5))
    assert (found.state, found.representations, found.certainty) == ("", (), Certainty.NEAR_BOUNDARY)
    assert {row.division_name for row in by_chamber(found.candidates)["state_lower"]} == {"2nd Birch", "District 1"}


def test_a_point_beside_a_states_line_is_marked(small):
    other = make.jurisdiction("bx", name="Bex")
    make.boundary(make.division("sldl", "1", "District 1", state=other), (-40, 39, -39, 40))
    found = resolution.resolve_point(point=Point(-40 - 30 / 85_900, 39.5))
    assert (found.state, found.problems) == ("ax", (Problem.NEAR_BOUNDARY,))
    assert resolution.resolve_point(point=Point(-40 - 70 / 85_900, 39.5)).problems == ()


def test_a_chamber_without_outlines_is_asked_at_a_point_too(small):
    make.BoundarySet.objects.filter(kind="sldu").delete()
    found = resolution.resolve_point(point=Point(-41.5, 39.5))
    assert [row.division_name for row in by_chamber(found.candidates)["state_upper"]] == ["Birch"]
    assert found.problems == (Problem.CHAMBER_WITHOUT_MAP,)


def test_a_map_drawn_for_display_leaves_no_neighbour_of_a_zips_district_out(small, geocoder):
    """The congressional line is up to 2 km off: a house district that begins within them may hold the ZIP."""
    near = make.division("sldl", "1st_mill", "1st Mill")
    far = make.division("sldl", "2nd_mill", "2nd Mill")
    make.boundary(near, (-39.99, 39, -39, 40))
    make.boundary(far, (-39, 39, -38, 40))
    make.zip_division("69905", small.congress)
    make.BoundarySet.objects.filter(kind="cd").update(accuracy_metres=2000)
    rows = by_chamber(resolve(street="", zip_code="69905").candidates)["state_lower"]
    assert {row.division_name for row in rows} == {"1st Birch", "2nd Birch", "1st Mill"}


def test_the_command_prints_what_may_be_the_persons_as_well(small):
    out = io.StringIO()
    third = make.division("sldl", "3rd_birch", "3rd Birch")
    make.member(third, "Adaeze Cobble")
    call_command("resolve_address", "--lat", "39.5", "--lon", "-41.5", stdout=out)
    assert "Problem: district_without_outline" in out.getvalue()
    before, _, after = out.getvalue().partition("Perhaps as well: districts without an outline:")
    assert "Adaeze Cobble" not in before
    assert "Adaeze Cobble" in after
    call_command("resolve_address", "--lat", "39.5", "--lon", "-41.5", "--json", stdout=(data := io.StringIO()))
    answer = json.loads(data.getvalue())
    assert [row["name"] for row in answer["unmapped"]] == ["3rd Birch"]
    assert answer["next_step"] == "nothing"
