"""Who represents an address."""

from datetime import date

import pytest
from django.test.utils import CaptureQueriesContext

from legislators.adapters.geocoding import GeocoderUnavailableError
from legislators.engine.resolution import Certainty, GeocodedPoint, Point, PostalAddress, Problem
from legislators.models import Jurisdiction
from legislators.services import geocoding, resolution
from tests.factories import legislators as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def small():
    return make.SmallState()


@pytest.fixture
def geocoder(monkeypatch):
    """Puts every address where the test says; raises what the test gives instead of a point."""

    class Script:
        answer: object = None
        asked: list = []

    script = Script()
    script.asked = []

    def geocode(*, address, is_sample=False):
        script.asked.append(address)
        if isinstance(script.answer, Exception):
            raise script.answer
        return script.answer

    monkeypatch.setattr(geocoding, "geocode", geocode)
    return script


def at(longitude, latitude, certainty=Certainty.ROOFTOP):
    return GeocodedPoint(Point(longitude, latitude), certainty, "script")


def resolve(street="5 Maple St", city="Birchfield", state="AX", zip_code="69903", **values):
    return resolution.resolve_address(address=PostalAddress(street, city, state, zip_code), **values)


def by_chamber(rows):
    found = {}
    for row in rows:
        found.setdefault(row.chamber, []).append(row)
    return found


def test_a_rooftop_settles_every_chamber(small, geocoder):
    geocoder.answer = at(-41.5, 39.5)
    found = resolve()
    settled = by_chamber(found.representations)
    assert (found.certainty, found.state, found.source, found.problems) == (Certainty.ROOFTOP, "ax", "script", ())
    assert found.candidates == ()
    assert set(settled) == {"us_senate", "us_house", "state_upper", "state_lower"}
    assert settled["us_senate"][0].official_ids == tuple(one.pk for one in small.senators)
    assert settled["state_lower"][0].official_ids == (small.representative.pk,)
    assert settled["state_lower"][0].division_name == "1st Birch"


def test_an_empty_seat_is_a_vacancy(small, geocoder):
    geocoder.answer = at(-40.5, 39.5)
    (seat,) = by_chamber(resolve().representations)["state_lower"]
    assert (seat.official_ids, seat.vacant_seats, seat.division_ocd_id) == ((), 1, small.east.ocd_id)


def test_every_member_of_a_district_with_two_seats_is_named(small, geocoder):
    small.west.seats = 3
    small.west.save()
    second = make.member(small.west, "Adaeze Cobble")
    geocoder.answer = at(-41.5, 39.5)
    (seat,) = by_chamber(resolve().representations)["state_lower"]
    assert seat.official_ids == (second.pk, small.representative.pk)
    assert seat.vacant_seats == 1


@pytest.mark.parametrize(
    ("metres", "certainty", "is_settled"),
    [
        (30, Certainty.ROOFTOP, False),
        (70, Certainty.ROOFTOP, True),
        (70, Certainty.INTERPOLATED, False),
        (170, Certainty.INTERPOLATED, True),
    ],
)
def test_near_a_line_both_sides_are_candidates(small, geocoder, metres, certainty, is_settled):
    geocoder.answer = at(-41 - metres / 85_900, 39.5, certainty)
    found = resolve()
    settled, candidates = by_chamber(found.representations), by_chamber(found.candidates)
    assert ("state_lower" in settled) is is_settled
    assert {"us_senate", "us_house", "state_upper"} <= set(settled)
    if not is_settled:
        assert found.certainty == Certainty.NEAR_BOUNDARY
        assert found.problems == (Problem.NEAR_BOUNDARY,)
        assert {row.division_name for row in candidates["state_lower"]} == {"1st Birch", "2nd Birch"}
        assert not found.certainty.is_exact


def test_a_chamber_is_never_both_settled_and_open(small, geocoder):
    for answer in (at(-41.5, 39.5), at(-41, 39.5), None, GeocoderUnavailableError("away")):
        geocoder.answer = answer
        found = resolve()
        assert not set(by_chamber(found.representations)) & set(by_chamber(found.candidates))


def test_off_the_coast_the_nearest_district_is_asked_about(small, geocoder):
    geocoder.answer = at(-41.5, 38.995)
    found = resolve()
    assert found.certainty == Certainty.NEAR_BOUNDARY
    assert [row.division_name for row in by_chamber(found.candidates)["state_lower"]] == ["1st Birch"]


def test_a_point_outside_the_state_settles_nothing_but_the_state(small, geocoder):
    geocoder.answer = at(-80, 30)
    found = resolve()
    assert Problem.OUTSIDE_COVERAGE in found.problems
    assert "state_lower" in by_chamber(found.candidates)


def test_two_seats_on_one_outline_are_no_doubt(small, geocoder):
    plan = make.boundary_set("sldl")
    plan.boundaries.all().delete()
    for division in (small.west, small.east):
        make.boundary(division, (-42, 39, -40, 40), plan=plan, geoid="99008")
    geocoder.answer = at(-41.5, 39.5)
    assert len(by_chamber(resolve().representations)["state_lower"]) == 2


# --- Without a point ----------------------------------------------------------------------------


def test_a_zip_alone_never_settles_a_state_legislator(small, geocoder):
    for zip_code in ("69901", "69903"):
        found = resolve(street="", zip_code=zip_code)
        assert found.certainty == Certainty.ZIP
        assert found.problems == (Problem.STREET_MISSING,)
        assert set(by_chamber(found.representations)) == {"us_senate", "us_house"}
        assert set(by_chamber(found.candidates)) == {"state_upper", "state_lower"}
    assert geocoder.asked == []


def test_a_zip_narrows_the_candidates(small, geocoder):
    assert [
        row.division_name for row in by_chamber(resolve(street="", zip_code="69901").candidates)["state_lower"]
    ] == ["1st Birch"]
    assert len(by_chamber(resolve(street="", zip_code="69903").candidates)["state_lower"]) == 2


def test_a_zip_that_is_split_between_congressional_districts_settles_none(small, geocoder):
    other = make.division("cd", "2", "2nd Congressional")
    make.zip_division("69903", other)
    found = resolve(street="")
    assert len(by_chamber(found.candidates)["us_house"]) == 2
    assert Problem.ZIP_IS_SPLIT in found.problems


def test_a_zip_of_which_nothing_is_known_leaves_the_whole_state_to_choose_from(small, geocoder):
    found = resolve(street="", zip_code="69999")
    assert len(by_chamber(found.candidates)["state_lower"]) == 2


def test_state_districts_are_narrowed_by_the_zips_congressional_district(small, geocoder):
    far = make.division("sldl", "1st_mill", "1st Mill")
    make.boundary(far, (-40, 39, -39, 40))
    make.zip_division("69905", small.congress)
    found = by_chamber(resolve(street="", zip_code="69905").candidates)
    assert {row.division_name for row in found["state_lower"]} == {"1st Birch", "2nd Birch"}


def test_the_only_congressional_district_of_a_state_is_settled_without_a_zip(small, geocoder):
    found = resolve(street="", zip_code="")
    assert found.certainty == Certainty.NONE
    assert "us_house" in by_chamber(found.representations)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"street": "PO Box 9"}, Problem.PO_BOX),
        ({"street": ""}, Problem.STREET_MISSING),
        ({"zip_code": "6990"}, Problem.BAD_ZIP),
    ],
)
def test_what_cannot_be_looked_up_is_not_sent_to_a_geocoder(small, geocoder, values, problem):
    found = resolve(**values)
    assert problem in found.problems
    assert "state_lower" in by_chamber(found.candidates)
    assert geocoder.asked == []


def test_a_geocoder_that_is_down_leaves_the_choice_to_the_person(small, geocoder):
    geocoder.answer = GeocoderUnavailableError("away")
    found = resolve()
    assert found.problems == (Problem.GEOCODER_UNAVAILABLE,)
    assert set(by_chamber(found.candidates)) == {"state_upper", "state_lower"}


def test_an_address_that_nobody_knows_leaves_the_choice_to_the_person(small, geocoder):
    found = resolve()
    assert (found.certainty, found.problems) == (Certainty.ZIP, (Problem.STREET_NOT_FOUND,))
    assert "state_lower" in by_chamber(found.candidates)


def test_a_zip_of_another_state_is_said_and_not_looked_up(small, geocoder):
    found = resolve(zip_code="02451")
    assert found.problems == (Problem.ZIP_NOT_IN_STATE,)
    assert (found.representations, found.candidates, geocoder.asked) == ((), (), [])


def test_a_zip_that_reaches_over_the_states_line_is_accepted(small, geocoder):
    make.zip_division("02861", small.west)
    assert Problem.ZIP_NOT_IN_STATE not in resolve(zip_code="02861").problems


@pytest.mark.parametrize(
    ("state", "zip_code", "problem"),
    [
        ("Atlantis", "69903", Problem.UNKNOWN_STATE),
        ("ZZ", "69903", Problem.UNKNOWN_STATE),
        ("", "", Problem.UNKNOWN_STATE),
        ("GU", "96910", Problem.OUTSIDE_COVERAGE),
        ("VT", "05401", Problem.OUTSIDE_COVERAGE),
    ],
)
def test_a_state_that_is_unknown_or_not_loaded_is_said(small, geocoder, state, zip_code, problem):
    found = resolve(state=state, zip_code=zip_code)
    assert found.problems == (problem,)
    assert found.representations == ()


def test_a_state_that_was_left_out_is_known_by_its_zip(small, geocoder):
    geocoder.answer = at(-41.5, 39.5)
    assert resolve(state="").state == "ax"


def test_a_huge_address_is_harmless(small, geocoder):
    found = resolve(street="x" * 10_000, city="y" * 10_000, zip_code="69903")
    assert found.problems == (Problem.STREET_NOT_FOUND,)


def test_a_chamber_without_outlines_is_chosen_unless_the_zip_settles_it(small, geocoder):
    make.Boundary.objects.filter(division__kind__in=["cd", "sldu"]).delete()
    make.BoundarySet.objects.filter(kind__in=["cd", "sldu"]).delete()
    geocoder.answer = at(-41.5, 39.5)
    found = resolve()
    assert set(by_chamber(found.representations)) == {"us_senate", "us_house", "state_lower"}
    assert set(by_chamber(found.candidates)) == {"state_upper"}
    assert found.problems == (Problem.CHAMBER_WITHOUT_MAP,)


def test_nobody_is_told_an_address_that_there_are_no_outlines_for(small, geocoder):
    make.BoundarySet.objects.all().delete()
    found = resolve()
    assert found.problems == (Problem.CHAMBER_WITHOUT_MAP,)
    assert geocoder.asked == []
    assert "state_lower" in by_chamber(found.candidates)


# --- Days ---------------------------------------------------------------------------------------


def test_a_term_counts_from_its_first_day_to_the_day_before_its_end(small, geocoder):
    geocoder.answer = at(-40.5, 39.5)
    newcomer = make.official("Hector Elmore")
    make.term(newcomer, small.east, start=date(2027, 1, 6), end=date(2029, 1, 3))

    def sitting(day):
        return by_chamber(resolve(on=day).representations)["state_lower"][0].official_ids

    assert sitting(date(2027, 1, 5)) == ()
    assert sitting(date(2027, 1, 6)) == (newcomer.pk,)
    assert sitting(date(2029, 1, 2)) == (newcomer.pk,)
    assert sitting(date(2029, 1, 3)) == ()


def test_a_new_plan_counts_from_its_first_day(small, geocoder):
    new = make.boundary_set("sldl", plan="2027", valid_from=date(2027, 1, 6))
    make.boundary(small.east, (-42, 39, -40, 40), plan=new)
    geocoder.answer = at(-41.5, 39.5)

    def district(day):
        return by_chamber(resolve(on=day).representations)["state_lower"][0].division_name

    assert district(date(2027, 1, 5)) == "1st Birch"
    assert district(date(2027, 1, 6)) == "2nd Birch"


def test_a_plan_that_has_ended_counts_no_longer(small, geocoder):
    plan = make.boundary_set("sldl")
    plan.valid_to = date(2027, 1, 6)
    plan.save()
    geocoder.answer = at(-41.5, 39.5)
    found = resolve(on=date(2027, 1, 6))
    assert "state_lower" in by_chamber(found.candidates)
    assert Problem.CHAMBER_WITHOUT_MAP in found.problems


def test_exact_outlines_are_preferred_to_those_drawn_for_maps(small, geocoder):
    coarse = make.boundary_set("sldl", plan="20m", accuracy_metres=2000, valid_from=date(2025, 1, 3))
    make.boundary(small.east, (-42, 39, -40, 40), plan=coarse)
    geocoder.answer = at(-41.5, 39.5)
    assert by_chamber(resolve().representations)["state_lower"][0].division_name == "1st Birch"


def test_a_map_drawn_for_display_leaves_a_wide_margin_of_doubt(small, geocoder):
    plan = make.boundary_set("sldl")
    plan.accuracy_metres = 2000
    plan.save()
    geocoder.answer = at(-41 - 1500 / 85_900, 39.5)
    assert len(by_chamber(resolve().candidates)["state_lower"]) == 2


def test_a_retired_official_represents_nobody(small, geocoder):
    from django.utils import timezone

    small.representative.retired_at = timezone.now()
    small.representative.save()
    geocoder.answer = at(-41.5, 39.5)
    assert by_chamber(resolve().representations)["state_lower"][0].official_ids == ()


def test_nobody_loaded_for_a_chamber_is_not_called_vacant(small, geocoder):
    make.Term.objects.filter(chamber="state_lower").delete()
    geocoder.answer = at(-41.5, 39.5)
    (seat,) = by_chamber(resolve().representations)["state_lower"]
    assert (seat.official_ids, seat.vacant_seats) == ((), 0)


# --- Points and choices -------------------------------------------------------------------------


def test_a_point_lies_in_one_district_of_each_chamber(small):
    found = resolution.resolve_point(point=Point(-41.5, 39.5))
    assert (found.certainty, found.state, found.candidates) == (Certainty.ROOFTOP, "ax", ())
    assert {chamber: len(rows) for chamber, rows in by_chamber(found.representations).items()} == {
        "us_senate": 1, "us_house": 1, "state_upper": 1, "state_lower": 1,
    }  # fmt: skip


def test_a_point_beside_a_line_is_settled_and_marked(small):
    found = resolution.resolve_point(point=Point(-41.0001, 39.5))
    assert found.certainty == Certainty.NEAR_BOUNDARY
    assert [row.division_name for row in by_chamber(found.representations)["state_lower"]] == ["1st Birch"]


def test_a_point_on_the_line_is_for_the_person_to_settle(small):
    found = resolution.resolve_point(point=Point(-41, 39.5))
    assert (found.certainty, found.problems) == (Certainty.NEAR_BOUNDARY, (Problem.NEAR_BOUNDARY,))
    assert "state_lower" not in by_chamber(found.representations)
    assert len(by_chamber(found.candidates)["state_lower"]) == 2


def test_a_point_at_sea_is_outside(small):
    found = resolution.resolve_point(point=Point(0, 0))
    assert (found.certainty, found.problems) == (Certainty.OUTSIDE, (Problem.OUTSIDE_COVERAGE,))


def test_what_a_person_chose_is_exact(small):
    found = resolution.resolve_divisions(ocd_ids=[small.east.ocd_id, small.west.ocd_id, "ocd-division/nonsense"])
    assert found.certainty.is_exact
    assert [row.division_name for row in found.representations] == ["2nd Birch", "1st Birch"]
    assert found.representations[1].official_ids == (small.representative.pk,)


def test_choosing_nothing_known_is_no_answer(small):
    found = resolution.resolve_divisions(ocd_ids=["", "x"])
    assert (found.certainty, found.representations) == (Certainty.NONE, ())


def test_a_lookup_asks_the_database_a_bounded_number_of_times(small, geocoder):
    from django.db import connection

    geocoder.answer = at(-41.5, 39.5)
    with CaptureQueriesContext(
        connection,
    ) as few:
        resolve()
    for number in range(20):
        other = make.division("sldl", f"{number}_far", f"{number} Far")
        make.boundary(other, (-30 - number, 30, -29 - number, 31))
        make.member(other, f"Member {number}")
    with CaptureQueriesContext(connection) as many:
        resolve()
    assert len(many) == len(few) <= 25
    assert Jurisdiction.objects.count() == 1
