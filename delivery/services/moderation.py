"""What the staff decide about messages that are held, and about many messages at once."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from delivery.adapters import queue
from delivery.engine.rulings import WITH_ITS_FORM, WRONG_PERSON
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.records.rejections import Rejection
from delivery.services import fallbacks, moves, planning

State = OutboxMessage.State
Reason = DeliveryEvent.Reason
#: Rows in one transaction: others wait for no longer than this takes.
_BATCH = 500


def approve(*, message_ids: Sequence[UUID]) -> int:
    """Puts held messages into the queue; says how many.

    Those that would reach the wrong person stay held, and those that wait for the form that they came with.
    """
    now = timezone.now()
    reasons = OutboxMessage.objects.filter(pk__in=list(message_ids), state=State.HELD).values_list("pk", "hold_reasons")
    allowed = [pk for pk, held_for in reasons if (WRONG_PERSON | WITH_ITS_FORM).isdisjoint(held_for)]
    moved = _move_each(
        Q(pk__in=allowed),
        only_from=(State.HELD,),
        to=State.QUEUED,
        reason=Reason.STAFF_APPROVED,
        attempts=0,
        next_attempt_at=now,
        # It gets a place among the others, so that approving hundreds sends no burst.
        planned_at=None,
    )
    if moved:
        queue.wake_on_commit([OutboxMessage.Stream.LETTER])
    return len(moved)


def reject(*, message_ids: Sequence[UUID], why: str) -> int:
    """Stops held messages for good; says how many.

    :param why: a `Rejection` value, kept in the history.
    """
    moved = _move_each(
        Q(pk__in=list(message_ids)),
        only_from=(State.HELD,),
        to=State.CANCELLED,
        reason=Reason.STAFF_REJECTED,
        detail=Rejection(why).value,
    )
    return len(moved)


def hand_over(*, message_ids: Sequence[UUID]) -> int:
    """Gives held letters to their writers, to be handed over by themselves; says how many."""
    return sum(_hand_over(message_id) for message_id in message_ids)


@transaction.atomic
def _hand_over(message_id: UUID) -> bool:
    # By no other channel: to whom it would go is just what is in doubt.
    if not OutboxMessage.objects.filter(pk=message_id, state=State.HELD).update(routes=[]):
        return False
    return bool(fallbacks.fall_back(message_id=message_id, reason=Reason.STAFF_REROUTED))


def cancel_held(*, message_ids: Sequence[UUID]) -> int:
    """Cancels held letters that nobody judged: the official is gone; says how many."""
    moved = _move_each(
        Q(pk__in=list(message_ids)), only_from=(State.HELD,), to=State.CANCELLED, reason=Reason.STAFF_CANCELLED
    )
    return len(moved)


def cancel_waiting(*, campaign_key: UUID, limit: int) -> int:
    """Stops up to `limit` letters of a campaign that wait in the queue; says how many.

    What is held, handed over or already on its way stays as it is.
    """
    moved = _move_each(
        Q(campaign_key=campaign_key, stream=OutboxMessage.Stream.LETTER),
        only_from=(State.QUEUED,),
        to=State.CANCELLED,
        reason=Reason.STAFF_CANCELLED,
        limit=limit,
        lease_owner="",
        lease_until=None,
    )
    if moved:
        # What waits behind them moves up.
        planning.replan()
    return len(moved)


def _move_each(
    chosen: Q,
    *,
    only_from: Collection[str],
    to: str,
    reason: str,
    detail: str = "",
    limit: int | None = None,
    **columns: Any,
) -> list[UUID]:
    """Moves what is chosen and in one of these states, a batch a transaction, each with its event; returns whom."""
    moved: list[UUID] = []
    while limit is None or len(moved) < limit:
        size = _BATCH if limit is None else min(_BATCH, limit - len(moved))
        batch = _move_batch(chosen, only_from, to, reason, detail, size, timezone.now(), columns)
        moved += batch
        if len(batch) < size:
            break
    return moved


@transaction.atomic
def _move_batch(
    chosen: Q,
    only_from: Collection[str],
    to: str,
    reason: str,
    detail: str,
    size: int,
    now: datetime,
    columns: dict[str, Any],
) -> list[UUID]:
    rows = OutboxMessage.objects.filter(chosen, state__in=list(only_from)).order_by()
    if connection.features.has_select_for_update_skip_locked:
        # What a worker has just taken is on its way. On SQLite this transaction is the only one that writes.
        rows = rows.select_for_update(skip_locked=True)
    chosen_rows = list(rows.values_list("pk", "in_doubt_since")[:size])
    ids = [pk for pk, _in_doubt_since in chosen_rows]
    OutboxMessage.objects.filter(pk__in=ids).update(state=to, state_changed_at=now, **columns)
    DeliveryEvent.objects.bulk_create(
        DeliveryEvent(
            message_id=pk, at=now, state=to, reason=moves.honest_reason(reason, in_doubt_since), detail=detail
        )
        for pk, in_doubt_since in chosen_rows
    )
    return ids
