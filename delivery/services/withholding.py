"""Keeps all letters of a form from leaving, lets them go together, and takes such a decision back."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from delivery.adapters import queue
from delivery.engine.rulings import WITH_ITS_FORM
from delivery.engine.states import CANCELLABLE
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import moves, planning

State = OutboxMessage.State
Reason = DeliveryEvent.Reason
_BATCH = 500


@transaction.atomic
def release(*, message_ids: Collection[UUID]) -> int:
    """Lets letters go that waited for their form; says how many went into the queue.

    What the staff want to read for another reason as well stays held for that one.
    """
    now = timezone.now()
    queued, events = [], []
    for message in _locked(message_ids, (State.HELD,)):
        left = [reason for reason in message.hold_reasons if reason not in WITH_ITS_FORM]
        if left == message.hold_reasons:
            continue
        message.hold_reasons = left
        if left:
            reason = left[0] if left[0] in Reason.values else Reason.TRIPPED_A_CHECK
        else:
            reason = Reason.RELEASED
            _into_the_queue(message)
            queued.append(message)
        message.save(update_fields=["hold_reasons", *_QUEUE_COLUMNS])
        events.append(DeliveryEvent(message=message, at=now, state=message.state, reason=reason))
    DeliveryEvent.objects.bulk_create(events)
    queue.wake_on_commit(message.stream for message in queued)
    return len(queued)


def withdraw(*, message_ids: Sequence[UUID], reason: str, decision: str = "") -> list[UUID]:
    """Stops for good whatever of these is not under way; says which.

    Waits for whoever is at a row just now: a letter that is only being given its time must not slip through. The keys
    of those that are stopped become free, so that the person can write such a letter after all.

    :param reason: a `DeliveryEvent.Reason` value; where an earlier try may have arrived, the history says that.
    :param decision: by which `restore` finds again what was stopped; nothing personal.
    """
    ids = list(message_ids)
    parts = [_withdraw(ids[start : start + _BATCH], reason, decision) for start in range(0, len(ids), _BATCH)]
    stopped = [message_id for part in parts for message_id in part]
    if stopped:
        # What waits behind them moves up.
        transaction.on_commit(planning.replan, robust=True)
    return stopped


@transaction.atomic
def _withdraw(message_ids: Collection[UUID], reason: str, decision: str) -> list[UUID]:
    now = timezone.now()
    rows = list(_locked(message_ids, CANCELLABLE))
    OutboxMessage.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=State.CANCELLED,
        state_changed_at=now,
        lease_owner="",
        lease_until=None,
        dedupe_key=Concat(Value("withdrawn:"), Cast("pk", CharField())),
    )
    DeliveryEvent.objects.bulk_create(
        DeliveryEvent(
            message=row,
            at=now,
            state=State.CANCELLED,
            reason=moves.honest_reason(reason, row.in_doubt_since),
            detail=decision,
        )
        for row in rows
    )
    return [row.pk for row in rows]


@transaction.atomic
def restore(*, message_ids: Collection[UUID], decision: str) -> list[UUID]:
    """Puts back what this decision stopped, as it was before; says which.

    A letter that somebody stopped once more since then stays stopped, and so does one of which an earlier try may
    have reached the office.

    :param decision: as `withdraw` was given it.
    """
    now = timezone.now()
    rows = list(_locked(message_ids, (State.CANCELLED,)))
    histories: dict[UUID, list[DeliveryEvent]] = {row.pk: [] for row in rows}
    for event in DeliveryEvent.objects.filter(message__in=rows).order_by("at", "pk"):
        histories[event.message_id].append(event)
    restored, events = [], []
    for row in rows:
        *before, last = histories[row.pk]
        if last.reason != Reason.WITHDRAWN or last.detail != decision:
            continue
        _as_before(row, before[-1].state if before else "")
        row.save(update_fields=_QUEUE_COLUMNS)
        restored.append(row)
        events.append(DeliveryEvent(message=row, at=now, state=row.state, reason=Reason.RESTORED))
    DeliveryEvent.objects.bulk_create(events)
    queue.wake_on_commit(row.stream for row in restored if row.state == State.QUEUED)
    return [row.pk for row in restored]


_QUEUE_COLUMNS = [
    "state",
    "state_changed_at",
    "attempts",
    "next_attempt_at",
    "planned_at",
    "lease_owner",
    "lease_until",
]


def _into_the_queue(message: OutboxMessage) -> None:
    """With a place among the others, so that letting hundreds go sends no burst."""
    now = timezone.now()
    message.state, message.state_changed_at = State.QUEUED, now
    message.attempts, message.next_attempt_at = 0, now
    message.planned_at = None if settings.PACE_LETTERS else now
    message.lease_owner, message.lease_until = "", None


def _as_before(message: OutboxMessage, state: str) -> None:
    if message.channel == OutboxMessage.Channel.HANDOFF:
        message.state, message.state_changed_at = State.NEEDS_HANDOFF, timezone.now()
    elif state == State.HELD:
        message.state, message.state_changed_at = State.HELD, timezone.now()
    else:
        _into_the_queue(message)


def _locked(message_ids: Collection[UUID], only_in: Collection[str]) -> Sequence[OutboxMessage]:
    """In the order of their ids, so that two who do this at once wait instead of blocking each other."""
    chosen = OutboxMessage.objects.filter(pk__in=list(message_ids), state__in=list(only_in))
    return list(chosen.select_for_update().order_by("pk"))
