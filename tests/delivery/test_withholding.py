"""Letters that wait for the form that they came with: let go together, stopped, and put back."""

import pytest
from django.utils import timezone

from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import withholding
from tests.factories.delivery import make_message

State = OutboxMessage.State
Reason = DeliveryEvent.Reason
pytestmark = pytest.mark.django_db


def _withdraw(*messages: OutboxMessage, decision: str = "decision 1") -> list:
    return withholding.withdraw(
        message_ids=[message.pk for message in messages], reason=Reason.WITHDRAWN, decision=decision
    )


def _held(*reasons: str) -> OutboxMessage:
    return make_message(state=State.HELD, hold_reasons=list(reasons))


def test_release_lets_go_what_waits_for_its_form_only() -> None:
    alone, read_too, moderated = _held("not_confirmed"), _held("being_checked", "link"), _held("link")
    ids = [message.pk for message in (alone, read_too, moderated)]
    assert withholding.release(message_ids=ids) == 1
    for message in (alone, read_too, moderated):
        message.refresh_from_db()
    assert (alone.state, alone.hold_reasons) == (State.QUEUED, [])
    assert (read_too.state, read_too.hold_reasons) == (State.HELD, ["link"])
    assert moderated.events.count() == 0
    assert [event.reason for event in read_too.events.all()] == [Reason.TRIPPED_A_CHECK]


@pytest.mark.parametrize("state", sorted(set(State.values) - {"queued", "claimed", "held", "needs_handoff"}))
def test_what_has_left_or_is_over_is_not_stopped(state: str) -> None:
    channel = {"channel": "handoff", "recipient_address": ""} if state == State.HANDED_OFF else {}
    message = make_message(state=state, **channel)
    assert _withdraw(message) == []
    message.refresh_from_db()
    assert message.state == state


def test_only_the_decision_that_stopped_a_letter_brings_it_back() -> None:
    message = make_message(state=State.QUEUED)
    message.events.create(at=timezone.now(), state=State.QUEUED)
    assert _withdraw(message) == [message.pk]
    assert withholding.restore(message_ids=[message.pk], decision="decision 2") == []
    assert withholding.restore(message_ids=[message.pk], decision="decision 1") == [message.pk]
    assert withholding.restore(message_ids=[message.pk], decision="decision 1") == []
    message.refresh_from_db()
    assert message.state == State.QUEUED


def test_a_letter_that_the_staff_cancelled_stays_cancelled() -> None:
    message = make_message(state=State.CANCELLED)
    message.events.create(at=timezone.now(), state=State.CANCELLED, reason=Reason.STAFF_CANCELLED)
    assert withholding.restore(message_ids=[message.pk], decision="") == []


def test_the_key_of_what_is_stopped_is_free_again() -> None:
    message = make_message(state=State.QUEUED)
    key = message.dedupe_key
    _withdraw(message)
    assert make_message(dedupe_key=key).pk != message.pk
