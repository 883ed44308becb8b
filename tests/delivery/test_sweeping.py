"""Nothing that was left behind stays behind."""

from datetime import timedelta

import pytest
from django.utils import timezone

from delivery.adapters import queue
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import sweeping
from tests.factories.delivery import make_message

State = OutboxMessage.State
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@pytest.fixture
def redis_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "wake", lambda *_names: False)


def _leased(state: str, *, seconds_left: int) -> OutboxMessage:
    until = timezone.now() + timedelta(seconds=seconds_left)
    return make_message(state=state, lease_owner="worker", lease_until=until)


def test_a_claim_whose_worker_died_is_free_again(no_queue: list[str]) -> None:
    message = _leased(State.CLAIMED, seconds_left=-1)
    swept = sweeping.sweep()
    message.refresh_from_db()
    assert (swept.freed, message.state, message.lease_owner, no_queue) == (1, State.QUEUED, "", ["letters"])
    assert message.events.count() == 0


def test_a_send_whose_worker_died_is_owned_up_to_as_uncertain(no_queue: list[str]) -> None:
    message = _leased(State.SENDING, seconds_left=-1)
    swept = sweeping.sweep()
    message.refresh_from_db()
    assert (swept.uncertain, message.state, message.lease_owner, no_queue) == (1, State.UNCERTAIN, "", [])
    event = message.events.get()
    assert (event.state, event.reason) == (State.UNCERTAIN, DeliveryEvent.Reason.SENDER_STOPPED)
    assert sweeping.sweep().uncertain == 0


def test_a_row_taken_without_a_lease_does_not_wait_for_ever() -> None:
    make_message(state=State.CLAIMED)
    make_message(state=State.SENDING)
    swept = sweeping.sweep()
    assert (swept.freed, swept.uncertain) == (1, 1)


def test_workers_at_work_are_left_alone() -> None:
    _leased(State.CLAIMED, seconds_left=60)
    _leased(State.SENDING, seconds_left=60)
    assert sweeping.sweep() == sweeping.Swept()
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {State.CLAIMED, State.SENDING}


def test_what_is_due_wakes_the_workers_and_is_left_to_them(no_queue: list[str]) -> None:
    message = make_message()
    sweeping.sweep()
    message.refresh_from_db()
    assert (no_queue, message.state) == (["letters"], State.QUEUED)


def test_with_redis_away_the_sweep_sends_by_itself(redis_away: None) -> None:
    message = make_message()
    swept = sweeping.sweep()
    message.refresh_from_db()
    assert (swept.is_queue_away, swept.drained, message.state) == (True, 1, State.CAPTURED)


def test_with_no_worker_listening_the_sweep_sends_what_is_overdue() -> None:
    message = make_message(next_attempt_at=timezone.now() - sweeping.OVERDUE - timedelta(seconds=1))
    swept = sweeping.sweep()
    message.refresh_from_db()
    assert (swept.is_queue_away, swept.drained, message.state) == (False, 1, State.CAPTURED)


def test_an_empty_outbox_disturbs_nobody(no_queue: list[str]) -> None:
    assert sweeping.sweep() == sweeping.Swept()
    assert no_queue == []
