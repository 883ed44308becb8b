"""What a hostile reader tried: to have one letter arrive twice, or to have one wait where nobody looks."""

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from pytest_django import Settings

from delivery.adapters import mail
from delivery.adapters.carriers import NotAccepted
from delivery.engine.addressing import OutgoingMail
from delivery.engine.failures import Fate
from delivery.engine.rulings import GO, Ruling, Verdict
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.records.recipients import RecipientRecord
from delivery.selectors import board
from delivery.services import dispatch, sweeping
from tests.delivery.fakes import FakeMailer, RoomsAbove, report
from tests.factories.delivery import make_in_doubt, make_message

State = OutboxMessage.State
Reason = DeliveryEvent.Reason
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.usefixtures("sending")]
HOUR = timedelta(hours=1)


def _drain() -> list[OutgoingMail]:
    mailer = FakeMailer()
    dispatch.drain(connect=lambda: mailer)
    return mailer.sent


# --- Twice ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ruling",
    [Ruling(Verdict.NEXT_CHANNEL, Reason.NO_ADDRESS), Ruling(Verdict.HOLD, Reason.LEFT_OFFICE)],
    ids=["next channel", "hold"],
)
def test_a_letter_that_may_have_arrived_goes_no_other_way_by_itself(ruling: Ruling, rooms_above: RoomsAbove) -> None:
    message = make_in_doubt()
    rooms_above.rulings[message.pk] = ruling
    assert _drain() == []
    message.refresh_from_db()
    assert (message.state, message.channel, rooms_above.handed_off) == (State.UNCERTAIN, "email", [])
    assert (message.in_doubt_since is None, message.lease_owner) == (False, "")
    assert message.events.get().reason == ruling.reason


def test_nor_because_its_mailbox_has_begun_to_return_mail(rooms_above: RoomsAbove) -> None:
    message = make_in_doubt()
    RecipientRecord.objects.create(
        key="official:1", failing_since=timezone.now(), failing_address=message.recipient_address
    )
    assert _drain() == []
    message.refresh_from_db()
    assert (message.state, message.channel, rooms_above.handed_off) == (State.UNCERTAIN, "email", [])


def test_a_letter_that_came_back_is_not_sent_anew_under_a_key_that_would_only_be_nodded_at(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "anymail.backends.resend.EmailBackend"
    message = make_message(state=State.ACCEPTED, recipient_key="official:1", attempts=1)
    report(message, "soft_bounced", "4.2.2")
    message.refresh_from_db()
    assert message.state == State.QUEUED
    assert message.next_attempt_at >= timezone.now() + 24 * HOUR - timedelta(minutes=1)
    # The clock does not take that for a time that a wrong clock has written.
    sweeping.sweep()
    before = message.next_attempt_at
    message.refresh_from_db()
    assert message.next_attempt_at == before


# --- Unseen -----------------------------------------------------------------------------------------------


def test_a_letter_that_nobody_can_judge_does_not_keep_the_others(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    good, bad = [make_message() for _ in range(5)], make_message()

    def check(*, messages: Sequence[OutboxMessage]) -> Mapping[UUID, Ruling]:
        if bad in messages:
            raise ValueError("Dr. Ada Quill")
        return {message.pk: GO for message in messages}

    monkeypatch.setattr("tests.delivery.fakes.rule", check)
    assert {sent.reference for sent in _drain()} == {str(message.pk) for message in good}
    bad.refresh_from_db()
    assert (bad.state, bad.next_attempt_at > timezone.now()) == (State.QUEUED, True)
    assert "Ada" not in caplog.text


def test_letters_that_no_worker_gives_a_place_are_seen_to_by_the_clock_and_ring(settings: Settings) -> None:
    settings.PACE_LETTERS = True
    long_ago = timezone.now() - HOUR
    letter = make_message(planned_at=None, created_at=long_ago, next_attempt_at=long_ago)
    assert board.oldest_due_at(timezone.now()) == long_ago
    sweeping.sweep(drain_seconds=1)
    letter.refresh_from_db()
    assert letter.planned_at is not None
    assert board.oldest_due_at(timezone.now()) != long_ago


def test_what_a_service_said_is_kept_though_the_next_way_cannot_be_taken_yet(rooms_above: RoomsAbove) -> None:
    message = make_message(state=State.ACCEPTED, recipient_key="official:1")
    rooms_above.fallback_error = ValueError("no template")
    report(message, "bounced", "bounced 5.1.1")
    message.refresh_from_db()
    assert message.state == State.BOUNCED
    rooms_above.fallback_error = None
    sweeping.sweep()
    message.refresh_from_db()
    assert (message.state, rooms_above.handed_off) == (State.NEEDS_HANDOFF, [message.pk])


def test_a_mail_that_cannot_be_put_together_ends_no_drain(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_arguments: object) -> None:
        raise LookupError("Dr. Ada Quill")

    monkeypatch.setattr("delivery.adapters.mail_options.add", fail)
    outgoing = OutgoingMail("a@b.example", "c@d.example", "", "subject", "body", "<1@b.example>", "1")
    with caplog.at_level(logging.DEBUG), pytest.raises(NotAccepted) as refused:
        mail.connect().send(outgoing)
    assert (refused.value.failure.fate, refused.value.failure.is_service_wide) == (Fate.RETRY, False)
    assert "Ada" not in caplog.text + str(refused.value)


def test_what_cannot_be_composed_is_not_quoted_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise LookupError("Dr. Ada Quill")

    monkeypatch.setattr("delivery.services.composing._write", fail)
    make_message()
    assert _drain() == []
    assert "could not be composed (LookupError)" in caplog.text
    assert "Ada" not in caplog.text
