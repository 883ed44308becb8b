"""Finds what was left behind: by a worker that died, a wake-up that was lost, a queue that is away."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from delivery.adapters import queue
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import dispatch, heartbeats, moves

State = OutboxMessage.State
#: A message that is due for this long although the queue was woken has no worker: the clock sends it itself.
OVERDUE = timedelta(seconds=120)
DRAIN_SECONDS = 10.0
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Swept:
    freed: int = 0
    uncertain: int = 0
    is_queue_away: bool = False
    drained: int = 0


def sweep(
    *,
    now: datetime | None = None,
    drain_seconds: float = DRAIN_SECONDS,
    should_stop: Callable[[], bool] = lambda: False,
) -> Swept:
    """Frees claims whose lease has ended, owns up to sends without an answer, and sees that what is due leaves.

    Does not depend on Redis: when that is away, or no worker listens, it sends what is due itself.
    """
    now = now or timezone.now()
    heartbeats.tick(now=now)
    freed = _free_claims(now)
    uncertain = _own_up(now)
    oldest = (
        OutboxMessage.objects.due(now).order_by("next_attempt_at").values_list("next_attempt_at", flat=True).first()
    )
    if oldest is None:
        return Swept(freed=freed, uncertain=uncertain)
    is_awake = queue.wake()
    if is_awake and oldest > now - OVERDUE:
        return Swept(freed=freed, uncertain=uncertain)
    drained = dispatch.drain(slice_seconds=drain_seconds, should_stop=should_stop)
    return Swept(freed, uncertain, is_queue_away=not is_awake, drained=drained.by_state.total())


def _free_claims(now: datetime) -> int:
    """Nothing had gone over the wire, so these simply wait again."""
    return OutboxMessage.objects.lease_expired(State.CLAIMED, now).update(
        state=State.QUEUED, state_changed_at=now, lease_owner="", lease_until=None
    )


def _own_up(now: datetime) -> int:
    expired = OutboxMessage.objects.lease_expired(State.SENDING, now).values_list("pk", flat=True)[:_BATCH]
    return sum(
        moves.move(
            message_id=message_id,
            to=State.UNCERTAIN,
            only_from=[State.SENDING],
            reason=DeliveryEvent.Reason.SENDER_STOPPED,
            at=now,
            lease_owner="",
            lease_until=None,
        )
        for message_id in list(expired)
    )
