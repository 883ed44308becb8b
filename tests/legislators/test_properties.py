"""Laws of looking a point up, for districts and points of every kind."""

from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from shapely.geometry import Point as Spot
from shapely.geometry import Polygon, box

from legislators.engine.resolution import Certainty, GeocodedPoint, Point, PostalAddress, Problem
from legislators.services import geocoding, resolution
from tests.factories import legislators as make

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)
_SOME = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

#: Corners around a middle, by angle: never crossing itself, with bays and capes.
_radii = st.lists(st.floats(0.02, 0.5), min_size=3, max_size=12)
_middles = st.tuples(st.floats(-160, 160), st.floats(-60, 70))


def star(middle, radii):
    from math import cos, pi, sin

    corners = [
        (middle[0] + radius * cos(2 * pi * place / len(radii)), middle[1] + radius * sin(2 * pi * place / len(radii)))
        for place, radius in enumerate(radii)
    ]
    return Polygon(corners)


def draw(shape, slug="1"):
    division = make.division("sldl", slug, f"District {slug}")
    boundary = make.boundary(division, shape.bounds)
    boundary.wkb = shape.wkb
    boundary.save()
    return division


def start_anew():
    make.Boundary.objects.all().delete()


def districts(rows):
    return {row.division_ocd_id for row in rows if row.chamber == "state_lower"}


@_SOME
@given(_middles, _radii, st.integers(0, 11), st.floats(0.05, 0.95), st.floats(0.05, 0.95))
def test_a_point_inside_an_outline_resolves_to_it(middle, radii, side, outwards, along):
    start_anew()
    shape = star(middle, radii)
    corners = shape.exterior.coords
    one, two = corners[side % len(radii)], corners[side % len(radii) + 1]
    x, y = (
        centre + outwards * ((1 - along) * first + along * second - centre)
        for centre, first, second in zip(middle, one, two, strict=True)
    )
    assume(shape.contains(Spot(x, y)))
    division = draw(shape)
    found = resolution.resolve_point(point=Point(x, y), on=DAY)
    assert districts(found.representations) == {division.ocd_id}


@_SOME
@given(_middles, _radii, st.floats(-3, 3), st.floats(-3, 3))
def test_a_point_outside_every_outline_is_settled_nowhere(middle, radii, across, up):
    start_anew()
    shape = star(middle, radii)
    spot = Spot(middle[0] + across, middle[1] + up)
    assume(shape.is_valid and not shape.intersects(spot))
    draw(shape)
    found = resolution.resolve_point(point=Point(spot.x, spot.y), on=DAY)
    assert districts(found.representations) == set()
    assert found.certainty == Certainty.OUTSIDE


@_SOME
@given(st.floats(-60, 70), st.floats(-400, 400), st.sampled_from([Certainty.ROOFTOP, Certainty.INTERPOLATED]))
def test_beside_a_line_an_address_is_settled_on_its_own_side_or_not_at_all(latitude, metres, certainty):
    from math import cos, radians

    start_anew()
    west = draw(box(-42, latitude - 0.5, -41, latitude + 0.5), "west")
    east = draw(box(-41, latitude - 0.5, -40, latitude + 0.5), "east")
    longitude = -41 + metres / (111_320 * cos(radians(latitude)))
    with pytest.MonkeyPatch.context() as patch:
        answer = GeocodedPoint(Point(longitude, latitude), certainty, "script")
        patch.setattr(geocoding, "geocode", lambda **values: answer)
        # A member, for a state of which nobody is known is not covered.
        make.Term.objects.all().delete()
        make.member(west)
        found = resolution.resolve_address(address=PostalAddress("5 Maple St", "", "AX", "69903"), on=DAY)
    settled = districts(found.representations)
    tolerance = 50 if certainty == Certainty.ROOFTOP else 150
    if abs(metres) < tolerance * 0.98:
        assert settled == set()
        assert districts(found.candidates) == {west.ocd_id, east.ocd_id}
        assert Problem.NEAR_BOUNDARY in found.problems
    elif abs(metres) > tolerance * 1.02:
        assert settled == {west.ocd_id if longitude < -41 else east.ocd_id}
    else:
        assert settled <= {west.ocd_id if longitude < -41 else east.ocd_id}


@_SOME
@given(st.integers(0, 40), st.floats(-60, 70))
def test_a_point_on_a_line_is_never_settled(step, latitude):
    start_anew()
    west = draw(box(-42, latitude - 0.5, -41, latitude + 0.5), "west")
    east = draw(box(-41, latitude - 0.5, -40, latitude + 0.5), "east")
    found = resolution.resolve_point(point=Point(-41, latitude - 0.5 + step / 40), on=DAY)
    assert districts(found.representations) == set()
    assert districts(found.candidates) == {west.ocd_id, east.ocd_id}


@_SOME
@given(_middles, st.floats(0.1, 0.9), st.floats(0.1, 0.9))
def test_where_outlines_lie_over_each_other_nobody_picks_one_silently(middle, across, up):
    start_anew()
    x, y = middle
    below = draw(box(x - 1, y - 1, x + 1, y + 1), "below")
    above = draw(box(x, y, x + 2, y + 2), "above")
    found = resolution.resolve_point(point=Point(x + across, y + up), on=DAY)
    assert districts(found.representations) == set()
    assert districts(found.candidates) == {below.ocd_id, above.ocd_id}
    assert (found.certainty, found.problems) == (Certainty.AMBIGUOUS, (Problem.DISTRICTS_OVERLAP,))
