"""Places in the plan come free, and are given out again however many letters wait."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from delivery.records.messages import OutboxMessage
from delivery.records.pacing import PacingLane, PacingRule
from delivery.records.pauses import Pause
from delivery.selectors import pacing
from delivery.services import moderation, outbox, pauses, planning, sweeping, taking_back
from tests.delivery import drip
from tests.factories.delivery import make_message

State = OutboxMessage.State
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@pytest.fixture(autouse=True)
def paced(settings: Settings) -> None:
    settings.PACE_LETTERS = True


@pytest.fixture
def no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for new times has none to wait, as with very many letters; each part is small."""
    monkeypatch.setattr(planning, "REPLAN_SECONDS", 0.0)
    monkeypatch.setattr(taking_back, "SIZE", 7)


def _taken(office: int = 0) -> int:
    lane = PacingLane.objects.filter(key=f"official:official:{office}").first()
    return sum(lane.taken.values()) if lane else 0


def test_new_times_are_noted_at_once_and_given_out_by_whoever_plans_next(no_time: None) -> None:
    drip.letters(30)
    drip.plan_all()
    before = drip.times()
    PacingRule.objects.create(official_per_hour=4)
    assert planning.replan(now=drip.NOW) == 0
    assert (drip.times(), pacing.is_asked_again(drip.CAMPAIGN)) == (before, True)
    drip.plan_all()
    assert not pacing.is_asked_again()
    assert drip.most_an_hour(drip.times()) == 4
    assert drip.times() == sorted(drip.times())
    assert _taken() == 30


def test_while_new_times_are_given_out_the_finish_is_reckoned_from_the_new_rules(no_time: None) -> None:
    drip.letters(40)
    drip.plan_all()
    PacingRule.objects.create(official_per_hour=4)
    planning.replan(now=drip.NOW)
    guess = pacing.expected_finish(campaign_key=drip.CAMPAIGN, now=drip.NOW)
    assert guess is not None
    assert guess.is_estimate
    drip.plan_all()
    assert guess.at is not None
    assert abs(guess.at - max(drip.times())) < timedelta(hours=2)


def test_a_second_wish_for_new_times_is_not_lost_while_the_first_is_fulfilled(
    no_time: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    drip.letters(5)
    drip.plan_all()
    planning.replan(now=drip.NOW)
    finish = taking_back._finish

    def wish_again(campaign_key: uuid.UUID | None, now: object) -> None:
        monkeypatch.setattr(taking_back, "_finish", finish)
        taking_back.ask(campaign_key=None, now=drip.NOW)

    monkeypatch.setattr(taking_back, "_finish", wish_again)
    planning.plan(now=drip.NOW)
    planning.plan(now=drip.NOW)
    assert pacing.is_asked_again()
    drip.plan_all()
    assert not pacing.is_asked_again()
    assert _taken() == 5


def test_the_clock_sees_to_new_times_that_nobody_else_saw_to(no_time: None, no_queue: list[str]) -> None:
    make_message(next_attempt_at=timezone.now() + timedelta(minutes=5))
    planning.replan()
    no_queue.clear()
    sweeping.sweep()
    assert no_queue == ["letters"]


def test_a_letter_that_was_refused_for_now_keeps_its_time() -> None:
    later = drip.NOW + timedelta(hours=3)
    drip.letters(1, attempts=2, planned_at=drip.NOW, next_attempt_at=later)
    drip.letters(3)
    drip.plan_all()
    planning.replan(now=drip.NOW)
    drip.plan_all()
    assert list(OutboxMessage.objects.filter(attempts=2).values_list("next_attempt_at", flat=True)) == [later]


def test_a_pause_frees_the_campaigns_places_and_its_end_gives_new_ones() -> None:
    now = timezone.now()
    drip.letters(30, created_at=now - timedelta(hours=1), next_attempt_at=now)
    drip.plan_all(now)
    assert _taken() == 30
    pauses.pause(scope=Pause.Scope.CAMPAIGN, key=drip.CAMPAIGN.hex)
    assert (_taken(), drip.times()) == (0, [])
    pauses.resume(scope=Pause.Scope.CAMPAIGN, key=drip.CAMPAIGN.hex)
    drip.plan_all(timezone.now())
    assert len(drip.times()) == 30
    assert drip.most_an_hour(drip.times()) <= 20


def test_a_letter_that_is_cancelled_leaves_its_place_to_another() -> None:
    now = timezone.now()
    letters = drip.letters(30, created_at=now - timedelta(hours=1), next_attempt_at=now)
    drip.plan_all(now)
    place = OutboxMessage.objects.get(pk=letters[20].pk).next_attempt_at
    assert outbox.cancel(message_id=letters[20].pk)
    assert _taken() == 29
    [new] = drip.letters(1, created_at=now, next_attempt_at=now)
    drip.plan_all(timezone.now())
    new.refresh_from_db()
    assert abs(new.next_attempt_at - place) < timedelta(minutes=10)
    assert new.next_attempt_at < max(drip.times(state=State.QUEUED))


def test_what_waits_behind_a_campaign_that_is_cancelled_moves_up() -> None:
    now = timezone.now()
    drip.letters(60, created_at=now - timedelta(hours=1), next_attempt_at=now)
    [behind] = drip.letters(1, created_at=now, next_attempt_at=now, campaign_key=drip.OTHER)
    drip.plan_all(now)
    behind.refresh_from_db()
    before = behind.next_attempt_at
    assert moderation.cancel_waiting(campaign_key=drip.CAMPAIGN, limit=1000) == 60
    drip.plan_all(timezone.now())
    behind.refresh_from_db()
    assert before - behind.next_attempt_at > timedelta(hours=1)


def test_a_letter_that_the_staff_try_again_waits_for_a_place_like_any_other() -> None:
    message = make_message(state=State.FAILED, attempts=3)
    assert outbox.retry(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.planned_at) == (State.QUEUED, None)


def test_the_finish_of_a_campaign_is_that_of_its_letters_only() -> None:
    drip.letters(3)
    drip.plan_all()
    last = max(drip.times())
    make_message(
        stream="alert", campaign_key=drip.CAMPAIGN, next_attempt_at=drip.NOW + timedelta(days=60), planned_at=drip.NOW
    )
    finish = pacing.expected_finish(campaign_key=drip.CAMPAIGN, now=drip.NOW)
    assert finish == pacing.Finish(at=last)
