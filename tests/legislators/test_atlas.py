"""Districts in memory: what is kept, what is noticed, and when."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

from legislators.engine.atlas import Day, DivisionFacts, Facts, OutlineFacts, PlanFacts, StateFacts, TermFacts
from legislators.engine.outlines import OutlineIndex, OutlineStore
from legislators.engine.resolution import Point, PostalAddress
from legislators.models import Boundary, DataLoad
from legislators.services import atlas, loading, resolution
from legislators.services.loading import LoadReport
from tests.factories import legislators as make

ROOT = Path(__file__).resolve().parents[2]
WEST = Point(-41.5, 39.5)


@pytest.fixture
def small(db):
    return make.SmallState()


@pytest.fixture
def warm(small, settings):
    """A process that keeps what it has read, as every one outside tests does."""
    settings.ATLAS_CHECK_SECONDS = 3600.0
    atlas.forget()
    yield small
    atlas.forget()


def house(found):
    return next(row for row in found.representations if row.chamber == "state_lower")


def test_a_warm_look_up_asks_the_database_nothing(warm, django_assert_num_queries):
    at = {"point": WEST}
    chosen = {"ocd_ids": [warm.west.ocd_id, warm.whole.ocd_id]}
    by_zip = {"address": PostalAddress(state="AX", zip_code="69903")}
    expected = [
        resolution.resolve_point(**at),
        resolution.resolve_divisions(**chosen),
        resolution.resolve_address(**by_zip),
    ]
    with django_assert_num_queries(0):
        assert resolution.resolve_point(**at) == expected[0]
        assert resolution.resolve_divisions(**chosen) == expected[1]
        assert resolution.resolve_address(**by_zip) == expected[2]
    assert house(expected[0]).official_ids == (warm.representative.pk,)


def test_outlines_are_read_only_where_somebody_asks(warm):
    far = make.jurisdiction("bx", name="Bex")
    make.boundary(make.division("sldl", "1", "District 1", state=far), (10, 10, 11, 11))
    atlas.forget()
    held = atlas.current()
    assert not held.store.is_read.any()
    resolution.resolve_point(point=WEST)
    read = {held.facts.outlines[place].state for place in held.store.is_read.nonzero()[0]}
    assert read == {"ax"}


@pytest.mark.django_db(transaction=True)
def test_a_load_is_noticed_at_once_by_its_own_process(settings):
    settings.ATLAS_CHECK_SECONDS = 3600.0
    atlas.forget()
    small = make.SmallState()
    assert house(resolution.resolve_point(point=WEST)).official_ids == (small.representative.pk,)
    second = make.member(small.west, "Adaeze Cobble")
    assert second.pk not in house(resolution.resolve_point(point=WEST)).official_ids
    loading.record(LoadReport(), kind=DataLoad.Kind.LEGISLATORS, source="test")
    assert second.pk in house(resolution.resolve_point(point=WEST)).official_ids
    atlas.forget()


def test_a_load_of_another_process_is_noticed_when_the_time_is_up(warm, settings, monkeypatch):
    resolution.resolve_point(point=WEST)
    second = make.member(warm.west, "Adaeze Cobble")
    now = datetime(2026, 11, 22, tzinfo=ZoneInfo("UTC"))
    DataLoad.objects.create(kind="legislators", source="another process", started_at=now, finished_at=now)
    assert second.pk not in house(resolution.resolve_point(point=WEST)).official_ids
    monkeypatch.setattr(atlas, "_check_at", 0.0)
    assert second.pk in house(resolution.resolve_point(point=WEST)).official_ids


def test_lines_of_unchanged_plans_are_not_read_again(warm, monkeypatch, django_assert_num_queries):
    resolution.resolve_point(point=WEST)
    before = atlas.current()
    now = datetime(2026, 11, 22, tzinfo=ZoneInfo("UTC"))
    DataLoad.objects.create(kind="photos", source="another process", started_at=now, finished_at=now)
    monkeypatch.setattr(atlas, "_check_at", 0.0)
    after = atlas.current()
    assert after is not before
    with django_assert_num_queries(0):
        resolution.resolve_point(point=WEST)


def test_lines_of_a_changed_plan_are_read_again(warm):
    plan = make.boundary_set("sldl")
    assert house(resolution.resolve_point(point=WEST)).division_name == "1st Birch"
    known = atlas.current()
    (west, east) = Boundary.objects.filter(boundary_set=plan).order_by("pk")
    west.division, east.division = east.division, west.division
    Boundary.objects.filter(pk=east.pk).delete()
    west.save()
    east.save(force_insert=True)
    plan.checksum = "other lines"
    plan.save()
    renewed = atlas.Atlas((1, None), known)
    read = {renewed.facts.outlines[place].kind for place in renewed.store.is_read.nonzero()[0]}
    assert read == {"cd", "sldu"}


def test_nothing_is_kept_where_the_setting_says_so(small, settings):
    assert settings.ATLAS_CHECK_SECONDS == 0
    assert atlas.current() is not atlas.current()


def test_a_new_congress_and_a_new_plan_take_over_at_midnight_of_the_site(warm, settings):
    settings.ATLAS_CHECK_SECONDS = 0.0
    new = make.boundary_set("sldl", plan="2027", valid_from=date(2027, 1, 3))
    make.boundary(warm.east, (-42, 39, -41, 40), plan=new)
    make.Term.objects.filter(official=warm.congresswoman).update(end=date(2027, 1, 3))
    newcomer = make.official("Hector Elmore")
    make.term(newcomer, warm.congress, start=date(2027, 1, 3))
    midnight = datetime(2027, 1, 3, tzinfo=ZoneInfo("America/New_York"))

    def answer():
        found = resolution.resolve_point(point=WEST)
        members = next(row.official_ids for row in found.representations if row.chamber == "us_house")
        return house(found).division_name, members

    with time_machine.travel(midnight.timestamp() - 1, tick=False):
        assert answer() == ("1st Birch", (warm.congresswoman.pk,))
    with time_machine.travel(midnight.timestamp(), tick=False):
        assert answer() == ("2nd Birch", (newcomer.pk,))


def test_few_days_are_kept_at_hand(warm):
    held = atlas.current()
    days = [date(2026, 11, number) for number in range(1, 20)]
    for day in days:
        resolution.resolve_point(point=WEST, on=day)
    assert list(held._days) == days[-4:]


@pytest.mark.django_db(transaction=True)
def test_threads_that_start_together_get_the_same_answer(settings):
    settings.ATLAS_CHECK_SECONDS = 3600.0
    atlas.forget()
    small = make.SmallState()
    barrier = threading.Barrier(4)

    def ask(_number):
        from django.db import connection

        barrier.wait()
        try:
            return [resolution.resolve_point(point=Point(-41.5 + step / 1000, 39.5)) for step in range(50)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, range(4)))
    assert all(one == answers[0] for one in answers)
    assert {house(found).official_ids for found in answers[0]} == {(small.representative.pk,)}
    atlas.forget()


# --- What counts on a day, without a database ---------------------------------------------------


def plan(number, *, accuracy=0, valid_from=None, valid_to=None, loaded=1):
    when = datetime(2026, 1, loaded, tzinfo=ZoneInfo("UTC"))
    return PlanFacts(number, "ax", "sldl", f"plan {number}", str(number), valid_from, valid_to, accuracy, when)


@pytest.mark.parametrize(
    ("plans", "chosen"),
    [
        ([plan(1), plan(2, accuracy=2000, loaded=2)], 1),
        ([plan(1, valid_from=date(2022, 1, 3)), plan(2, valid_from=date(2025, 1, 3)), plan(3)], 2),
        ([plan(1, loaded=2), plan(2, loaded=1)], 1),
        ([plan(1, valid_to=date(2026, 11, 22)), plan(2, accuracy=2000)], 2),
        ([plan(1, valid_to=date(2026, 11, 23)), plan(2, accuracy=2000)], 1),
        ([plan(1), plan(2, valid_from=date(2026, 11, 23))], 1),
    ],
)
def test_of_the_plans_in_force_exact_ones_come_first_then_the_latest(plans, chosen):
    states = [StateFacts("ax", True, ())]
    facts = Facts(states=states, divisions=[], plans=plans, outlines=[], terms=[])
    assert Day(facts, date(2026, 11, 22)).plans("ax")["sldl"].number == chosen


def district(number, name):
    return DivisionFacts(number, f"ocd-division/country:us/state:nh/sldl:{number}", "nh", "sldl", name, 1)


def drawn(number):
    return OutlineFacts(number, 1, "1", "nh", "sldl", number, str(number), str(number), 0, (0, 0, 1, 1))


def day_of(divisions, outlined):
    nh = PlanFacts(1, "nh", "sldl", "p", "1", None, None, 0, datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC")))
    facts = Facts(
        states=[StateFacts("nh", False, ())],
        divisions=divisions,
        plans=[nh],
        outlines=[drawn(number) for number in outlined],
        terms=[TermFacts(7, 1, "state_lower", None, None, None)],
    )
    return Day(facts, date(2026, 11, 22))


def test_a_district_without_outline_may_lie_over_those_of_its_county():
    belknap = [district(1, "Belknap 1"), district(2, "Belknap 2"), district(8, "Belknap 8")]
    day = day_of([*belknap, district(3, "Coos 1"), district(4, "Coos 2")], [1, 2, 3, 4])
    assert [day.unmapped(number) for number in (1, 2, 3)] == [(8,), (8,), ()]
    assert [row.division_name for row in day.over(1)] == ["Belknap 8"]


def test_a_tribes_seat_may_be_anybodys():
    day = day_of([district(1, "1"), district(2, "2"), district(9, "Passamaquoddy Tribe")], [1, 2])
    assert day.unmapped(1) == day.unmapped(2) == (9,)


def test_half_a_plan_says_nothing_of_the_rest():
    day = day_of([district(number, str(number)) for number in range(1, 6)], [1, 2])
    assert day.unmapped(1) == ()


def test_no_outline_at_all_is_no_error():
    store = OutlineStore([], lambda plans: [])
    assert OutlineIndex(store, [], []).near(WEST, 50).inside == []


def test_a_process_that_starts_imports_neither_shapely_nor_numpy():
    """A worker that only sends mail would pay a tenth of a second and fifteen megabytes for nothing."""
    code = "import sys, django; django.setup(); sys.exit(' '.join({'shapely', 'numpy'} & set(sys.modules)) or 0)"
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr.strip()) == (0, "")
