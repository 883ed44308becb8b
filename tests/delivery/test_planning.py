"""Queued letters get their times: within the limits, again when that is called for, and by one planner at a time."""

import threading
import uuid
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, connections
from pytest_django import DjangoAssertNumQueries, Settings

from delivery.engine.lanes import STEP_SECONDS, STEPS_AN_HOUR, step_of
from delivery.records.messages import OutboxMessage
from delivery.records.pacing import PacingLane, PacingRule
from delivery.records.pauses import Pause
from delivery.records.recipients import RecipientRecord
from delivery.selectors import pacing
from delivery.services import planning
from tests.factories.delivery import make_message

pytestmark = [pytest.mark.django_db, pytest.mark.database]
#: A Wednesday, ten in the morning in Boston.
NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
CAMPAIGN = uuid.UUID(int=7)
OTHER = uuid.UUID(int=8)
Channel, State, Stream = OutboxMessage.Channel, OutboxMessage.State, OutboxMessage.Stream


@pytest.fixture(autouse=True)
def paced(settings: Settings) -> None:
    settings.PACE_LETTERS = True


def _letters(count: int, *, offices: int = 1, **changes) -> list[OutboxMessage]:
    """Letters that wait for a time, one a second, the first of them a while ago."""
    values = {"campaign_key": CAMPAIGN, "jurisdiction": "ma", "planned_at": None, **changes}
    written = values.pop("created_at", NOW - timedelta(seconds=count))
    return OutboxMessage.objects.bulk_create(
        OutboxMessage(
            **{
                "dedupe_key": uuid.uuid4().hex,
                "stream": Stream.LETTER,
                "channel": Channel.EMAIL,
                "recipient_name": "Representative",
                "recipient_address": f"r{number % offices}@mahouse.example",
                "recipient_key": f"official:{number % offices}",
                "recipient_domain": "mahouse.example",
                "sender_name": "Dr. Ada Quill",
                "subject": "Please",
                "body": "Please",
                "created_at": written + timedelta(seconds=number),
                "state_changed_at": NOW,
                "next_attempt_at": NOW,
                **values,
            }
        )
        for number in range(count)
    )


def _plan_all(now: datetime = NOW) -> int:
    total = 0
    while count := planning.plan(now=now):
        total += count
    return total


def _times(**wanted) -> list[datetime]:
    rows = OutboxMessage.objects.filter(planned_at__isnull=False, **wanted).order_by("created_at")
    return list(rows.values_list("next_attempt_at", flat=True))


def _most_an_hour(times: list[datetime]) -> int:
    steps = Counter(step_of(at.timestamp()) for at in times)
    return max(sum(steps.get(first + step, 0) for step in range(STEPS_AN_HOUR)) for first in steps)


def _is_open(at: datetime) -> bool:
    local = at.astimezone(ZoneInfo("America/New_York"))
    return local.weekday() < 5 and time(8) <= local.time() < time(18)


def _send(until: datetime) -> int:
    """What a worker does with what is due by then."""
    due = OutboxMessage.objects.filter(state=State.QUEUED, planned_at__isnull=False, next_attempt_at__lte=until)
    return due.update(state=State.ACCEPTED)


# --- The first time that is free ------------------------------------------------------------------


def test_two_thousand_letters_to_158_offices_of_one_domain_keep_the_domain_s_limit():
    _letters(2000, offices=158)
    assert _plan_all() == 2000
    times = _times()
    assert len(times) == 2000
    assert _most_an_hour(times) == 100
    assert all(_is_open(at) for at in times)
    # Eight hours are left of Wednesday, ten on Thursday, the rest on Friday: no hour is left unused.
    assert max(times) < datetime(2026, 3, 6, 15, 10, tzinfo=UTC)


def test_letters_that_come_while_others_are_placed_wait_behind_them():
    _letters(30)
    _plan_all()
    _letters(30, created_at=NOW)
    _plan_all()
    assert _most_an_hour(_times()) == 20
    assert _times() == sorted(_times())


def test_a_busy_office_does_not_delay_another():
    _letters(300)
    _plan_all()
    _letters(1, recipient_key="official:quiet", created_at=NOW)
    _plan_all()
    [at] = _times(recipient_key="official:quiet")
    assert at < NOW + timedelta(seconds=2 * STEP_SECONDS)


def test_a_lower_limit_of_one_office_counts():
    RecipientRecord.objects.create(key="official:0", per_hour=4)
    _letters(12)
    _plan_all()
    assert _most_an_hour(_times()) == 4


def test_a_letter_by_congress_s_own_system_does_not_wait_for_the_morning():
    night = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
    congress = {"delivery_agent": "x"}
    _letters(3, channel=Channel.CWC, congress=congress, jurisdiction="us", created_at=night, next_attempt_at=night)
    _plan_all(night)
    assert max(_times()) < night + timedelta(hours=1)
    assert not PacingLane.objects.filter(key__startswith="domain:").exists()


def test_a_letter_that_is_to_wait_gets_no_time_before_that_is_over():
    _letters(1, next_attempt_at=NOW + timedelta(hours=1), attempts=1)
    assert _plan_all() == 0
    later = NOW + timedelta(hours=1)
    assert _plan_all(later) == 1
    assert _times()[0] >= later


def test_other_mail_never_waits():
    for stream in (Stream.RECEIPT, Stream.ALERT, Stream.REPLY):
        make_message(stream=stream, created_at=NOW, next_attempt_at=NOW, planned_at=None)
    assert _plan_all() == 3
    assert _times() == [NOW] * 3
    assert not PacingLane.objects.exists()


def test_what_is_not_queued_gets_no_time():
    _letters(1, state=State.HELD)
    _letters(1, state=State.CANCELLED)
    assert _plan_all() == 0


def test_without_pacing_every_letter_leaves_when_it_is_due(settings: Settings, django_assert_num_queries):
    settings.PACE_LETTERS = False
    _letters(1200)
    with django_assert_num_queries(1):
        assert planning.plan(now=NOW) == 1200
    assert set(_times()) == {NOW}
    assert planning.replan() == 0


def test_where_nothing_waits_a_plan_costs_two_look_ups(django_assert_num_queries: DjangoAssertNumQueries):
    _letters(3)
    _plan_all()
    with django_assert_num_queries(2):
        assert planning.plan(now=NOW) == 0


def test_without_limits_letters_leave_at_once_by_one_update():
    PacingRule.objects.create(
        official_per_hour=1_000_000,
        domain_per_hour=1_000_000,
        total_per_hour=1_000_000,
        opens_at=time(0),
        closes_at=time(23, 59),
        is_weekdays_only=False,
    )
    _letters(50)
    assert _plan_all() == 50
    assert set(_times()) == {NOW}
    assert not PacingLane.objects.exists()


# --- Again ----------------------------------------------------------------------------------------


def test_a_lower_limit_moves_letters_that_wait_and_counts_what_has_left_within_the_hour():
    _letters(60)
    _plan_all()
    half_past = NOW + timedelta(minutes=30)
    gone = _send(half_past)
    assert gone == 10
    PacingRule.objects.create(official_per_hour=12)
    assert planning.replan(now=half_past) == 50
    _plan_all(half_past)
    assert _most_an_hour(_times(state=State.QUEUED)) == 12
    # Ten of the twelve that this hour may bring are gone.
    assert sum(at < NOW + timedelta(hours=1) for at in _times()) <= 12
    assert _times(state=State.QUEUED) == sorted(_times(state=State.QUEUED))


def test_planning_again_twice_counts_nothing_twice():
    _letters(60)
    _plan_all()
    for _again in range(3):
        planning.replan(now=NOW)
        _plan_all()
    lane = PacingLane.objects.get(key="official:official:0")
    assert sum(lane.taken.values()) == 60
    assert _most_an_hour(_times()) == 20


def test_planning_again_over_and_over_lets_no_more_out_than_one_hour_may_bring():
    _letters(200)
    moment, gone = NOW, 0
    while moment < NOW + timedelta(hours=1):
        planning.replan(now=moment)
        _plan_all(moment)
        moment += timedelta(seconds=90)
        gone += _send(moment)
    assert 15 <= gone <= 22


def test_a_campaign_that_is_planned_again_leaves_the_places_of_others_alone():
    _letters(40)
    _letters(40, campaign_key=OTHER, created_at=NOW)
    _plan_all()
    others = _times(campaign_key=OTHER)
    PacingRule.objects.create(campaign_key=CAMPAIGN, total_per_hour=4)
    assert planning.replan(campaign_key=CAMPAIGN, now=NOW) == 40
    _plan_all()
    assert _times(campaign_key=OTHER) == others
    assert _most_an_hour(_times(campaign_key=CAMPAIGN)) == 4
    assert _most_an_hour(_times()) <= 20
    assert sum(PacingLane.objects.get(key="official:official:0").taken.values()) == 80


def test_limits_that_a_campaign_no_longer_has_do_not_come_back_filled():
    rule = PacingRule.objects.create(campaign_key=CAMPAIGN, total_per_hour=4)
    _letters(8)
    _plan_all()
    rule.delete()
    planning.replan(campaign_key=CAMPAIGN, now=NOW)
    _plan_all()
    _send(NOW + timedelta(hours=2))
    PacingRule.objects.create(campaign_key=CAMPAIGN, total_per_hour=4)
    later = NOW + timedelta(hours=2)
    _letters(4, created_at=later, next_attempt_at=later)
    _plan_all(later)
    assert max(_times(state=State.QUEUED)) < later + timedelta(hours=1)


def test_times_that_were_missed_while_no_worker_ran_are_given_out_again_in_order():
    _letters(100)
    _plan_all()
    back = NOW + timedelta(hours=3)
    _plan_all(back)
    times = _times()
    assert min(times) >= back
    assert _most_an_hour(times) == 20
    assert times == sorted(times)


def test_a_time_that_has_only_just_gone_by_is_kept():
    _letters(10)
    _plan_all()
    before = _times()
    _plan_all(min(before) + timedelta(minutes=9))
    assert _times() == before


# --- Pauses ---------------------------------------------------------------------------------------


def _pause(scope: str = "campaign", key: str = CAMPAIGN.hex) -> Pause:
    return Pause.objects.create(scope=scope, key=key, since=NOW)


def test_a_campaign_that_was_paused_and_resumed_does_not_come_as_a_burst():
    _letters(100)
    _plan_all()
    pause = _pause()
    for minutes in range(0, 180, 7):
        _plan_all(NOW + timedelta(minutes=minutes))
    pause.delete()
    back = NOW + timedelta(minutes=180)
    planning.replan(campaign_key=CAMPAIGN, now=back)
    _plan_all(back)
    times = _times()
    assert len(times) == 100
    assert min(times) >= back
    assert _most_an_hour(times) == 20
    assert times == sorted(times)


def test_a_pause_that_ends_by_itself_is_noticed():
    _letters(5)
    pause = _pause("domain", "mahouse.example")
    assert _plan_all() == 0
    assert _times() == []
    pause.delete()
    later = NOW + planning.LOOK_AGAIN_AFTER
    assert _plan_all(later) == 5


@pytest.mark.parametrize(
    ("scope", "key"), [("campaign", CAMPAIGN.hex), ("recipient", "official:0"), ("domain", "mahouse.example")]
)
def test_what_is_paused_takes_no_place_from_others(scope, key):
    _letters(1000)
    _letters(10, campaign_key=OTHER, recipient_key="official:9", recipient_domain="senate.example", created_at=NOW)
    _pause(scope, key)
    assert planning.plan(now=NOW) == 10
    assert {letter.campaign_key for letter in OutboxMessage.objects.filter(planned_at__isnull=False)} == {OTHER}


def test_times_that_a_paused_campaign_missed_are_free_for_others():
    _letters(40)
    _plan_all()
    _pause()
    later = NOW + timedelta(minutes=45)
    _plan_all(later)
    assert all(at >= later - planning.MISSED_AFTER for at in _times())
    lane = PacingLane.objects.get(key="official:official:0")
    assert sum(lane.taken.values()) == len(_times())


def test_while_everything_is_paused_nothing_gets_a_time():
    _letters(5)
    pause = _pause("site", "")
    assert _plan_all() == 0
    pause.delete()
    assert _plan_all() == 5


# --- Two planners ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_planners_at_once_give_no_place_twice():
    _letters(600, offices=3)
    counts: list[int] = []
    start = threading.Barrier(3)

    def work() -> None:
        start.wait()
        try:
            for _round in range(20):
                counts.append(planning.plan(now=NOW, limit=50))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    _plan_all()
    assert OutboxMessage.objects.filter(planned_at=None).count() == 0
    assert sum(counts) <= 600
    for office in range(3):
        times = _times(recipient_key=f"official:{office}")
        lane = PacingLane.objects.get(key=f"official:official:{office}")
        assert _most_an_hour(times) <= 20
        assert Counter(step_of(at.timestamp()) for at in times) == {
            int(begin) // STEP_SECONDS: count for begin, count in lane.taken.items()
        }


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time as it is")
def test_a_planner_does_not_wait_for_another():
    from django.db import transaction

    _letters(5)
    found: list[int] = []

    def work() -> None:
        try:
            found.append(planning.plan(now=NOW))
        finally:
            connections.close_all()

    with transaction.atomic():
        assert planning._lock(is_waiting=False)
        thread = threading.Thread(target=work)
        thread.start()
        thread.join(10)
        assert found == [0]
    assert planning.plan(now=NOW) == 5


# --- When the last one leaves ---------------------------------------------------------------------


def test_nothing_that_waits_has_no_finish():
    _letters(1, state=State.ACCEPTED)
    assert pacing.expected_finish(now=NOW) is None


def test_the_finish_is_the_last_time_that_was_given():
    _letters(45)
    _letters(3, campaign_key=OTHER, recipient_key="official:9")
    _plan_all()
    finish = pacing.expected_finish(campaign_key=CAMPAIGN, now=NOW)
    assert finish == pacing.Finish(at=max(_times(campaign_key=CAMPAIGN)))
    assert pacing.expected_finish(now=NOW) == finish
    assert pacing.expected_finish(campaign_key=OTHER, now=NOW).at == max(_times(campaign_key=OTHER))


def test_letters_without_a_time_make_the_finish_an_estimate_that_comes_true():
    _letters(200)
    guess = pacing.expected_finish(campaign_key=CAMPAIGN, now=NOW)
    assert guess.is_estimate
    assert OutboxMessage.objects.filter(planned_at=None).count() == 200
    _plan_all()
    assert guess.at == max(_times())


def test_an_estimate_for_more_letters_than_are_tried_out_is_near_the_truth():
    _letters(3000, offices=158)
    guess = pacing.expected_finish(campaign_key=CAMPAIGN, now=NOW)
    _plan_all()
    assert abs(guess.at - max(_times())) < timedelta(hours=2)


def test_what_is_paused_is_said_to_be():
    _letters(5)
    _plan_all()
    pause = _pause()
    assert pacing.expected_finish(campaign_key=CAMPAIGN, now=NOW) == pacing.Finish(at=None, is_paused=True)
    assert pacing.expected_finish(now=NOW).is_paused is False
    pause.delete()
    _pause("site", "")
    assert pacing.expected_finish(now=NOW).is_paused is True


def test_without_pacing_the_finish_is_a_guess(settings: Settings):
    settings.PACE_LETTERS = False
    _letters(5)
    assert pacing.expected_finish(now=NOW) == pacing.Finish(at=NOW, is_estimate=True)
