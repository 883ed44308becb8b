"""What enters the outbox, and what the staff may do to it."""

import pytest
from django.db import IntegrityError, transaction

from delivery.engine.addressing import UnusableAddress
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import handoffs, outbox
from tests.factories.delivery import make_draft, make_message

State = OutboxMessage.State
Reason = DeliveryEvent.Reason
pytestmark = pytest.mark.django_db


def _history(message: OutboxMessage) -> list[tuple[str, str]]:
    return list(message.events.values_list("state", "reason"))


def test_drafts_become_rows_in_their_order_each_with_its_first_event() -> None:
    messages = outbox.enqueue(drafts=[make_draft(subject="One"), make_draft(subject="Two")])
    assert [message.subject for message in messages] == ["One", "Two"]
    assert all(_history(message) == [("queued", "")] for message in messages)


def test_no_drafts_are_no_trouble(no_queue: list[str]) -> None:
    assert outbox.enqueue(drafts=[]) == []


def test_an_office_without_an_address_becomes_a_handoff() -> None:
    [message] = outbox.enqueue(drafts=[make_draft(recipient_address="")])
    assert (message.channel, message.state) == ("handoff", State.NEEDS_HANDOFF)
    assert _history(message) == [("needs_handoff", Reason.NO_ADDRESS)]


@pytest.mark.parametrize("address", ["not an address", "a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example"])
def test_an_address_that_cannot_be_used_becomes_a_handoff_that_says_so(address: str) -> None:
    [message] = outbox.enqueue(drafts=[make_draft(recipient_address=address)])
    assert (message.state, message.recipient_address) == (State.NEEDS_HANDOFF, "")
    assert _history(message) == [("needs_handoff", Reason.UNUSABLE_ADDRESS)]


def test_names_of_any_length_and_shape_fit_their_columns() -> None:
    hostile = "Ada\r\nBcc: x@y.example\x00" + "ñ" * 10_000
    [message] = outbox.enqueue(
        drafts=[make_draft(recipient_name=hostile, sender_name=hostile, subject=hostile, body=hostile)]
    )
    message.refresh_from_db()
    message.full_clean()
    assert "\n" not in message.subject + message.sender_name + message.recipient_name
    assert "\x00" not in message.body
    assert len(message.body) == len(hostile) - 2


def test_an_unusable_reply_address_is_the_callers_mistake() -> None:
    with pytest.raises(UnusableAddress):
        outbox.enqueue(drafts=[make_draft(reply_to_address="a@b.example, c@d.example")])


@pytest.mark.database
def test_a_dedupe_key_that_is_taken_leaves_nothing_of_the_batch() -> None:
    outbox.enqueue(drafts=[make_draft(dedupe_key="same")])
    with pytest.raises(IntegrityError), transaction.atomic():
        outbox.enqueue(drafts=[make_draft(dedupe_key="other"), make_draft(dedupe_key="same")])
    assert OutboxMessage.objects.count() == 1
    assert DeliveryEvent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_the_workers_are_woken_after_the_commit_and_only_then(no_queue: list[str]) -> None:
    with transaction.atomic():
        outbox.enqueue(drafts=[make_draft()])
        assert no_queue == []
    assert no_queue == ["letters"]


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_submission_wakes_nobody_and_leaves_nothing(no_queue: list[str]) -> None:
    with transaction.atomic():
        outbox.enqueue(drafts=[make_draft()])
        transaction.set_rollback(True)
    assert no_queue == []
    assert OutboxMessage.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_handoffs_wake_nobody(no_queue: list[str]) -> None:
    outbox.enqueue(drafts=[make_draft(recipient_address="")])
    assert no_queue == []


@pytest.mark.parametrize("state", [State.FAILED, State.UNCERTAIN])
def test_what_failed_can_be_tried_again_from_the_beginning(state: str) -> None:
    message = make_message(state=state, attempts=9)
    assert outbox.retry(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.QUEUED, 0)
    assert _history(message) == [("queued", Reason.STAFF_RETRIED)]


@pytest.mark.parametrize("state", [s for s in State.values if s not in ("failed", "uncertain")])
def test_what_did_not_fail_cannot_be_tried_again(state: str) -> None:
    channel = "handoff" if state in ("needs_handoff", "handed_off") else "email"
    message = make_message(state=state, channel=channel)
    assert not outbox.retry(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, _history(message)) == (state, [])


@pytest.mark.parametrize("state", [State.QUEUED, State.CLAIMED])
def test_what_has_not_gone_out_can_be_cancelled(state: str) -> None:
    message = make_message(state=state)
    assert outbox.cancel(message_id=message.pk)
    message.refresh_from_db()
    assert message.state == State.CANCELLED
    assert not outbox.cancel(message_id=message.pk)
    assert _history(message) == [("cancelled", Reason.STAFF_CANCELLED)]


@pytest.mark.parametrize("state", [State.SENDING, State.ACCEPTED, State.DELIVERED, State.UNCERTAIN])
def test_what_may_have_gone_out_cannot_be_called_cancelled(state: str) -> None:
    message = make_message(state=state)
    assert not outbox.cancel(message_id=message.pk)
    message.refresh_from_db()
    assert message.state == state


def test_a_handoff_reported_twice_is_recorded_once() -> None:
    [message] = outbox.enqueue(drafts=[make_draft(recipient_address="")])
    assert handoffs.report_done(message_id=message.pk).state == State.HANDED_OFF
    assert handoffs.report_done(message_id=message.pk).state == State.HANDED_OFF
    assert [state for state, _ in _history(message)] == ["needs_handoff", "handed_off"]


def test_a_letter_that_is_mailed_cannot_be_reported_as_handed_over() -> None:
    [message] = outbox.enqueue(drafts=[make_draft()])
    with pytest.raises(OutboxMessage.DoesNotExist):
        handoffs.report_done(message_id=message.pk)
    message.refresh_from_db()
    assert message.state == State.QUEUED


def test_a_handoff_cannot_be_queued_even_by_mistake() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_message(channel="handoff", recipient_address="", state=State.QUEUED)
