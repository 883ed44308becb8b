"""A letter whose way fails goes the next one, and is never just lost."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.records.recipients import RecipientRecord
from delivery.services import dispatch, fallbacks, outbox, sweeping
from tests.delivery.fakes import REFUSED, FakeMailer, RoomsAbove
from tests.factories.delivery import make_message

State = OutboxMessage.State
Reason = DeliveryEvent.Reason
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

BY_CWC = {
    "channel": "cwc",
    "congress": {
        "office": "HMA05", "chamber": "us_house", "campaign_id": "c1", "prefix": "Dr.", "first_name": "Ada",
        "last_name": "Quill", "address1": "1 Elm St", "city": "Alder", "state": "MA", "zip_code": "02139",
        "email": "ada.quill@clinic.example", "subject": "Parity", "topics": ["Health"],
    },
    "routes": ["email", "handoff"],
}  # fmt: skip


def _history(message: OutboxMessage) -> list[tuple[str, str]]:
    return list(message.events.values_list("state", "reason"))


def test_what_congress_does_not_take_goes_by_mail(no_queue: list[str], rooms_above: RoomsAbove) -> None:
    message = make_message(**BY_CWC, state=State.FAILED, attempts=3, provider_message_id="x")
    assert fallbacks.fall_back(message_id=message.pk, reason=Reason.CWC_OFFICE_LEFT) == State.QUEUED
    message.refresh_from_db()
    assert (message.channel, message.routes, message.attempts) == ("email", ["handoff"], 0)
    assert (message.provider_message_id, message.planned_at is not None) == ("", True)
    assert _history(message) == [("queued", Reason.CWC_OFFICE_LEFT)]
    assert (no_queue, rooms_above.handed_off) == (["letters"], [])


@pytest.mark.parametrize("congress", [{"office": "HMA05"}, {**BY_CWC["congress"], "bills": [1]}, {"strange": True}])
def test_what_is_missing_for_congress_closes_that_way_and_no_other(congress: dict[str, object]) -> None:
    message = make_message(congress=congress, routes=["cwc", "handoff"], state=State.FAILED)
    assert fallbacks.fall_back(message_id=message.pk, reason=Reason.REFUSED) == State.NEEDS_HANDOFF


def test_the_next_way_is_paced_like_any_other(settings: Settings) -> None:
    settings.PACE_LETTERS = True
    message = make_message(**BY_CWC, state=State.FAILED)
    fallbacks.fall_back(message_id=message.pk, reason=Reason.TOO_LONG)
    message.refresh_from_db()
    assert message.planned_at is None


def test_a_letter_that_waits_can_change_its_way() -> None:
    message = make_message(**BY_CWC)
    assert outbox.reroute(message_id=message.pk) == State.QUEUED
    message.refresh_from_db()
    assert (message.channel, _history(message)) == ("email", [("queued", Reason.STAFF_REROUTED)])


def test_a_mailbox_that_returns_mail_is_passed_over() -> None:
    message = make_message(**BY_CWC, state=State.FAILED, recipient_key="official:1")
    RecipientRecord.objects.create(
        key="official:1", failing_since=timezone.now(), failing_address=message.recipient_address
    )
    assert fallbacks.fall_back(message_id=message.pk, reason=Reason.TOO_LONG) == State.NEEDS_HANDOFF


def test_the_last_way_is_the_supporters_hand_who_is_told_in_the_same_transaction(rooms_above: RoomsAbove) -> None:
    message = make_message(state=State.BOUNCED)
    assert fallbacks.fall_back(message_id=message.pk, reason=Reason.ADDRESS_FAILING) == State.NEEDS_HANDOFF
    message.refresh_from_db()
    assert (message.channel, message.state, rooms_above.handed_off) == ("handoff", State.NEEDS_HANDOFF, [message.pk])
    assert fallbacks.fall_back(message_id=message.pk, reason=Reason.ADDRESS_FAILING) == ""
    assert rooms_above.handed_off == [message.pk]


def test_a_handoff_that_nobody_can_be_told_of_does_not_happen(rooms_above: RoomsAbove) -> None:
    message = make_message(state=State.BOUNCED)
    rooms_above.fallback_error = RuntimeError("no")
    with pytest.raises(RuntimeError):
        fallbacks.fall_back(message_id=message.pk, reason=Reason.ADDRESS_FAILING)
    message.refresh_from_db()
    assert (message.channel, message.state, _history(message)) == ("email", State.BOUNCED, [])


@pytest.mark.parametrize("state", [State.SENDING, State.ACCEPTED, State.DELIVERED, State.UNCERTAIN, State.CANCELLED])
def test_what_may_be_under_way_takes_no_other_way_by_itself(state: str) -> None:
    message = make_message(state=state)
    assert fallbacks.fall_back(message_id=message.pk, reason=Reason.NEXT_CHANNEL) == ""
    message.refresh_from_db()
    assert (message.channel, message.state) == ("email", state)


def test_the_staff_may_decide_about_a_letter_in_doubt() -> None:
    message = make_message(state=State.UNCERTAIN)
    assert outbox.reroute(message_id=message.pk) == State.NEEDS_HANDOFF


@pytest.mark.parametrize("stream", ["receipt", "alert", "reply"])
def test_only_letters_have_other_ways(stream: str) -> None:
    message = make_message(stream=stream, state=State.FAILED)
    assert outbox.reroute(message_id=message.pk) == ""


def test_a_failed_letter_whose_next_way_was_barred_takes_it_later(rooms_above: RoomsAbove, settings: Settings) -> None:
    settings.DELIVERY_MODE, settings.EMAIL_BACKEND = "send", "delivery.adapters.smtp.SmtpBackend"
    message = make_message()
    rooms_above.fallback_error = RuntimeError("no")
    mailer = FakeMailer(failure=lambda _mail: REFUSED)
    dispatch.drain(connect=lambda: mailer)
    message.refresh_from_db()
    assert (message.state, _history(message)) == (State.FAILED, [("failed", Reason.REFUSED)])
    rooms_above.fallback_error = None
    sweeping.sweep()
    message.refresh_from_db()
    assert (message.state, rooms_above.handed_off) == (State.NEEDS_HANDOFF, [message.pk])


def test_what_failed_long_ago_is_left_alone(rooms_above: RoomsAbove) -> None:
    make_message(state=State.FAILED, state_changed_at=timezone.now() - timedelta(days=3))
    sweeping.sweep()
    assert rooms_above.handed_off == []
