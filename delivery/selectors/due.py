"""Which messages could leave now: due, with a place in the plan, and not kept by a pause."""

from collections.abc import Collection
from datetime import datetime

from delivery.records.messages import OutboxMessage, OutboxQuerySet
from delivery.selectors import pauses

Stream = OutboxMessage.Stream
#: In this order they are taken: somebody waits for a receipt, nobody for an alert.
STREAMS = (Stream.RECEIPT, Stream.REPLY, Stream.LETTER, Stream.ALERT)


def sendable(now: datetime) -> OutboxQuerySet:
    """What a worker with time on its hands would send at `now`. What is paused is late by intent, and not here."""
    return pauses.without_paused(OutboxMessage.objects.due(now), pauses.in_force(now))


def oldest_by_stream(now: datetime, streams: Collection[str] = STREAMS) -> dict[str, datetime]:
    """Since when the oldest sendable message of each stream has been due; a stream without any is not named."""
    waiting = sendable(now)
    found = {}
    for stream in streams:
        in_order = waiting.filter(stream=stream).order_by("next_attempt_at")
        oldest = in_order.values_list("next_attempt_at", flat=True).first()
        if oldest is not None:
            found[stream] = oldest
    return found


def oldest_unplanned(now: datetime) -> datetime | None:
    """Since when the oldest letter waits for a place in the plan that may have one; None where none does."""
    unplanned = OutboxMessage.objects.filter(state=OutboxMessage.State.QUEUED, planned_at=None)
    waiting = pauses.without_paused(unplanned.filter(next_attempt_at__lte=now), pauses.in_force(now))
    return waiting.order_by("created_at").values_list("next_attempt_at", flat=True).first()
