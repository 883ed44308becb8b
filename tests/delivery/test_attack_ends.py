"""What a hostile reader tried: to have the program forget, or remember for too long, what may have arrived."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import Settings

from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import dispatch, moderation, outbox, reconciling
from tests.delivery.fakes import REFUSED, FakeMailer, RoomsAbove, report
from tests.factories.delivery import make_in_doubt, make_message

State = OutboxMessage.State
Reason = DeliveryEvent.Reason
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.usefixtures("sending")]
HOUR = timedelta(hours=1)


# --- Doubt that is over -----------------------------------------------------------------------------------


def test_a_yes_ends_the_doubt_so_that_late_word_of_it_stops_no_letter_that_came_back(settings: Settings) -> None:
    message = make_in_doubt()
    dispatch.drain(connect=FakeMailer)
    message.refresh_from_db()
    assert (message.state, message.in_doubt_since) == (State.ACCEPTED, None)
    report(message, "soft_bounced", "4.2.2")
    message.refresh_from_db()
    assert message.state == State.QUEUED
    # The first try's "sent" was on its way all the while.
    report(message, "sent")
    message.refresh_from_db()
    assert message.state == State.QUEUED


@pytest.mark.parametrize("kind", ["sent", "delivered", "bounced"])
def test_so_does_word_of_the_service(kind: str) -> None:
    message = make_in_doubt(state=State.UNCERTAIN, send_before=None, stream=OutboxMessage.Stream.RECEIPT)
    report(message, kind)
    message.refresh_from_db()
    assert message.state != State.UNCERTAIN
    assert message.in_doubt_since is None


def test_and_a_file_in_which_it_was_captured(settings: Settings) -> None:
    settings.DELIVERY_MODE = "capture"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    message = make_in_doubt()
    dispatch.drain(connect=FakeMailer)
    message.refresh_from_db()
    assert (message.state, message.in_doubt_since) == (State.CAPTURED, None)


# --- Doubt that is not ------------------------------------------------------------------------------------


def test_a_second_try_that_is_refused_does_not_ask_the_person_while_the_first_may_have_arrived(
    settings: Settings, rooms_above: RoomsAbove
) -> None:
    settings.EMAIL_BACKEND = "anymail.backends.resend.EmailBackend"
    message = make_in_doubt()
    dispatch.drain(connect=lambda: FakeMailer(failure=lambda _mail: REFUSED))
    message.refresh_from_db()
    assert (message.state, message.channel, rooms_above.handed_off) == (State.UNCERTAIN, "email", [])
    assert (message.events.get().reason, message.in_doubt_since is None) == (Reason.REFUSED, False)
    # What the service said once it says again: the rest is for the staff to decide.
    assert reconciling.settle(now=timezone.now() + 2 * HOUR).same_key == 0


def test_a_first_try_that_is_refused_goes_the_next_way(rooms_above: RoomsAbove) -> None:
    message = make_message(recipient_key="official:1")
    dispatch.drain(connect=lambda: FakeMailer(failure=lambda _mail: REFUSED))
    message.refresh_from_db()
    assert (message.state, rooms_above.handed_off) == (State.NEEDS_HANDOFF, [message.pk])


@pytest.mark.parametrize("mode", ["capture", "send"])
def test_a_key_that_is_over_is_seen_where_mail_is_captured_too(mode: str, settings: Settings) -> None:
    settings.DELIVERY_MODE = mode
    message = make_in_doubt(send_before=timezone.now() - HOUR)
    assert reconciling.settle().expired == 1
    message.refresh_from_db()
    assert (message.state, message.events.get().reason) == (State.UNCERTAIN, Reason.KEY_EXPIRED)


# --- A key that would only be nodded at -------------------------------------------------------------------


@pytest.mark.parametrize(("hours_ago", "waits"), [(1, True), (25, False)])
def test_what_failed_after_it_was_taken_waits_for_a_new_key(hours_ago: int, waits: bool, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "anymail.backends.resend.EmailBackend"
    message = make_message(state=State.FAILED)
    taken_at = timezone.now() - hours_ago * HOUR
    DeliveryEvent.objects.create(message=message, at=taken_at, state=State.ACCEPTED)
    assert outbox.retry(message_id=message.pk)
    message.refresh_from_db()
    assert message.state == State.QUEUED
    assert message.next_attempt_at >= taken_at + 24 * HOUR
    assert (message.next_attempt_at > timezone.now()) is waits


def test_what_no_service_took_is_tried_again_at_once(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "anymail.backends.resend.EmailBackend"
    message = make_message(state=State.FAILED)
    assert outbox.retry(message_id=message.pk)
    message.refresh_from_db()
    assert message.next_attempt_at <= timezone.now()


# --- Mail that arrives after it was given up --------------------------------------------------------------

CONGRESS = {"chamber": "senate", "office_code": "SOR01"}


def _given_up(**changes: Any) -> OutboxMessage:
    message = make_message(**{"recipient_key": "official:1", "congress": CONGRESS} | changes)
    DeliveryEvent.objects.create(message=message, at=timezone.now(), state=State.FAILED, reason=Reason.REFUSED)
    return message


@pytest.mark.parametrize(
    ("channel", "state"),
    [("cwc", State.QUEUED), ("cwc", State.CLAIMED), ("cwc", State.FAILED), ("handoff", State.NEEDS_HANDOFF)],
)
def test_mail_that_arrives_after_all_stops_what_went_another_way(channel: str, state: str) -> None:
    message = _given_up(channel=channel, state=state, lease_owner="w" if state == State.CLAIMED else "")
    report(message, "delivered")
    message.refresh_from_db()
    assert (message.state, message.channel, message.lease_owner) == (State.DELIVERED, "email", "")
    assert message.events.last().state == State.DELIVERED


@pytest.mark.parametrize(
    ("channel", "state"),
    [("cwc", State.SENDING), ("cwc", State.ACCEPTED), ("cwc", State.UNCERTAIN), ("handoff", State.HANDED_OFF)],
)
def test_what_has_left_another_way_stays_as_it_is_and_the_arrival_is_noted(channel: str, state: str) -> None:
    message = _given_up(channel=channel, state=state)
    report(message, "delivered")
    message.refresh_from_db()
    assert (message.state, message.channel) == (state, channel)
    assert message.events.filter(state=State.DELIVERED).count() == 1


@pytest.mark.parametrize("kind", ["sent", "bounced", "failed"])
def test_other_late_word_of_the_mail_changes_nothing(kind: str) -> None:
    message = _given_up(channel="cwc")
    assert report(message, kind) is None


@pytest.mark.parametrize("address", ["", "senator@legislature.example"])
def test_a_letter_that_was_never_mail_cannot_have_arrived_as_mail(address: str) -> None:
    message = make_message(channel="handoff", state=State.NEEDS_HANDOFF, recipient_address=address)
    DeliveryEvent.objects.create(message=message, at=timezone.now(), state=State.NEEDS_HANDOFF)
    assert report(message, "delivered") is None


# --- Stopped between two tries ----------------------------------------------------------------------------


@pytest.mark.parametrize(("in_doubt", "reason"), [(True, Reason.STOPPED_IN_DOUBT), (False, Reason.STAFF_CANCELLED)])
@pytest.mark.parametrize("way", ["one", "campaign"])
def test_what_is_stopped_after_a_try_without_an_answer_is_not_said_to_have_stayed(
    way: str, in_doubt: bool, reason: str
) -> None:
    campaign = uuid4()
    message = make_in_doubt(campaign_key=campaign) if in_doubt else make_message(campaign_key=campaign)
    if way == "one":
        assert outbox.cancel(message_id=message.pk)
    else:
        assert moderation.cancel_waiting(campaign_key=campaign, limit=10) == 1
    message.refresh_from_db()
    assert (message.state, message.events.get().reason) == (State.CANCELLED, reason)
    assert "before" not in str(State.CANCELLED.label)
