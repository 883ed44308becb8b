"""Letters that wait get other times: when a limit changes, after a time was missed, and around a pause."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from delivery.records.messages import OutboxMessage
from delivery.records.pacing import PacingLane, PacingRule
from delivery.services import planning
from tests.delivery import drip

pytestmark = [pytest.mark.django_db, pytest.mark.database]
Channel, State, Stream = OutboxMessage.Channel, OutboxMessage.State, OutboxMessage.Stream


@pytest.fixture(autouse=True)
def paced(settings: Settings) -> None:
    settings.PACE_LETTERS = True


# --- Again ----------------------------------------------------------------------------------------


def test_a_lower_limit_moves_letters_that_wait_and_counts_what_has_left_within_the_hour():
    drip.letters(60)
    drip.plan_all()
    half_past = drip.NOW + timedelta(minutes=30)
    gone = drip.send(half_past)
    assert gone == 10
    PacingRule.objects.create(official_per_hour=12)
    assert planning.replan(now=half_past) == 50
    drip.plan_all(half_past)
    assert drip.most_an_hour(drip.times(state=State.QUEUED)) == 12
    # Ten of the twelve that this hour may bring are gone.
    assert sum(at < drip.NOW + timedelta(hours=1) for at in drip.times()) <= 12
    assert drip.times(state=State.QUEUED) == sorted(drip.times(state=State.QUEUED))


def test_planning_again_twice_counts_nothing_twice():
    drip.letters(60)
    drip.plan_all()
    for _again in range(3):
        planning.replan(now=drip.NOW)
        drip.plan_all()
    lane = PacingLane.objects.get(key="official:official:0")
    assert sum(lane.taken.values()) == 60
    assert drip.most_an_hour(drip.times()) == 20


def test_planning_again_over_and_over_lets_no_more_out_than_one_hour_may_bring():
    drip.letters(200)
    moment, gone = drip.NOW, 0
    while moment < drip.NOW + timedelta(hours=1):
        planning.replan(now=moment)
        drip.plan_all(moment)
        moment += timedelta(seconds=90)
        gone += drip.send(moment)
    assert 15 <= gone <= 22


def test_a_campaign_that_is_planned_again_leaves_the_places_of_others_alone():
    drip.letters(40)
    drip.letters(40, campaign_key=drip.OTHER, created_at=drip.NOW)
    drip.plan_all()
    others = drip.times(campaign_key=drip.OTHER)
    PacingRule.objects.create(campaign_key=drip.CAMPAIGN, total_per_hour=4)
    assert planning.replan(campaign_key=drip.CAMPAIGN, now=drip.NOW) == 40
    drip.plan_all()
    assert drip.times(campaign_key=drip.OTHER) == others
    assert drip.most_an_hour(drip.times(campaign_key=drip.CAMPAIGN)) == 4
    assert drip.most_an_hour(drip.times()) <= 20
    assert sum(PacingLane.objects.get(key="official:official:0").taken.values()) == 80


def test_limits_that_a_campaign_no_longer_has_do_not_come_back_filled():
    rule = PacingRule.objects.create(campaign_key=drip.CAMPAIGN, total_per_hour=4)
    drip.letters(8)
    drip.plan_all()
    rule.delete()
    planning.replan(campaign_key=drip.CAMPAIGN, now=drip.NOW)
    drip.plan_all()
    drip.send(drip.NOW + timedelta(hours=2))
    PacingRule.objects.create(campaign_key=drip.CAMPAIGN, total_per_hour=4)
    later = drip.NOW + timedelta(hours=2)
    drip.letters(4, created_at=later, next_attempt_at=later)
    drip.plan_all(later)
    assert max(drip.times(state=State.QUEUED)) < later + timedelta(hours=1)


def test_times_that_were_missed_while_no_worker_ran_are_given_out_again_in_order():
    drip.letters(100)
    drip.plan_all()
    back = drip.NOW + timedelta(hours=3)
    drip.plan_all(back)
    times = drip.times()
    assert min(times) >= back
    assert drip.most_an_hour(times) == 20
    assert times == sorted(times)


def test_a_time_that_has_only_just_gone_by_is_kept():
    drip.letters(10)
    drip.plan_all()
    before = drip.times()
    drip.plan_all(min(before) + timedelta(minutes=9))
    assert drip.times() == before


# --- Pauses ---------------------------------------------------------------------------------------


def test_a_campaign_that_was_paused_and_resumed_does_not_come_as_a_burst():
    drip.letters(100)
    drip.plan_all()
    pause = drip.pause()
    for minutes in range(0, 180, 7):
        drip.plan_all(drip.NOW + timedelta(minutes=minutes))
    pause.delete()
    back = drip.NOW + timedelta(minutes=180)
    planning.replan(campaign_key=drip.CAMPAIGN, now=back)
    drip.plan_all(back)
    times = drip.times()
    assert len(times) == 100
    assert min(times) >= back
    assert drip.most_an_hour(times) == 20
    assert times == sorted(times)


def test_a_pause_that_ends_by_itself_is_noticed():
    drip.letters(5)
    pause = drip.pause("domain", "mahouse.example")
    assert drip.plan_all() == 0
    assert drip.times() == []
    pause.delete()
    later = drip.NOW + planning.LOOK_AGAIN_AFTER
    assert drip.plan_all(later) == 5


@pytest.mark.parametrize(
    ("scope", "key"), [("campaign", drip.CAMPAIGN.hex), ("recipient", "official:0"), ("domain", "mahouse.example")]
)
def test_what_is_paused_takes_no_place_from_others(scope, key):
    drip.letters(1000)
    drip.letters(
        10, campaign_key=drip.OTHER, recipient_key="official:9", recipient_domain="senate.example", created_at=drip.NOW
    )
    drip.pause(scope, key)
    drip.plan_all()
    assert {letter.campaign_key for letter in OutboxMessage.objects.filter(planned_at__isnull=False)} == {drip.OTHER}


def test_times_that_a_paused_campaign_missed_are_free_for_others():
    drip.letters(40)
    drip.plan_all()
    drip.pause()
    later = drip.NOW + timedelta(minutes=45)
    drip.plan_all(later)
    assert all(at >= later - planning.MISSED_AFTER for at in drip.times())
    lane = PacingLane.objects.get(key="official:official:0")
    assert sum(lane.taken.values()) == len(drip.times())


def test_while_everything_is_paused_nothing_gets_a_time():
    drip.letters(5)
    pause = drip.pause("site", "")
    assert drip.plan_all() == 0
    pause.delete()
    assert drip.plan_all() == 5
