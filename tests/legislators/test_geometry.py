"""Outlines, streets and forms of address."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Polygon, box, mapping

from legislators.engine import geometry, street_ranges, titles
from legislators.engine.geometry import InvalidOutlineError
from legislators.engine.resolution import Certainty, Point
from legislators.engine.street_ranges import Segment

SQUARE = box(-72, 42, -71, 43)


def test_an_outline_survives_storage():
    stored = geometry.from_wkb(geometry.to_wkb(geometry.outline(mapping(SQUARE))))
    assert geometry.contains(stored, Point(-71.5, 42.5))
    assert not geometry.contains(stored, Point(-70.5, 42.5))


def test_a_crossed_outline_is_repaired():
    bow_tie = {"type": "Polygon", "coordinates": [[(0, 0), (2, 2), (2, 0), (0, 2), (0, 0)]]}
    repaired = geometry.outline(bow_tie)
    assert repaired.is_valid
    assert repaired.area == pytest.approx(2)


@pytest.mark.parametrize(
    "shape",
    [
        None,
        {},
        {"type": "Point", "coordinates": [0, 0]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[(0, 0), (1, 1), (0, 0), (0, 0)]]},
        {"type": "Polygon", "coordinates": [[(0, 0), (1, "x"), (1, 0)]]},
        {"type": "Polygon", "coordinates": [[(200000, 900000), (200100, 900000), (200000, 900100), (200000, 900000)]]},
        {"type": "Nonsense", "coordinates": []},
        {"coordinates": [[]]},
    ],
)
def test_what_has_no_area_on_earth_is_refused(shape):
    with pytest.raises(InvalidOutlineError):
        geometry.outline(shape)


def test_distances_are_in_metres():
    a_metre_east = 1 / (111_320 * math.cos(math.radians(42.5)))
    assert geometry.distance_metres(SQUARE, Point(-71.5, 42.5)) == 0
    assert geometry.distance_metres(SQUARE, Point(-71 + 100 * a_metre_east, 42.5)) == pytest.approx(100, rel=0.01)
    assert geometry.distance_metres(SQUARE, Point(-71.5, 43 + 250 / 111_320)) == pytest.approx(250, rel=0.01)


def test_a_far_point_still_has_a_distance():
    assert geometry.distance_metres(SQUARE, Point(-70, 42.5)) == pytest.approx(82_000, rel=0.02)


@given(st.floats(-179, 179), st.floats(-80, 80), st.floats(1, 5000))
def test_the_box_around_a_point_holds_every_place_within_reach(longitude, latitude, metres):
    west, south, east, north = geometry.box_around(Point(longitude, latitude), metres)
    across = metres / (111_320 * math.cos(math.radians(latitude)))
    assert west <= longitude - across <= longitude + across <= east
    assert south <= latitude - metres / 111_320 <= latitude + metres / 111_320 <= north


def test_a_house_is_surer_than_a_street_and_a_coarse_map_less_sure_than_both():
    assert geometry.tolerance_metres(Certainty.ROOFTOP) == 50
    assert geometry.tolerance_metres(Certainty.INTERPOLATED) == 150
    assert geometry.tolerance_metres(Certainty.ROOFTOP, 2000) == 2000


def test_the_shared_ground_of_two_outlines_is_a_share_of_the_first():
    assert geometry.share_overlapping(box(0, 0, 2, 1), box(1, 0, 5, 1)) == pytest.approx(0.5)
    assert geometry.share_overlapping(box(0, 0, 1, 1), box(2, 0, 3, 1)) == 0


def test_an_outline_that_crosses_itself_is_measured_all_the_same():
    bow_tie = Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    assert geometry.share_overlapping(box(0, 0, 2, 2), bow_tie) == pytest.approx(0.5)


@given(st.integers(1, 500), st.integers(0, 400), st.integers(0, 400))
def test_a_number_of_a_range_lies_between_its_ends(low, span, offset):
    segment = Segment(low, low + span, "both", (-71.0, 42.0), (-70.9, 42.1))
    point = street_ranges.position(low + min(offset, span), segment)
    assert -71.0 - 1e-9 <= point.longitude <= -70.9 + 1e-9
    assert 42.0 - 1e-9 <= point.latitude <= 42.1 + 1e-9


@given(
    st.lists(st.tuples(st.floats(-72, -71), st.floats(42, 43)), min_size=2, max_size=6, unique=True),
    st.integers(1, 300),
    st.integers(1, 300),
    st.booleans(),
)
def test_a_bent_street_keeps_every_number_once(line, first, last, both_sides):
    parity = "both" if both_sides or first % 2 != last % 2 else street_ranges.parity_of(first, last)
    segments = street_ranges.split(line, first, last, parity)
    low, high = min(first, last), max(first, last)
    for number in range(low, high + 1):
        if parity == "both" or number % 2 == low % 2:
            assert sum(one.low_number <= number <= one.high_number for one in segments) == 1


def test_a_street_drawn_from_its_high_end_is_turned_round():
    (segment,) = street_ranges.split([(-71.0, 42.0), (-70.9, 42.0)], 99, 1, "odd")
    assert (segment.low_number, segment.low_end) == (1, (-70.9, 42.0))


@pytest.mark.parametrize(
    ("chamber", "state", "title"),
    [
        ("state_upper", "ma", "Senator"),
        ("state_lower", "MA", "Representative"),
        ("state_lower", "ca", "Assemblymember"),
        ("state_lower", "va", "Delegate"),
        ("state_upper", "ne", "Senator"),
        ("state_upper", "dc", "Councilmember"),
        ("us_senate", "ca", "Senator"),
        ("us_house", "ca", "Representative"),
        ("us_house", "pr", "Resident Commissioner"),
    ],
)
def test_a_member_has_the_title_of_the_chamber_there(chamber, state, title):
    assert titles.title_for(chamber=chamber, state=state) == title


def test_no_title_for_a_chamber_that_does_not_exist():
    with pytest.raises(ValueError, match="mayor"):
        titles.title_for(chamber="mayor", state="ma")


def test_a_letter_begins_with_title_and_family_name():
    assert titles.salutation(title="Senator", family_name="Oakes", name="Desmond Oakes") == "Senator Oakes"
    assert titles.salutation(title="Senator", family_name=" ", name="Cher") == "Senator Cher"
    assert titles.postal_name("Desmond Oakes") == "The Honorable Desmond Oakes"
