"""The map on which somebody beside a district's edge finds their own side of it."""

import re
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point as Spot
from shapely.geometry import Polygon, box

from legislators.engine import district_map, geometry
from legislators.engine.district_map import HEIGHT, WIDTH, Area
from legislators.engine.resolution import Point
from legislators.selectors import maps
from tests.factories import legislators as make

WEST = Area("w", "1st Birch", box(-42, 39, -41, 40))
EAST = Area("e", "2nd Birch", box(-41, 39, -40, 40))
#: 0.0005 degrees of longitude at this latitude are 43 metres.
JUST_EAST = Point(-40.9995, 39.5)
SVG = "{http://www.w3.org/2000/svg}"


def _polygon(path: str) -> Polygon:
    return Polygon([tuple(map(float, pair.split())) for pair in re.sub("[MZ]", "", path.split("Z")[0]).split("L")])


def test_the_address_lies_in_the_middle_and_on_its_own_side_of_the_edge():
    drawing = district_map.close_up([WEST, EAST], JUST_EAST)
    west, east = (_polygon(shape.path) for shape in drawing.shapes)
    assert drawing.marker == (WIDTH / 2, HEIGHT / 2)
    assert east.contains(Spot(drawing.marker))
    assert not west.contains(Spot(drawing.marker))


@given(st.floats(-41.05, -40.95), st.floats(39.1, 39.9))
def test_the_drawing_never_puts_an_address_on_the_other_side_of_an_edge(longitude, latitude):
    point = Point(longitude, latitude)
    drawing = district_map.close_up([WEST, EAST], point)
    # Nearer than a line is thick nobody can see a side.
    for area, shape in zip([WEST, EAST], drawing.shapes, strict=True):
        if geometry.distance_metres(area.outline, point) > 20 and shape.path:
            assert not _polygon(shape.path).contains(Spot(drawing.marker))


def test_a_gap_of_forty_metres_can_be_seen():
    drawing = district_map.close_up([WEST, EAST], JUST_EAST)
    assert _polygon(drawing.shapes[0].path).distance(Spot(drawing.marker)) > 15


def test_an_edge_that_is_kilometres_away_is_still_on_the_sheet():
    drawing = district_map.close_up([WEST, EAST], Point(-40.9, 39.5))
    assert all(shape.path for shape in drawing.shapes)


def test_the_distance_and_the_direction_are_those_of_the_nearest_edge():
    own, other = district_map.neighbours([WEST, EAST], JUST_EAST)
    assert (own.name, own.metres, own.direction) == ("2nd Birch", 0.0, "")
    assert (other.name, other.direction) == ("1st Birch", "w")
    assert other.metres == pytest.approx(43, abs=1)


@pytest.mark.parametrize(
    ("longitude", "latitude", "direction"),
    [(-42.01, 39.5, "e"), (-41.5, 38.99, "n"), (-41.5, 40.01, "s"), (-42.01, 38.99, "ne"), (-40.99, 40.008, "sw")],
)
def test_the_direction_is_seen_from_the_address(longitude, latitude, direction):
    (found,) = district_map.neighbours([WEST], Point(longitude, latitude))
    assert found.direction == direction


def test_two_seats_on_one_outline_are_one_place():
    twin = Area("e2", "2nd Birch B", EAST.outline)
    drawing = district_map.close_up([WEST, EAST, twin], JUST_EAST)
    assert [shape.keys for shape in drawing.shapes] == [("w",), ("e", "e2")]


def test_names_stand_in_their_own_district_clear_of_the_address_and_of_each_other():
    drawing = district_map.close_up([WEST, EAST], JUST_EAST)
    for shape in drawing.shapes:
        assert shape.label
        assert all(_polygon(shape.path).contains(Spot(line.x, line.y - 5)) for line in shape.label)
        assert all(Spot(line.x, line.y).distance(Spot(drawing.marker)) > 30 for line in shape.label)


def test_a_long_name_is_broken_and_stays_on_the_sheet():
    long = Area("l", "Barnstable, Dukes, Nantucket and the Second Plymouth District", EAST.outline)
    label = district_map.close_up([WEST, long], JUST_EAST).shapes[1].label
    assert len(label) > 1
    assert all(0 < line.x < WIDTH and 0 < line.y < HEIGHT for line in label)


def test_the_scale_bar_says_how_far_a_mile_is():
    drawing = district_map.overview([WEST, EAST], JUST_EAST)
    bar = drawing.scale_bar
    # Two degrees of longitude at 39.5 degrees north are 107 miles, and fill at most the width.
    assert (bar.right - bar.left) / bar.miles == pytest.approx(WIDTH * 0.94 / 107, rel=0.4)
    assert bar.right < WIDTH / 2


def test_the_whole_districts_fit_on_the_sheet():
    for shape in district_map.overview([WEST, EAST], JUST_EAST).shapes:
        left, top, right, bottom = _polygon(shape.path).bounds
        assert 0 <= left < right <= WIDTH
        assert 0 <= top < bottom <= HEIGHT


def test_a_coast_of_many_bays_is_drawn_with_few_lines():
    coast = Spot(-41, 39.5).buffer(0.5, quad_segs=20_000)
    drawing = district_map.overview([Area("c", "Coast", coast), WEST], None)
    assert all(len(shape.path) <= 6000 for shape in drawing.shapes)


def test_a_district_that_is_not_on_the_sheet_has_no_path_and_no_name():
    far = Area("f", "Far", box(10, 10, 11, 11))
    sheet = district_map._Sheet(-41, 39.5, 1 / 10)
    shape = district_map._draw([WEST, far], sheet, None).shapes[1]
    assert (shape.path, shape.label) == ("", ())


# --- From the tables, and as it is shown ------------------------------------------------------------


@pytest.fixture
def state(db):
    return make.SmallState()


def _svg(html: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", html, re.S)]


def _rendered(found) -> str:
    context = {"map": found, "key": "state_lower", "chamber_name": "State house"}
    return render_to_string("legislators/district_map.html", context)


@pytest.mark.django_db
def test_the_map_says_in_words_where_the_address_is(state):
    found = maps.district_map([state.west.ocd_id, state.east.ocd_id], JUST_EAST)
    assert found.description == (
        "By our map your address lies in 2nd Birch. 1st Birch begins about 140 feet (45 m) to the west of it."
    )


@pytest.mark.django_db
def test_the_map_is_drawn_from_the_outlines_and_names_what_it_shows(state):
    html = _rendered(maps.district_map([state.west.ocd_id, state.east.ocd_id], JUST_EAST))
    near, far = _svg(html)
    for svg in (near, far):
        assert svg.get("role") == "img"
        labelled_by = svg.get("aria-labelledby").split()
        assert [svg.find(f"{SVG}title").get("id"), svg.find(f"{SVG}desc").get("id")] == labelled_by
        assert "".join(svg.find(f"{SVG}desc").itertext()).startswith("By our map your address lies in 2nd Birch")
        names = ["".join(text.itertext()) for text in svg.iter(f"{SVG}text")]
        assert names[:3] == ["1st Birch", "2nd Birch", "Your address"]
        fills = {path.get("fill") for path in svg.iter(f"{SVG}path") if (path.get("fill") or "").startswith("url")}
        patterns = {f"url(#{pattern.get('id')})" for pattern in svg.iter(f"{SVG}pattern")}
        assert len(fills) == 2
        assert fills == patterns
    assert len({svg.find(f"{SVG}title").get("id") for svg in (near, far)}) == 2


@pytest.mark.django_db
def test_the_map_is_small_and_asks_nobody_for_anything(state):
    html = _rendered(maps.district_map([state.west.ocd_id, state.east.ocd_id], JUST_EAST))
    assert len(html.encode()) < 30_000
    assert "style=" not in html
    assert "http" not in html.replace('xmlns="http://www.w3.org/2000/svg"', "")


@pytest.mark.django_db
def test_numbers_in_the_drawing_are_numbers_in_every_language(state):
    found = maps.district_map([state.west.ocd_id, state.east.ocd_id], Point(-40.9993, 39.5))
    with translation.override("es"):
        near, _far = _svg(_rendered(found))
    marker = near.find(f".//{SVG}circle[@r='8']")
    assert (float(marker.get("cx")), float(marker.get("cy"))) == (240.0, 180.0)


@pytest.mark.django_db
def test_a_plan_that_is_no_longer_in_force_is_not_drawn(state):
    old = make.boundary_set("sldl", plan="old", valid_to="2020-01-01")
    make.boundary(state.west, (-42, 39, -40.5, 40), plan=old)
    found = maps.district_map([state.west.ocd_id, state.east.ocd_id], JUST_EAST)
    assert "lies in 2nd Birch." in found.description


@pytest.mark.django_db
def test_there_is_no_map_for_one_district_for_many_or_for_none_with_an_outline(state):
    ids = [state.west.ocd_id, state.east.ocd_id]
    assert maps.district_map(ids[:1], JUST_EAST) is None
    assert maps.district_map([*ids, *"abcde"], JUST_EAST) is None
    assert maps.district_map(["x", "y"], JUST_EAST) is None


@pytest.mark.parametrize(
    ("metres", "words"),
    [(1, "10 feet (5 m)"), (40, "130 feet (40 m)"), (150, "490 feet (150 m)"), (3219, "2.0 miles")],
)
def test_distances_are_given_as_people_there_say_them(metres, words):
    assert maps.distance_words(metres) == words


def test_outlines_that_lie_over_each_other_are_said_to():
    both = district_map.neighbours([EAST, Area("o", "Over", box(-41, 39, -40, 39.9))], JUST_EAST)
    assert maps.describe(both).startswith("By the outlines that we have, your address lies in 2nd Birch / Over at once")
