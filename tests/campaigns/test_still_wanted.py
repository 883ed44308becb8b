"""Mails to people that were queued before something changed: what does not hold any more does not leave."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from campaigns.content.action_page import ActionPage
from campaigns.records.submissions import Submission
from campaigns.services import confirming, invalidations, quarantine, registrations, stories
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import dispatch
from tests.delivery.fakes import FakeMailer
from tests.factories import campaigns as make
from tests.factories import participation
from tests.factories.delivery import make_message

State = OutboxMessage.State
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sends(settings: Settings) -> None:
    settings.DELIVERY_MODE = "send"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def petition(db: None) -> ActionPage:
    return participation.page(participation.action("petition"))


def _subjects() -> list[str]:
    """Of what leaves when everything that is due may."""
    OutboxMessage.objects.filter(state=State.QUEUED).update(next_attempt_at=timezone.now(), planned_at=timezone.now())
    mailer = FakeMailer()
    dispatch.drain(connect=lambda: mailer)
    return [mail.subject for mail in mailer.sent]


def _asked(alder: object) -> Submission:
    make.send(make.action_page(confirmation="always"), Client())
    return Submission.objects.get()


def _invalidate(submission: Submission) -> int:
    return invalidations.invalidate(submission_ids=[submission.pk], reason="A script.", user_id=None).pk


def _why(key: str) -> tuple[str, str]:
    event = DeliveryEvent.objects.filter(message__dedupe_key=key).order_by("-pk")[0]
    return event.state, event.reason


def test_a_receipt_leaves_where_nothing_has_changed(petition: ActionPage) -> None:
    participation.sent(petition)
    assert len(_subjects()) == 1


def test_a_receipt_of_a_form_that_is_invalid_meanwhile_does_not_leave(petition: ActionPage) -> None:
    submission = participation.sent(petition)
    _invalidate(submission)
    assert _subjects() == []
    assert _why(f"receipt:{submission.key}") == (State.CANCELLED, DeliveryEvent.Reason.WITHDRAWN)


def test_it_leaves_once_when_the_decision_is_taken_back(petition: ActionPage) -> None:
    submission = participation.sent(petition)
    decision = _invalidate(submission)
    assert _subjects() == []
    invalidations.undo(invalidation_id=decision, user_id=None)
    assert len(_subjects()) == 1
    assert _subjects() == []


def test_a_receipt_that_left_before_does_not_leave_again(petition: ActionPage) -> None:
    submission = participation.sent(petition)
    assert len(_subjects()) == 1
    invalidations.undo(invalidation_id=_invalidate(submission), user_id=None)
    assert _subjects() == []


def test_nobody_is_asked_to_confirm_what_is_invalid_and_is_again_when_it_is_not(alder: object) -> None:
    submission = _asked(alder)
    decision = _invalidate(submission)
    assert _subjects() == []
    invalidations.undo(invalidation_id=decision, user_id=None)
    assert [subject.split(":")[0] for subject in _subjects()] == ["Please confirm"]


def test_nobody_is_asked_to_confirm_what_the_staff_released(alder: object) -> None:
    submission = _asked(alder)
    quarantine.release(submission_ids=[submission.pk])
    assert not [subject for subject in _subjects() if subject.startswith("Please confirm")]
    assert _why(f"confirm:{submission.key}:1") == (State.CANCELLED, DeliveryEvent.Reason.RELEASED)


def test_nobody_is_asked_once_more_after_they_confirmed(alder: object) -> None:
    submission = _asked(alder)
    assert len(_subjects()) == 1
    later = timezone.now() + datetime.timedelta(days=3)
    Submission.objects.update(submit_time=timezone.now() - datetime.timedelta(days=3))
    assert confirming.remind_due(now=later - datetime.timedelta(days=3)) == 1
    confirming.confirm(submission_id=submission.pk)
    assert not [subject for subject in _subjects() if subject.startswith("Please confirm")]


def test_nobody_is_asked_to_confirm_when_it_is_too_late(alder: object) -> None:
    submission = _asked(alder)
    Submission.objects.update(submit_time=timezone.now() - datetime.timedelta(days=8))
    assert _subjects() == []
    assert _why(f"confirm:{submission.key}:1") == (State.CANCELLED, DeliveryEvent.Reason.NEVER_CONFIRMED)


def test_the_news_of_a_place_does_not_leave_when_it_was_given_back(db: None) -> None:
    page = participation.page(participation.action("event", capacity=1))
    first, second = (participation.sent(page, email=f"p{number}@clinic.example") for number in range(2))
    registrations.cancel(taken=first.taken_actions.get())
    registrations.cancel(taken=second.taken_actions.get())
    assert not [subject for subject in _subjects() if subject.startswith("You have a place")]


def test_a_receipt_says_what_was_taken_back_before_it_left(db: None) -> None:
    page = participation.page(participation.action("story"), participation.action("event"))
    submission = participation.sent(page, story_text="The drive took two hours.")
    mail = OutboxMessage.objects.get(dedupe_key=f"receipt:{submission.key}")
    assert "You shared your story" in mail.body
    assert "You have a place" in mail.body
    stories.withdraw(taken=submission.taken_actions.get(kind="story"))
    registrations.cancel(taken=submission.taken_actions.get(kind="event"))
    mail.refresh_from_db()
    assert "You shared your story" not in mail.body
    assert "You have a place" not in mail.body
    assert "You are not signed up" in mail.body
    assert len(_subjects()) == 1


def test_what_has_left_is_not_written_anew(db: None) -> None:
    page = participation.page(participation.action("event"))
    submission = participation.sent(page)
    _subjects()
    registrations.cancel(taken=submission.taken_actions.get())
    assert "You have a place" in OutboxMessage.objects.get(dedupe_key=f"receipt:{submission.key}").body


def test_mails_that_nobody_can_check_wait(settings: Settings) -> None:
    settings.DELIVERY_MAIL_CHECK = "no.such.check"
    message = make_message(stream="receipt")
    mailer = FakeMailer()
    dispatch.drain(connect=lambda: mailer)
    message.refresh_from_db()
    assert (mailer.sent, message.state, message.lease_owner) == ([], State.QUEUED, "")
    assert message.next_attempt_at > timezone.now()
