"""Mails to people that were queued before something changed: what does not hold any more does not leave."""

import datetime
from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from campaigns.content.action_page import ActionPage
from campaigns.records.submissions import Submission
from campaigns.services import confirmations, confirming, invalidations, quarantine, registrations, stories
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import dispatch
from tests.delivery.fakes import REFUSED_FOR_NOW, FakeMailer
from tests.factories import campaigns as make
from tests.factories import participation
from tests.factories.delivery import make_message, words_of

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


def _receipt(submission: Submission) -> OutboxMessage:
    return OutboxMessage.objects.get(dedupe_key=f"receipt:{submission.key}")


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


def test_a_receipt_is_written_as_it_leaves(db: None) -> None:
    submission = participation.sent(participation.page(participation.action("event")))
    mail = _receipt(submission)
    assert mail.body == ""
    registrations.cancel(taken=submission.taken_actions.get())
    assert len(_subjects()) == 1
    assert "You are not signed up" in _receipt(submission).body


def test_a_receipt_says_what_was_taken_back_while_it_waited_for_another_try(db: None) -> None:
    page = participation.page(participation.action("story"), participation.action("event"))
    submission = participation.sent(page, story_text="The drive took two hours.")
    written = words_of(_receipt(submission))
    assert "You shared your story" in written
    assert "You have a place" in written
    OutboxMessage.objects.filter(pk=_receipt(submission).pk).update(body=written)
    stories.withdraw(taken=submission.taken_actions.get(kind="story"))
    registrations.cancel(taken=submission.taken_actions.get(kind="event"))
    said = words_of(_receipt(submission))
    assert "You shared your story" not in said
    assert "You have a place" not in said
    assert "You are not signed up" in said
    assert len(_subjects()) == 1


def test_another_try_says_the_same(petition: ActionPage, monkeypatch: pytest.MonkeyPatch) -> None:
    submission = participation.sent(petition)
    OutboxMessage.objects.update(planned_at=timezone.now())
    dispatch.drain(connect=lambda: FakeMailer(failure=lambda _mail: REFUSED_FOR_NOW))
    first = _receipt(submission)
    assert (first.state, bool(first.body)) == (State.QUEUED, True)
    monkeypatch.setattr(confirmations, "texts", lambda **_messages: {first.pk: "Something else."})
    assert len(_subjects()) == 1
    assert _receipt(submission).body == first.body


def test_a_receipt_that_cannot_be_written_waits_and_keeps_no_other_one(
    petition: ActionPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, sound = (participation.sent(petition, email=f"p{number}@clinic.example") for number in range(2))
    texts = confirmations.texts

    def fails_for_one(*, messages: Sequence[OutboxMessage]) -> Mapping[UUID, str]:
        if any(str(broken.key) in message.dedupe_key for message in messages):
            raise ValueError("its template is broken")
        return texts(messages=messages)

    monkeypatch.setattr(confirmations, "texts", fails_for_one)
    assert len(_subjects()) == 1
    assert _receipt(sound).body
    waiting = _receipt(broken)
    assert (waiting.state, waiting.body, waiting.lease_owner) == (State.QUEUED, "", "")
    assert waiting.next_attempt_at > timezone.now()
    monkeypatch.setattr(confirmations, "texts", texts)
    assert len(_subjects()) == 1


def test_a_receipt_of_a_form_that_is_gone_is_not_sent_empty(petition: ActionPage) -> None:
    submission = participation.sent(petition)
    OutboxMessage.objects.update(dedupe_key=f"receipt:{uuid4()}")
    assert _subjects() == []
    failed = OutboxMessage.objects.get()
    assert (failed.state, failed.events.latest("pk").reason) == (State.FAILED, DeliveryEvent.Reason.CANNOT_BE_WRITTEN)
    assert Submission.objects.get() == submission


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
