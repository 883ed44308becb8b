"""What a hostile reader tried: to have the program forget, or remember for too long, what may have arrived."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import Settings

from delivery.engine.tracking import TrackingReport
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import dispatch, tracking
from tests.delivery.fakes import FakeMailer
from tests.factories.delivery import make_message

State = OutboxMessage.State
Reason = DeliveryEvent.Reason
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def sending(settings: Settings) -> None:
    settings.DELIVERY_MODE = "send"
    settings.EMAIL_BACKEND = "delivery.adapters.smtp.SmtpBackend"


def _in_doubt(**changes: Any) -> OutboxMessage:
    """Waits for a second try under a key that the service still knows: the first try may have arrived."""
    now = timezone.now()
    return make_message(
        **{"in_doubt_since": now - HOUR, "send_before": now + HOUR, "attempts": 1, "recipient_key": "official:1"}
        | changes
    )


def _report(message: OutboxMessage, kind: str, code: str = "") -> OutboxMessage | None:
    report = TrackingReport(kind, timezone.now(), str(uuid4()), str(message.pk), "", code)
    return tracking.record(report=report)


# --- Doubt that is over -----------------------------------------------------------------------------------


def test_a_yes_ends_the_doubt_so_that_late_word_of_it_stops_no_letter_that_came_back(settings: Settings) -> None:
    message = _in_doubt()
    dispatch.drain(connect=FakeMailer)
    message.refresh_from_db()
    assert (message.state, message.in_doubt_since) == (State.ACCEPTED, None)
    _report(message, "soft_bounced", "4.2.2")
    message.refresh_from_db()
    assert message.state == State.QUEUED
    # The first try's "sent" was on its way all the while.
    _report(message, "sent")
    message.refresh_from_db()
    assert message.state == State.QUEUED


@pytest.mark.parametrize("kind", ["sent", "delivered", "bounced"])
def test_so_does_word_of_the_service(kind: str) -> None:
    message = _in_doubt(state=State.UNCERTAIN, send_before=None, stream=OutboxMessage.Stream.RECEIPT)
    _report(message, kind)
    message.refresh_from_db()
    assert message.state != State.UNCERTAIN
    assert message.in_doubt_since is None


def test_and_a_file_in_which_it_was_captured(settings: Settings) -> None:
    settings.DELIVERY_MODE = "capture"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    message = _in_doubt()
    dispatch.drain(connect=FakeMailer)
    message.refresh_from_db()
    assert (message.state, message.in_doubt_since) == (State.CAPTURED, None)
