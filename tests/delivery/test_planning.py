"""Queued letters get their times: within the limits, by one planner at a time, and when the last one leaves."""

import threading
from collections import Counter
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection, connections
from pytest_django import DjangoAssertNumQueries, Settings

from delivery.engine.lanes import STEP_SECONDS, step_of
from delivery.records.messages import OutboxMessage
from delivery.records.pacing import PacingLane, PacingRule
from delivery.records.recipients import RecipientRecord
from delivery.selectors import pacing
from delivery.services import planning
from tests.delivery import drip
from tests.factories.delivery import make_message

pytestmark = [pytest.mark.django_db, pytest.mark.database]
Channel, State, Stream = OutboxMessage.Channel, OutboxMessage.State, OutboxMessage.Stream


@pytest.fixture(autouse=True)
def paced(settings: Settings) -> None:
    settings.PACE_LETTERS = True


# --- The first time that is free ------------------------------------------------------------------


def test_two_thousand_letters_to_158_offices_of_one_domain_keep_the_domain_s_limit():
    drip.letters(2000, offices=158)
    assert drip.plan_all() == 2000
    times = drip.times()
    assert len(times) == 2000
    assert drip.most_an_hour(times) == 100
    assert all(drip.is_open(at) for at in times)
    # Eight hours are left of Wednesday, ten on Thursday, the rest on Friday: no hour is left unused.
    assert max(times) < datetime(2026, 3, 6, 15, 10, tzinfo=UTC)


def test_letters_that_come_while_others_are_placed_wait_behind_them():
    drip.letters(30)
    drip.plan_all()
    drip.letters(30, created_at=drip.NOW)
    drip.plan_all()
    assert drip.most_an_hour(drip.times()) == 20
    assert drip.times() == sorted(drip.times())


def test_a_busy_office_does_not_delay_another():
    drip.letters(300)
    drip.plan_all()
    drip.letters(1, recipient_key="official:quiet", created_at=drip.NOW)
    drip.plan_all()
    [at] = drip.times(recipient_key="official:quiet")
    assert at < drip.NOW + timedelta(seconds=2 * STEP_SECONDS)


def test_a_lower_limit_of_one_office_counts():
    RecipientRecord.objects.create(key="official:0", per_hour=4)
    drip.letters(12)
    drip.plan_all()
    assert drip.most_an_hour(drip.times()) == 4


def test_a_letter_by_congress_s_own_system_does_not_wait_for_the_morning():
    night = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
    congress = {"delivery_agent": "x"}
    drip.letters(3, channel=Channel.CWC, congress=congress, jurisdiction="us", created_at=night, next_attempt_at=night)
    drip.plan_all(night)
    assert max(drip.times()) < night + timedelta(hours=1)
    assert not PacingLane.objects.filter(key__startswith="domain:").exists()


def test_a_letter_that_is_to_wait_gets_no_time_before_that_is_over():
    drip.letters(1, next_attempt_at=drip.NOW + timedelta(hours=1), attempts=1)
    assert drip.plan_all() == 0
    later = drip.NOW + timedelta(hours=1)
    assert drip.plan_all(later) == 1
    assert drip.times()[0] >= later


def test_other_mail_never_waits():
    for stream in (Stream.RECEIPT, Stream.ALERT, Stream.REPLY):
        make_message(stream=stream, created_at=drip.NOW, next_attempt_at=drip.NOW, planned_at=None)
    assert drip.plan_all() == 3
    assert drip.times() == [drip.NOW] * 3
    assert not PacingLane.objects.exists()


def test_what_is_not_queued_gets_no_time():
    drip.letters(1, state=State.HELD)
    drip.letters(1, state=State.CANCELLED)
    assert drip.plan_all() == 0


def test_without_pacing_every_letter_leaves_when_it_is_due(settings: Settings, django_assert_num_queries):
    settings.PACE_LETTERS = False
    drip.letters(1200)
    with django_assert_num_queries(1):
        assert planning.plan(now=drip.NOW) == 1200
    assert set(drip.times()) == {drip.NOW}
    assert planning.replan() == 0


def test_where_nothing_waits_a_plan_costs_three_look_ups(django_assert_num_queries: DjangoAssertNumQueries):
    drip.letters(3)
    drip.plan_all()
    with django_assert_num_queries(3):
        assert planning.plan(now=drip.NOW) == 0


def test_without_limits_letters_leave_at_once_by_one_update():
    PacingRule.objects.create(
        official_per_hour=1_000_000,
        domain_per_hour=1_000_000,
        total_per_hour=1_000_000,
        opens_at=time(0),
        closes_at=time(23, 59),
        is_weekdays_only=False,
    )
    drip.letters(50)
    assert drip.plan_all() == 50
    assert set(drip.times()) == {drip.NOW}
    assert not PacingLane.objects.exists()


# --- Two planners ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_planners_at_once_give_no_place_twice():
    drip.letters(600, offices=3)
    counts: list[int] = []
    start = threading.Barrier(3)

    def work() -> None:
        start.wait()
        try:
            for _round in range(20):
                counts.append(planning.plan(now=drip.NOW, limit=50))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    drip.plan_all()
    assert OutboxMessage.objects.filter(planned_at=None).count() == 0
    assert sum(counts) <= 600
    for office in range(3):
        times = drip.times(recipient_key=f"official:{office}")
        lane = PacingLane.objects.get(key=f"official:official:{office}")
        assert drip.most_an_hour(times) <= 20
        assert Counter(step_of(at.timestamp()) for at in times) == {
            int(begin) // STEP_SECONDS: count for begin, count in lane.taken.items()
        }


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time as it is")
def test_a_planner_does_not_wait_for_another():
    from django.db import transaction

    drip.letters(5)
    found: list[int] = []

    def work() -> None:
        try:
            found.append(planning.plan(now=drip.NOW))
        finally:
            connections.close_all()

    with transaction.atomic():
        assert planning._lock(is_waiting=False)
        thread = threading.Thread(target=work)
        thread.start()
        thread.join(10)
        assert found == [0]
    assert planning.plan(now=drip.NOW) == 5


# --- When the last one leaves ---------------------------------------------------------------------


def test_nothing_that_waits_has_no_finish():
    drip.letters(1, state=State.ACCEPTED)
    assert pacing.expected_finish(now=drip.NOW) is None


def test_the_finish_is_the_last_time_that_was_given():
    drip.letters(45)
    drip.letters(3, campaign_key=drip.OTHER, recipient_key="official:9")
    drip.plan_all()
    finish = pacing.expected_finish(campaign_key=drip.CAMPAIGN, now=drip.NOW)
    assert finish == pacing.Finish(at=max(drip.times(campaign_key=drip.CAMPAIGN)))
    assert pacing.expected_finish(now=drip.NOW) == finish
    assert pacing.expected_finish(campaign_key=drip.OTHER, now=drip.NOW).at == max(drip.times(campaign_key=drip.OTHER))


def test_letters_without_a_time_make_the_finish_an_estimate_that_comes_true():
    drip.letters(pacing.SAMPLE_SIZE - 1)
    guess = pacing.expected_finish(campaign_key=drip.CAMPAIGN, now=drip.NOW)
    assert guess.is_estimate
    assert OutboxMessage.objects.filter(planned_at=None).count() == pacing.SAMPLE_SIZE - 1
    drip.plan_all()
    assert guess.at == max(drip.times())


def test_an_estimate_for_more_letters_than_are_tried_out_is_near_the_truth():
    drip.letters(3000, offices=158)
    guess = pacing.expected_finish(campaign_key=drip.CAMPAIGN, now=drip.NOW)
    drip.plan_all()
    assert abs(guess.at - max(drip.times())) < timedelta(hours=2)


def test_what_is_paused_is_said_to_be():
    drip.letters(5)
    drip.plan_all()
    pause = drip.pause()
    assert pacing.expected_finish(campaign_key=drip.CAMPAIGN, now=drip.NOW) == pacing.Finish(at=None, is_paused=True)
    assert pacing.expected_finish(now=drip.NOW).is_paused is False
    pause.delete()
    drip.pause("site", "")
    assert pacing.expected_finish(now=drip.NOW).is_paused is True


def test_without_pacing_the_finish_is_a_guess(settings: Settings):
    settings.PACE_LETTERS = False
    drip.letters(5)
    assert pacing.expected_finish(now=drip.NOW) == pacing.Finish(at=drip.NOW, is_estimate=True)
