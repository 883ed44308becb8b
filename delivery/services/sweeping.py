"""Finds what was left behind: by a worker that died, a wake-up that was lost, a queue that is away."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from delivery.adapters import queue
from delivery.engine import backoff
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.selectors import due, pacing
from delivery.services import dispatch, fallbacks, heartbeats, moves

State = OutboxMessage.State
#: A message that is due for this long although the queue was woken has no worker: the clock sends it itself.
OVERDUE = timedelta(seconds=120)
DRAIN_SECONDS = 10.0
#: A letter that failed longer ago than this is history.
GO_ON_WITHIN = timedelta(days=1)
#: Machines of one site differ by less.
CLOCK_TOLERANCE = timedelta(minutes=10)
#: No message that was tried waits longer for its next try.
LONGEST_WAIT = timedelta(seconds=backoff.LONGEST_WAIT_SECONDS) + CLOCK_TOLERANCE
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
    _go_on_with_failed(now)
    _undo_a_clock_that_was_ahead(now)
    # What is paused is late by intent: nobody is woken for it, and nothing is overdue.
    oldest = due.oldest_by_stream(now)
    unplanned = due.oldest_unplanned(now)
    is_asked_again = pacing.is_asked_again() and not pacing.is_everything_paused(now)
    waiting = set(oldest) | ({OutboxMessage.Stream.LETTER} if unplanned or is_asked_again else set())
    if not waiting:
        return Swept(freed=freed, uncertain=uncertain)
    is_awake = queue.wake(*queue.queues_of(waiting))
    # Workers give letters their places: one that has none for so long has no worker either.
    is_overdue = any(since <= now - OVERDUE for since in (*oldest.values(), *([unplanned] if unplanned else [])))
    if is_awake and not is_overdue:
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


def _go_on_with_failed(now: datetime) -> None:
    """A letter that failed or came back goes the next way in that transaction. One that could not does so now."""
    failed = OutboxMessage.objects.filter(
        stream=OutboxMessage.Stream.LETTER,
        state__in=(State.FAILED, State.BOUNCED),
        state_changed_at__gt=now - GO_ON_WITHIN,
    )
    for message_id in list(failed.values_list("pk", flat=True)[:_BATCH]):
        fallbacks.after_failure(message_id=message_id)


def _undo_a_clock_that_was_ahead(now: datetime) -> None:
    """Times that lie further ahead than anything here ever puts them were written by a clock that was wrong.

    A lease of that kind counts as ended (`lease_expired`); a message waits for no more than what it would have.
    """
    queued = OutboxMessage.objects.filter(state=State.QUEUED)
    # A letter is placed anew; whatever had been tried, or is no letter, may be tried now.
    queued.filter(planned_at__gt=now + CLOCK_TOLERANCE, stream=OutboxMessage.Stream.LETTER).update(
        planned_at=None, next_attempt_at=now
    )
    ahead = queued.filter(next_attempt_at__gt=now + LONGEST_WAIT)
    ahead.exclude(stream=OutboxMessage.Stream.LETTER, attempts=0).update(next_attempt_at=now)
