"""Where a house number lies on its street, and which street is meant."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legislators.adapters.street_ranges import StreetRangeGeocoder
from legislators.engine.resolution import Certainty, Point, PostalAddress
from legislators.engine.street_ranges import (
    INSET_METRES,
    OFFSET_METRES,
    fits_parity,
    metres_apart,
    parity_of,
    position,
    split,
)
from tests.factories import legislators as make

#: From west to east, some 1.6 km.
EAST = [(-71.02, 42.0), (-71.0, 42.0)]
NORTH = [(-71.0, 42.0), (-71.0, 42.02)]


def only(line, start, end, side, parity="odd"):
    (segment,) = split(line, start, end, parity, side)
    return segment


# --- The side of the street -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "side", "direction"),
    [(EAST, "left", "north"), (EAST, "right", "south"), (NORTH, "left", "west"), (NORTH, "right", "east")],
)
@pytest.mark.parametrize(("start", "end"), [(1, 99), (99, 1)])
def test_a_house_stands_on_its_side_whichever_way_the_numbers_run(line, side, direction, start, end):
    point = position(51, only(line, start, end, side))
    on_line = position(51, only(line, start, end, ""))
    assert metres_apart(point, on_line) == pytest.approx(OFFSET_METRES, abs=0.5)
    east, north = point.longitude - on_line.longitude, point.latitude - on_line.latitude
    assert (
        direction
        == max({"east": east, "west": -east, "north": north, "south": -north}.items(), key=lambda item: item[1])[0]
    )


def test_a_border_along_the_street_has_the_two_sides_in_two_districts():
    left, right = (position(51, only(EAST, 1, 99, side)) for side in ("left", "right"))
    assert left.latitude > 42.0 > right.latitude


def test_numbers_that_run_against_the_line_lie_at_its_other_end():
    assert position(1, only(EAST, 1, 99, "left")).longitude < -71.019
    assert position(1, only(EAST, 99, 1, "left")).longitude > -71.001


@pytest.mark.parametrize("number", [1, 99])
def test_the_last_house_stands_off_the_crossing(number):
    corner = Point(*EAST[0 if number == 1 else 1])
    point = position(number, only(EAST, 1, 99, "left"))
    assert metres_apart(point, corner) == pytest.approx(math.hypot(INSET_METRES, OFFSET_METRES), abs=0.5)


def test_a_very_short_block_keeps_half_of_its_length():
    line = [(-71.0, 42.0), (-70.9999, 42.0)]
    segment = only(line, 1, 9, "left")
    assert segment.high_end[0] - segment.low_end[0] == pytest.approx(0.00005, rel=0.2)


def test_a_block_of_no_length_is_a_point():
    assert position(5, only([(-71.0, 42.0), (-71.0, 42.0)], 1, 9, "left")) == Point(-71.0, 42.0)


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(("start", "end"), [(1, 99), (99, 1), (2, 2), (100, 2)])
def test_every_number_stands_on_its_own_side_of_a_street_that_turns_a_corner(side, start, end):
    # East, then north: the left side is the inner one of the corner.
    line = [(-71.02, 42.0), (-71.0, 42.0), (-71.0, 42.02)]
    segments = split(line, start, end, parity_of(start, end), side)
    for number in range(min(start, end), max(start, end) + 1, 2):
        holding = [one for one in segments if one.low_number <= number <= one.high_number]
        assert len(holding) == 1
        point = position(number, holding[0])
        is_inside = point.longitude < -71.0 and point.latitude > 42.0
        assert is_inside == (side == "left")


def test_a_single_number_stands_in_the_middle_of_its_block():
    line = [(-71.03, 42.0), (-71.02, 42.0), (-71.0, 42.0)]
    assert position(7, only(line, 7, 7, "left")).longitude == pytest.approx(-71.015, abs=1e-5)


@given(
    st.lists(st.tuples(st.floats(-125, -66), st.floats(24, 49)), min_size=2, max_size=8),
    st.integers(0, 2000),
    st.integers(0, 2000),
    st.sampled_from(["left", "right", ""]),
)
def test_every_number_of_a_range_lies_on_exactly_one_piece(line, start, end, side):
    parity = parity_of(start, end)
    segments = split(line, start, end, parity, side)
    for number in {start, end, (start + end) // 2}:
        if fits_parity(number, parity):
            assert len([one for one in segments if one.low_number <= number <= one.high_number]) == 1


# --- Which street is meant ------------------------------------------------------------------------


def locate(street, zip_code="69903"):
    return StreetRangeGeocoder().locate(PostalAddress(street, "", "ax", zip_code))


@pytest.fixture
def _streets(db):
    """Each with odd numbers from 1 to 99, half a degree of latitude from the last."""
    for place, (key, low, high) in enumerate(
        [("MAPLE ST", 1, 99), ("N OAK ST", 1, 99), ("ELM ST", 1, 99), ("ELM AVE", 1, 99), ("E ASH ST", 1, 99),
         ("W ASH ST", 201, 299), ("MAIN ST", 1, 99), ("N MAIN ST", 1, 199)]
    ):  # fmt: skip
        latitude = 30 + place / 2
        make.street_range(key, low_number=low, high_number=high, low_latitude=latitude, high_latitude=latitude)


WITH_STREETS = pytest.mark.usefixtures("_streets")


@WITH_STREETS
@pytest.mark.parametrize(("number", "longitude"), [(1, -41.4), (99, -41.3), (51, -41.3490)])
def test_a_number_lies_as_far_along_the_block_as_it_is_along_the_range(number, longitude):
    found = locate(f"{number} Maple Street")
    assert found is not None
    assert found.point.longitude == pytest.approx(longitude, abs=1e-4)
    assert found.certainty == Certainty.INTERPOLATED


@WITH_STREETS
@pytest.mark.parametrize(
    ("typed", "street"), [("5 Maple", "5 MAPLE ST"), ("5 Oak St", "5 N OAK ST"), ("5 Oak", "5 N OAK ST")]
)
def test_what_was_left_out_is_added_where_one_street_only_can_be_meant(typed, street):
    found = locate(typed)
    assert found is not None
    assert (found.certainty, found.matched_address) == (Certainty.INTERPOLATED, f"{street}, 69903")


@WITH_STREETS
@pytest.mark.parametrize("typed", ["5 Elm", "5 Elm Rd", "5 Maple Ave", "5 S Oak St", "5 Oaks St", "5 Map St"])
def test_a_street_is_never_taken_for_another(typed):
    assert locate(typed) is None


@WITH_STREETS
def test_of_two_that_can_be_meant_the_only_one_with_the_number_is_likely_and_no_more():
    found = locate("5 Ash St")
    assert found is not None
    assert (found.certainty, found.matched_address) == (Certainty.STREET, "5 E ASH ST, 69903")


@WITH_STREETS
def test_more_than_the_street_s_file_says_is_likely_and_no_more():
    found = locate("5 N Maple St")
    assert found is not None
    assert (found.certainty, found.matched_address) == (Certainty.STREET, "5 MAPLE ST, 69903")


@WITH_STREETS
@pytest.mark.parametrize("typed", ["150 Main St", "101 Main St", "6 Main St"])
def test_a_number_that_the_street_has_not_is_not_looked_for_on_another(typed):
    found = locate(typed)
    assert found is not None
    assert found.certainty == Certainty.STREET
    assert found.point.latitude == 33
    assert found.matched_address == "MAIN ST, 69903"


@WITH_STREETS
def test_the_same_street_in_another_zip_or_state_is_not_taken():
    make.street_range("BEECH ST", "69901")
    make.street_range("BEECH ST", "69903", state=make.jurisdiction("bx", name="Bex"))
    assert locate("5 Beech St") is None
    assert locate("5 Beech St", "") is None


@pytest.mark.django_db
def test_even_numbers_stand_on_the_other_side():
    make.street_range("MAPLE ST", parity="odd", low_latitude=39.5, high_latitude=39.5)
    make.street_range("MAPLE ST", parity="even", low_number=2, high_number=98, low_latitude=39.6, high_latitude=39.6)
    found = locate("12 Maple St")
    assert found is not None
    assert found.point.latitude == pytest.approx(39.6)


@pytest.mark.django_db
def test_a_number_that_lies_in_two_places_of_a_zip_is_the_street_only():
    make.street_range("MAPLE ST", low_number=1, high_number=99)
    make.street_range("MAPLE ST", low_number=1, high_number=9, low_latitude=39.9, high_latitude=39.9)
    found = locate("5 Maple St")
    assert found is not None
    assert found.certainty == Certainty.STREET
    assert locate("51 Maple St").certainty == Certainty.INTERPOLATED


@pytest.mark.django_db
def test_two_ranges_that_tell_the_same_place_are_no_doubt():
    make.street_range("MAPLE ST", low_number=1, high_number=99)
    make.street_range("MAPLE ST", low_number=1, high_number=99, high_longitude=-41.3001)
    assert locate("5 Maple St").certainty == Certainty.INTERPOLATED


@pytest.mark.django_db
def test_a_hyphen_within_a_number_is_part_of_it_where_the_street_has_such_numbers():
    make.street_range("82ND ST", low_number=3701, high_number=3799)
    for typed in ("37-05 82nd St", "3705 82nd St"):
        found = locate(typed)
        assert found is not None
        assert (found.certainty, found.matched_address) == (Certainty.INTERPOLATED, "3705 82ND ST, 69903")


@pytest.mark.django_db
def test_a_hyphen_between_a_building_s_two_numbers_is_not_part_of_one():
    make.street_range("MAPLE ST", low_number=1, high_number=1999)
    assert locate("13-15 Maple St").matched_address == "13 MAPLE ST, 69903"
    assert locate("13-05 Maple St").certainty == Certainty.STREET
