"""Where a campaign stands on a day."""

import datetime

import pytest

from campaigns.engine.lifecycle import Phase, phase

MAY = datetime.date(2026, 5, 1)
JUNE = datetime.date(2026, 6, 1)


@pytest.mark.parametrize(
    ("status", "opens_on", "closes_on", "today", "expected"),
    [
        ("live", None, None, MAY, Phase.OPEN),
        ("live", MAY, JUNE, MAY, Phase.OPEN),
        ("live", MAY, JUNE, JUNE, Phase.OPEN),
        ("live", JUNE, None, MAY, Phase.UPCOMING),
        ("live", None, MAY, JUNE, Phase.CLOSED),
        ("draft", None, None, MAY, Phase.UPCOMING),
        ("draft", None, MAY, JUNE, Phase.CLOSED),
        ("closed", None, None, MAY, Phase.CLOSED),
        ("won", None, MAY, JUNE, Phase.WON),
    ],
)
def test_status_and_dates_give_the_phase(status, opens_on, closes_on, today, expected):
    assert phase(status, opens_on=opens_on, closes_on=closes_on, today=today) is expected


def test_only_closed_and_won_are_over():
    assert [item for item in Phase if item.is_over] == [Phase.CLOSED, Phase.WON]
