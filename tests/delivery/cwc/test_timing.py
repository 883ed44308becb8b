"""When the chambers' systems are open, in a city whose clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.engine.cwc import timing
from delivery.engine.cwc.chambers import HOUSE, SENATE

WASHINGTON = ZoneInfo("America/New_York")


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WASHINGTON)


@pytest.mark.parametrize(
    ("chamber", "moment", "seconds"),
    [
        (HOUSE, "2026-03-10 23:59:59", 0),
        (HOUSE, "2026-03-10 00:00", 6 * 3600),
        (HOUSE, "2026-03-10 05:59:59", 1),
        (HOUSE, "2026-03-10 06:00", 0),
        (SENATE, "2026-03-10 03:00", 0),
        (SENATE, "2026-03-15 00:00", 6 * 3600),
        (SENATE, "2026-03-11 04:59", 0),
        (SENATE, "2026-03-11 05:00", 2 * 3600),
        (SENATE, "2026-03-11 07:00", 0),
        # Clocks go forward at two: the window is an hour shorter, and longer when they go back.
        (HOUSE, "2026-03-08 00:00", 5 * 3600),
        (SENATE, "2026-03-08 01:30", 3.5 * 3600),
        (HOUSE, "2026-11-01 00:00", 7 * 3600),
        (SENATE, "2026-11-01 03:00", 3 * 3600),
    ],
)
def test_how_long_a_chamber_stays_closed(chamber: str, moment: str, seconds: float) -> None:
    assert timing.seconds_until_open(chamber, _at(moment)) == seconds


def test_the_hour_that_comes_twice_is_closed_both_times() -> None:
    first = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert timing.seconds_until_open(HOUSE, first) == 5.5 * 3600
    assert timing.seconds_until_open(HOUSE, first + timedelta(hours=1)) == 4.5 * 3600


@given(st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2034, 1, 1)), st.sampled_from([HOUSE, SENATE]))
def test_a_chamber_is_open_when_the_time_that_was_told_is_over(moment: datetime, chamber: str) -> None:
    now = moment.replace(tzinfo=UTC)
    wait = timing.seconds_until_open(chamber, now)
    assert 0 <= wait <= 7 * 3600
    assert timing.seconds_until_open(chamber, now + timedelta(seconds=wait + 0.001)) == 0


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        timing.seconds_until_open(HOUSE, datetime(2026, 3, 10))


def test_the_same_letter_may_go_to_the_same_office_after_seventy_two_hours() -> None:
    accepted = datetime(2026, 3, 10, tzinfo=UTC)
    assert timing.seconds_until_repeat(accepted, accepted + timedelta(hours=71)) == 3600
    assert timing.seconds_until_repeat(accepted, accepted + timedelta(hours=72)) == 0
