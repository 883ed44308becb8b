"""One districting plan takes over from another on its first day, without anybody at hand."""

import io
import json
from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.core.management import CommandError, call_command
from shapely.geometry import box, mapping

from legislators.engine.plan_changes import PlanFacts, follows, lines_differ
from legislators.engine.resolution import Certainty, Point
from legislators.models import BoundarySet, DataLoad, Division
from legislators.services import atlas, loading_boundaries, lookups, plan_succession
from legislators.services.loading import LoadError
from legislators.services.reading_boundaries import PlanDates
from tests.factories import legislators as make

TODAY = date(2026, 11, 22)
FIRST_DAY = date(2027, 1, 3)
PREFIX = "ocd-division/country:us/state:ax"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(datetime.combine(TODAY, time(17), UTC), tick=False):
        yield


def drawn(middle, *, plan, kind="sldl", first="1st_birch", second="2nd_birch"):
    """Alder in two districts that meet at this longitude."""
    features = [
        {
            "type": "Feature",
            "properties": {"ocd_id": f"{PREFIX}/{kind}:{slug}", "name": slug.title(), "plan": plan},
            "geometry": mapping(box(west, 39, east, 40)),
        }
        for slug, west, east in ((first, -42, middle), (second, middle, -40))
    ]
    return {"type": "FeatureCollection", "features": features}


@pytest.fixture
def load(tmp_path):
    """Loads the two districts of Alder as a plan of this name."""
    make.jurisdiction()

    def run(middle, plan, *, valid_from=None, valid_to=None, name="alder.json", **values):
        path = tmp_path / name
        path.write_text(json.dumps(drawn(middle, plan=plan, **values)))
        return loading_boundaries.load(path=path, dates=PlanDates("", valid_from, valid_to))

    return run


def congress(load, middle, number, *, is_coarse=False):
    return load(
        middle,
        f"{number}th Congress",
        kind="cd",
        first="1",
        second="2",
        valid_from=date(1787 + 2 * number, 1, 3),
        name="alder_20m.json" if is_coarse else "alder.json",
    )


def in_force(on, kind="sldl"):
    """The name of the plan that is asked on a day."""
    found = atlas.on(on).plans("ax").get(kind)
    return found and BoundarySet.objects.get(pk=found.number).plan


def district_at(longitude, on, kind="sldl"):
    """Which district the answer names for a point of that day."""
    day, point = atlas.on(on), Point(longitude, 39.5)
    found = lookups.hits(day, lookups.near(day, point, Certainty.ROOFTOP), "ax", point, Certainty.ROOFTOP)
    (number,) = found[kind].inside
    return Division.objects.get(pk=number).ocd_id.rpartition(":")[2]


@pytest.mark.django_db
def test_a_plan_loaded_ahead_takes_over_on_its_first_day(load):
    load(-41.0, "TIGER2024")
    report = load(-40.5, "Court order", valid_from=FIRST_DAY)
    assert "Alder State house district TIGER2024 is in force until 2027-01-03; from that day Court order" in (
        report.notes
    )
    assert BoundarySet.objects.get(plan="TIGER2024").valid_to == FIRST_DAY
    assert [in_force(day) for day in (TODAY, date(2027, 1, 2), FIRST_DAY)] == ["TIGER2024", "TIGER2024", "Court order"]
    assert district_at(-40.8, date(2027, 1, 2)) == "2nd_birch"
    assert district_at(-40.8, FIRST_DAY) == "1st_birch"


@pytest.mark.django_db
def test_a_new_congress_has_its_own_districts_from_the_third_of_january(load):
    congress(load, -41.0, 119)
    congress(load, -40.5, 120)
    assert [in_force(day, "cd") for day in (date(2027, 1, 2), FIRST_DAY)] == ["119th Congress", "120th Congress"]
    assert district_at(-40.8, date(2027, 1, 2), "cd") == "2"
    assert district_at(-40.8, FIRST_DAY, "cd") == "1"


@pytest.mark.django_db
@pytest.mark.parametrize("order", [(119, 120), (120, 119)])
def test_the_order_of_loading_does_not_matter(load, order):
    for number in order:
        congress(load, {119: -41.0, 120: -40.5}[number], number)
    assert [in_force(day, "cd") for day in (date(2027, 1, 2), FIRST_DAY)] == ["119th Congress", "120th Congress"]
    assert BoundarySet.objects.get(plan="119th Congress").valid_to == FIRST_DAY


@pytest.mark.django_db
@pytest.mark.parametrize("order", [(119, 120), (120, 119)])
def test_an_exact_plan_gives_way_to_a_coarse_drawing_of_other_lines(load, order):
    """It is better to be asked which of two districts than to be sure of the wrong one."""
    for number in order:
        congress(load, {119: -41.0, 120: -40.5}[number], number, is_coarse=number == 120)
    assert [in_force(day, "cd") for day in (date(2027, 1, 2), FIRST_DAY)] == [
        "119th Congress",
        "120th Congress",
    ]


@pytest.mark.django_db
def test_an_exact_plan_stays_where_a_coarse_drawing_shows_the_same_lines(load):
    congress(load, -41.0, 119)
    report = congress(load, -41.01, 120, is_coarse=True)
    assert in_force(FIRST_DAY, "cd") == "119th Congress"
    assert BoundarySet.objects.get(plan="119th Congress").valid_to is None
    assert "119th Congress stays in force: as far as 120th Congress tells" in report.notes[0]


@pytest.mark.django_db
def test_a_later_vintage_without_a_date_takes_over_at_once(load):
    load(-41.0, "TIGER2024")
    load(-40.5, "TIGER2025")
    assert [in_force(day) for day in (date(2026, 11, 21), TODAY)] == ["TIGER2024", "TIGER2025"]


@pytest.mark.django_db
def test_an_earlier_vintage_that_is_loaded_later_does_not_take_over(load):
    load(-40.5, "TIGER2025")
    load(-41.0, "TIGER2024")
    assert in_force(TODAY) == "TIGER2025"
    assert in_force(FIRST_DAY) == "TIGER2025"


@pytest.mark.django_db
def test_a_later_vintage_of_the_same_lines_ends_nothing(load):
    load(-41.0, "TIGER2024")
    load(-41.0001, "TIGER2025")
    assert set(BoundarySet.objects.values_list("valid_from", "valid_to")) == {(None, None)}
    assert in_force(TODAY) == "TIGER2025"


@pytest.mark.django_db
def test_an_end_that_somebody_gave_is_not_moved_and_not_forgotten(load):
    load(-41.0, "TIGER2024", valid_to=date(2026, 12, 31))
    load(-40.5, "Court order", valid_from=FIRST_DAY)
    load(-41.1, "TIGER2024")
    assert BoundarySet.objects.get(plan="TIGER2024").valid_to == date(2026, 12, 31)
    assert in_force(date(2027, 1, 1)) is None


@pytest.mark.django_db
def test_a_first_day_that_is_corrected_leaves_no_gap(load):
    load(-41.0, "TIGER2024")
    load(-40.5, "Court order", valid_from=FIRST_DAY)
    load(-40.5, "Court order", valid_from=date(2027, 1, 6))
    assert [in_force(date(2027, 1, day)) for day in (3, 5, 6)] == ["TIGER2024", "TIGER2024", "Court order"]


@pytest.mark.django_db
def test_loading_either_plan_again_changes_no_date(load):
    load(-41.0, "TIGER2024")
    load(-40.5, "Court order", valid_from=FIRST_DAY)
    before = list(BoundarySet.objects.order_by("pk").values())
    load(-41.0, "TIGER2024")
    load(-40.5, "Court order", valid_from=FIRST_DAY)
    assert list(BoundarySet.objects.order_by("pk").values()) == before


@pytest.mark.django_db
def test_three_plans_follow_each_other(load):
    load(-41.0, "TIGER2024")
    load(-40.2, "After that", valid_from=date(2029, 1, 3))
    load(-40.5, "Court order", valid_from=FIRST_DAY)
    days = (TODAY, FIRST_DAY, date(2029, 1, 2), date(2029, 1, 3))
    assert [in_force(day) for day in days] == ["TIGER2024", "Court order", "Court order", "After that"]


@pytest.mark.django_db
def test_a_plan_loaded_by_mistake_is_taken_out_and_what_it_ended_goes_on(load):
    load(-41.0, "TIGER2024")
    load(-40.5, "Court order", valid_from=FIRST_DAY)
    out = io.StringIO()
    call_command("load_boundaries", remove="Court order", state="AX", stdout=out)
    assert "TIGER2024 has no end any more" in out.getvalue()
    assert "2 retired" in out.getvalue()
    assert in_force(FIRST_DAY) == "TIGER2024"
    assert DataLoad.objects.latest("pk").source == "Court order, removed"


@pytest.mark.django_db
def test_taking_out_what_is_not_there_says_so(load):
    with pytest.raises(LoadError, match="no plan 'Court order' of 'AX'"):
        plan_succession.remove(state="ax", plan="Court order")
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("load_boundaries", remove="Court order", state="ax")


@pytest.mark.django_db
def test_the_command_lists_plans_with_their_dates(load):
    load(-41.0, "TIGER2024")
    load(-40.5, "Court order", valid_from=FIRST_DAY)
    congress(load, -41.0, 119, is_coarse=True)
    out = io.StringIO()
    call_command("load_boundaries", list=True, state="ax", stdout=out)
    rows = [line.split() for line in out.getvalue().splitlines()]
    assert rows[0] == "state kind plan from until accuracy outlines loaded".split()
    assert rows[1][:8] == ["AX", "cd", "119th", "Congress", "2025-01-03", "–", "2000", "m"]
    assert rows[2][:7] == ["AX", "sldl", "TIGER2024", "–", "2027-01-03", "exact", "2"]
    assert rows[3][:7] == ["AX", "sldl", "Court", "order", "2027-01-03", "–", "exact"]
    assert len(rows) == 4


def facts(name="x", valid_from=None, order=1):
    return PlanFacts(name, valid_from, order)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (facts(valid_from=FIRST_DAY), facts(valid_from=date(2025, 1, 3)), True),
        (facts(valid_from=FIRST_DAY), facts(valid_from=FIRST_DAY, order=2), None),
        (facts("TIGER2025"), facts("TIGER2024", order=2), True),
        (facts("TIGER2024"), facts("TIGER2024 (generalised, 500k)", order=2), None),
        # A date given by hand comes after what is in force already, in whichever order they were loaded …
        (facts(valid_from=FIRST_DAY), facts(order=2), True),
        (facts(valid_from=date(2022, 1, 1), order=2), facts(order=1), True),
        # … but what was loaded after a plan had begun replaces it.
        (facts(valid_from=date(2022, 1, 1), order=1), facts(order=2), False),
        (facts(order=2), facts(order=1), True),
    ],
)
def test_which_plan_follows_which(one, other, expected):
    assert follows(one, other, TODAY) is expected
    assert follows(other, one, TODAY) is (None if expected is None else not expected)


def halves(middle, *, west=-42.0, east=-40.0):
    return {1: box(west, 39, middle, 40), 2: box(middle, 39, east, 40)}


@pytest.mark.parametrize("accuracy_metres", [0, 500, 2000])
def test_the_same_lines_do_not_differ(accuracy_metres):
    assert not lines_differ(halves(-41.0), halves(-41.0), accuracy_metres)


@pytest.mark.parametrize("metres", [5, 20, 200, 3000])
def test_a_line_moved_further_than_the_drawing_explains_is_another_line(metres):
    moved = halves(-41.0 + metres / (111_320 * 0.77))
    assert lines_differ(halves(-41.0), moved) is (metres > 500)
    assert not lines_differ(halves(-41.0), moved, 2000)


def test_a_sea_that_one_of_them_leaves_out_is_no_other_line():
    assert not lines_differ(halves(-41.0), halves(-41.0, west=-43.5, east=-39.0))
    assert not lines_differ(halves(-41.0, west=-43.5), halves(-41.0), 2000)


def test_a_small_district_that_takes_from_a_large_one_counts_by_its_own_size():
    town, more = box(-41.1, 39.4, -41.0, 39.5), box(-41.1, 39.4, -40.9, 39.5)
    country = box(-42, 39, -40, 40)
    before = {1: town, 2: country.difference(town)}
    after = {1: more, 2: country.difference(more)}
    assert lines_differ(before, after)
    assert lines_differ(before, after, 2000)
    assert lines_differ(after, before, 2000)


def test_districts_that_only_change_numbers_differ():
    assert lines_differ(halves(-41.0), {2: halves(-41.0)[1], 1: halves(-41.0)[2]}, 2000)


def test_a_district_more_is_another_plan():
    third = {1: box(-42, 39, -41.3, 40), 2: box(-41.3, 39, -40.6, 40), 3: box(-40.6, 39, -40, 40)}
    assert lines_differ(halves(-41.0), third, 2000)
