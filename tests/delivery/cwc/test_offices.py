"""The lists of offices that take letters: kept when a new one looks wrong, and asked for in due time."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from delivery import jobs
from delivery.adapters.cwc import http, wakeups
from delivery.engine.cwc.chambers import HOUSE, SENATE
from delivery.records.cwc_offices import CwcOffice, CwcOfficeList
from delivery.selectors import cwc
from delivery.services import cwc_offices
from tests.delivery.cwc.server import CwcServer

pytestmark = pytest.mark.django_db

#: In Washington: a Tuesday at noon, and two hours into the night that follows.
NOON = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)
NIGHT = datetime(2026, 3, 11, 6, 0, tzinfo=UTC)


def _active(chamber: str = HOUSE) -> list[str]:
    return list(CwcOffice.objects.filter(chamber=chamber, is_active=True).values_list("code", flat=True))


def _codes(count: int) -> list[str]:
    return [f"HCA{number:02d}" for number in range(1, count + 1)]


def test_both_lists_are_taken_over(congress: CwcServer) -> None:
    house, senate = cwc_offices.refresh(chamber=HOUSE), cwc_offices.refresh(chamber=SENATE)
    assert (house.active, house.joined, house.left, house.problem) == (3, 3, 0, "")
    assert _active() == ["HAK00", "HDC00", "HMA05"]
    assert senate.active == 1
    office = CwcOffice.objects.get(code="SMA01")
    assert (office.name, office.bioguide_id, office.chamber) == ("Elizabeth Warren", "W000817", SENATE)


def test_an_office_that_leaves_the_list_is_kept_and_takes_no_more_letters(congress: CwcServer) -> None:
    cwc_offices.refresh(chamber=HOUSE)
    congress.house_offices = ["HMA05", "HAK00", "HVT00"]
    refreshed = cwc_offices.refresh(chamber=HOUSE)
    assert (refreshed.joined, refreshed.left) == (1, 1)
    assert _active() == ["HAK00", "HMA05", "HVT00"]
    assert CwcOffice.objects.filter(code="HDC00", is_active=False).exists()
    congress.house_offices = ["HMA05", "HAK00", "HDC00"]
    cwc_offices.refresh(chamber=HOUSE)
    assert _active() == ["HAK00", "HDC00", "HMA05"]


@pytest.mark.parametrize(
    ("trouble", "offices", "problem"),
    [
        ("html", [], "HTTP 200, a web page"),
        ("401", [], "HTTP 401"),
        ("500", [], "HTTP 500"),
        ("302", [], "HTTP 302"),
        ("hang", [], "no answer"),
        ("", [], "the list is empty"),
        ("", {"error": "no"}, "the answer is no list"),
        ("", b"not json", "the answer is no JSON"),
        ("", b"[" * 100_000, "the answer is no JSON"),
        ("", ["HMA05", "nonsense"], "1 of 2 entries are no offices"),
        ("", [{"office_code": "HMA05"}, 7, None], "1 of 1 entries are no offices"),
        ("", _codes(3), "the list has 3 offices, the one before had 10"),
    ],
)
def test_a_list_that_cannot_be_had_or_looks_wrong_changes_nothing(
    congress: CwcServer, monkeypatch: pytest.MonkeyPatch, trouble: str, offices: Any, problem: str
) -> None:
    monkeypatch.setattr(http, "SILENCE_SECONDS", 0.3)
    congress.house_offices = _codes(10)
    cwc_offices.refresh(chamber=HOUSE)
    had_at = CwcOfficeList.objects.get(chamber=HOUSE).refreshed_at
    congress.offices_trouble, congress.house_offices = trouble, offices
    refreshed = cwc_offices.refresh(chamber=HOUSE)
    assert problem in refreshed.problem
    assert (refreshed.active, _active()) == (10, _codes(10))
    entry = CwcOfficeList.objects.get(chamber=HOUSE)
    assert (entry.problem, entry.refreshed_at) == (refreshed.problem, had_at)
    assert entry.tried_at > had_at


def test_a_problem_is_over_when_the_list_comes_again(congress: CwcServer) -> None:
    congress.offices_trouble = "500"
    cwc_offices.refresh(chamber=HOUSE)
    congress.offices_trouble = ""
    cwc_offices.refresh(chamber=HOUSE)
    assert CwcOfficeList.objects.get(chamber=HOUSE).problem == ""


def test_a_shorter_list_is_taken_over_when_somebody_says_so(congress: CwcServer) -> None:
    congress.house_offices = _codes(10)
    cwc_offices.refresh(chamber=HOUSE)
    congress.house_offices = _codes(3)
    assert cwc_offices.refresh(chamber=HOUSE, accepts_fewer=True).left == 7


def test_a_list_is_asked_for_once_a_day_and_sooner_after_trouble(congress: CwcServer) -> None:
    assert cwc_offices.due(now=NOON) == [HOUSE, SENATE]
    CwcOfficeList.objects.create(chamber=HOUSE, tried_at=NOON - timedelta(hours=23))
    CwcOfficeList.objects.create(chamber=SENATE, tried_at=NOON - timedelta(hours=5), problem="HTTP 500")
    assert cwc_offices.due(now=NOON) == [SENATE]
    CwcOfficeList.objects.filter(chamber=HOUSE).update(tried_at=NOON - timedelta(hours=25))
    assert cwc_offices.due(now=NOON) == [HOUSE, SENATE]
    assert cwc_offices.due(now=NIGHT) == [SENATE], "the House is closed at night"


def test_nobody_is_asked_while_it_is_off_or_without_a_key(congress: CwcServer, settings: Settings) -> None:
    settings.CWC_SENATE_KEY = ""
    assert cwc_offices.due(now=NOON) == [HOUSE]
    assert cwc_offices.refresh(chamber=SENATE).problem == "there is no key"
    settings.CWC_MODE = "off"
    assert cwc_offices.due(now=NOON) == []


def test_the_clock_asks_a_worker_which_brings_what_is_due(congress: CwcServer, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def ask() -> bool:
        asked.append(wakeups.JOB)
        return True

    monkeypatch.setattr(wakeups, "ask_for_offices", ask)
    monkeypatch.setattr("delivery.services.cwc_offices.timezone.now", lambda: NOON)
    assert cwc_offices.enqueue_due()
    assert asked == ["delivery.jobs.refresh_cwc_offices"]
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
    jobs.refresh_cwc_offices()
    assert (len(_active(HOUSE)), len(_active(SENATE))) == (3, 1)
    assert not cwc_offices.enqueue_due()
    assert len(asked) == 1


def test_the_clock_does_it() -> None:
    import threading

    from config import clock

    assert "keeping the lists of Congress's offices" in [task.name for task in clock.tasks(threading.Event())]


def test_the_command_says_what_came_of_it(congress: CwcServer, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("sync_cwc_offices")
    assert "us_house: 3 offices, 3 new, 0 no longer." in capsys.readouterr().out
    congress.offices_trouble = "500"
    with pytest.raises(CommandError):
        call_command("sync_cwc_offices", "--chamber", SENATE)
    out = capsys.readouterr().out
    assert "us_senate: nothing was changed, 1 offices as before." in out
    assert "HTTP 500" in out


def test_the_command_needs_a_key() -> None:
    with pytest.raises(CommandError, match="no key"):
        call_command("sync_cwc_offices")


def test_offices_are_found_by_seat_and_senators_by_themselves(congress: CwcServer) -> None:
    cwc_offices.refresh(chamber=HOUSE)
    cwc_offices.refresh(chamber=SENATE)
    found = cwc.active_offices()

    def code(chamber: str, state: str, district: str = "", bioguide_id: str = "") -> str:
        return found.code_of(chamber=chamber, state=state, district=district, bioguide_id=bioguide_id)

    assert code(HOUSE, "ma", "5", "C001101") == "HMA05"
    assert code(HOUSE, "dc", "Delegate") == "HDC00"
    assert code(HOUSE, "ma", "6") == ""
    assert code(SENATE, "ma", bioguide_id="W000817") == "SMA01"
    # The other senator's office is not on the list, and nobody guesses its code.
    assert code(SENATE, "ma", bioguide_id="M000133") == ""
    assert code(SENATE, "ma") == ""
    assert code("state_upper", "ma", "Middlesex") == ""


def test_no_office_is_known_while_it_is_off(congress: CwcServer, settings: Settings, django_assert_num_queries) -> None:
    cwc_offices.refresh(chamber=HOUSE)
    settings.CWC_MODE = "off"
    with django_assert_num_queries(0):
        assert cwc.active_offices().codes == frozenset()


def test_the_staff_see_how_both_lists_stand(congress: CwcServer, settings: Settings) -> None:
    settings.CWC_SENATE_KEY = ""
    cwc_offices.refresh(chamber=HOUSE)
    house, senate = cwc.list_states()
    assert (house.chamber, house.is_on, house.mode, house.active, house.problem) == (HOUSE, True, "live", 3, "")
    assert house.refreshed_at is not None
    assert house.refreshed_at <= timezone.now()
    assert (senate.chamber, senate.is_on, senate.has_key, senate.refreshed_at) == (SENATE, False, False, None)


def test_what_a_list_says_of_a_name_is_kept_short_and_clean(congress: CwcServer) -> None:
    congress.senate_offices = [
        {"name": f"{'A' * 300} [bioguide_id: W000817]", "office_code": "sma01"},
        {"name": None, "office_code": "SMA02"},
    ]
    assert cwc_offices.refresh(chamber=SENATE).active == 2
    assert len(CwcOffice.objects.get(code="SMA01").name) == 200
    assert CwcOffice.objects.get(code="SMA02").bioguide_id == ""
    assert json.dumps(cwc.active_offices().by_bioguide_id) == '{"W000817": "SMA01"}'
