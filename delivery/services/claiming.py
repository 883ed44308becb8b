"""Takes due messages for one worker, and lets go of them; no two workers ever hold the same one."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from delivery.records.messages import OutboxMessage, OutboxQuerySet
from delivery.selectors import due, lanes
from delivery.services import statements

State = OutboxMessage.State

#: What nobody asks of a letter on its way out; a time costs more to read than its text.
_UNREAD = (
    *("created_at", "planned_at", "next_attempt_at", "state_changed_at", "lease_until"),
    *("dedupe_key", "provider_message_id", "jurisdiction", "routes", "hold_reasons", "may_record_reply"),
)


def claim(
    *,
    owner: str,
    limit: int,
    now: datetime,
    streams: Sequence[str] = due.STREAMS,
    closed_lanes: Collection[str] = (),
) -> list[OutboxMessage]:
    """Takes up to `limit` due messages for `owner`, those of the first stream first.

    Leaves what is paused, and what would go through one of `closed_lanes`.
    """
    waiting = lanes.outside(due.sendable(now), closed_lanes)
    taken: list[OutboxMessage] = []
    with transaction.atomic():
        for stream in streams:
            if len(taken) < limit:
                taken += _first(waiting.filter(stream=stream), limit - len(taken))
        if not taken:
            return []
        ids = [message.pk for message in taken]
        lease = {
            "state": State.CLAIMED,
            "state_changed_at": now,
            "lease_owner": owner,
            "lease_until": now + timedelta(seconds=settings.CLAIM_LEASE_SECONDS),
        }
        count = OutboxMessage.objects.filter(pk__in=ids, state=State.QUEUED).update(**lease)
    if count != len(taken):
        # Where rows cannot be locked, somebody may have been quicker: what the UPDATE wrote is what we hold.
        held = OutboxMessage.objects.filter(pk__in=ids, state=State.CLAIMED, lease_owner=owner)
        return sorted(held, key=lambda message: ids.index(message.pk))
    for message in taken:
        for column, value in lease.items():
            setattr(message, column, value)
    return taken


def mark_sending(messages: Sequence[OutboxMessage]) -> frozenset[UUID]:
    """Commits the intent to send before anything goes over the wire; the ids of those that may leave now.

    Whether one is paused is part of the same statement: the switch that stops everything acts from its commit on.

    :param messages: of one owner; all of them are sent within moments.
    """
    now = timezone.now()
    return statements.mark_sending(intent(messages, now), now=now)


def intent(messages: Sequence[OutboxMessage], now: datetime) -> statements.Intent:
    """To send `messages`, all of one owner, within moments."""
    [owner] = {message.lease_owner for message in messages}
    return statements.Intent(
        message_ids=[message.pk for message in messages],
        owner=owner,
        lease_until=now + timedelta(seconds=settings.SEND_LEASE_SECONDS),
    )


def release(*, owner: str, messages: Collection[OutboxMessage] | None = None, until: datetime | None = None) -> int:
    """Puts back what `owner` holds and has not begun to send: all of it, or `messages`; says how many.

    :param until: none of them is taken again before.
    """
    held = OutboxMessage.objects.filter(state=State.CLAIMED, lease_owner=owner)
    if messages is not None:
        held = held.filter(pk__in=[message.pk for message in messages])
    return _free(held, **({"next_attempt_at": until} if until else {}))


def not_begun(*, owner: str, messages: Collection[OutboxMessage]) -> int:
    """Puts back what was marked as being sent, and of which certainly nothing went over the wire; says how many."""
    marked = [message.pk for message in messages]
    return _free(OutboxMessage.objects.filter(pk__in=marked, state=State.SENDING, lease_owner=owner))


def postpone(*, lane: str, until: datetime) -> int:
    """Lets everything that is due in `lane` wait: its service has said for how long it wants no mail."""
    # What a worker has claimed and not begun goes back as it is, and must not come back at once.
    waiting = OutboxMessage.objects.filter(
        state__in=[State.QUEUED, State.CLAIMED], planned_at__isnull=False, next_attempt_at__lte=timezone.now()
    )
    return lanes.inside(waiting, lane).update(next_attempt_at=until)


def _free(held: OutboxQuerySet, **later: datetime) -> int:
    return held.update(state=State.QUEUED, state_changed_at=timezone.now(), lease_owner="", lease_until=None, **later)


def _first(waiting: OutboxQuerySet, limit: int) -> list[OutboxMessage]:
    in_order = waiting.order_by("next_attempt_at", "created_at").defer(*_UNREAD)
    if connection.features.has_select_for_update_skip_locked:
        in_order = in_order.select_for_update(skip_locked=True)
    return list(in_order[:limit])
