"""The way into the outbox, and what the staff may do to a message that is in it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from delivery.adapters import queue
from delivery.engine import addressing, states
from delivery.engine.drafts import MessageDraft
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import moves

MAX_NAME = 200


@transaction.atomic
def enqueue(*, drafts: Sequence[MessageDraft]) -> list[OutboxMessage]:
    """Writes one row a draft, in the caller's transaction and in the order given, and wakes the workers on commit.

    A draft without an address, or with one that mail cannot be sent to, becomes a hand-off that says so.
    Names and subjects are brought to one line and cut to what their columns hold.

    :raises addressing.UnusableAddress: the address that answers go to is not one; check it in the form.
    :raises django.db.IntegrityError: a draft's `dedupe_key` is taken. The caller's whole transaction is to be
        rolled back and its question asked anew: half a submission is worth nothing to anybody.
    """
    now = timezone.now()
    rows = [_row(draft, now) for draft in drafts]
    messages = OutboxMessage.objects.bulk_create(rows)
    DeliveryEvent.objects.bulk_create(
        [_first_event(message, draft, now) for message, draft in zip(messages, drafts, strict=True)]
    )
    if any(message.channel == OutboxMessage.Channel.EMAIL for message in messages):
        transaction.on_commit(queue.wake, robust=True)
    return messages


def retry(*, message_id: UUID) -> bool:
    """Puts a message that failed, or of which nothing is known, back into the queue; says whether it was in one.

    One of which nothing is known may reach its recipient twice: only a person may ask for it.
    """
    now = timezone.now()
    is_moved = moves.move(
        message_id=message_id,
        to=OutboxMessage.State.QUEUED,
        only_from=states.RETRYABLE,
        reason=DeliveryEvent.Reason.STAFF_RETRIED,
        at=now,
        attempts=0,
        next_attempt_at=now,
        planned_at=now,
        lease_owner="",
        lease_until=None,
    )
    if is_moved:
        transaction.on_commit(queue.wake, robust=True)
    return is_moved


def cancel(*, message_id: UUID) -> bool:
    """Stops a message that has not gone over the wire; says whether there was one to stop."""
    return moves.move(
        message_id=message_id,
        to=OutboxMessage.State.CANCELLED,
        only_from=states.CANCELLABLE,
        reason=DeliveryEvent.Reason.STAFF_CANCELLED,
        lease_owner="",
        lease_until=None,
    )


def _row(draft: MessageDraft, now: datetime) -> OutboxMessage:
    is_email = addressing.is_usable(draft.recipient_address)
    # An address that cannot be used is kept out of the row, so that nobody mistakes it for one.
    address = addressing.mailbox_address(draft.recipient_address) if is_email else ""
    return OutboxMessage(
        dedupe_key=draft.dedupe_key,
        stream=draft.stream,
        channel=OutboxMessage.Channel.EMAIL if is_email else OutboxMessage.Channel.HANDOFF,
        state=OutboxMessage.State.QUEUED if is_email else OutboxMessage.State.NEEDS_HANDOFF,
        recipient_name=addressing.one_line(draft.recipient_name, max_length=MAX_NAME),
        recipient_address=address,
        sender_name=addressing.one_line(draft.sender_name, max_length=MAX_NAME),
        reply_to_address=addressing.mailbox_address(draft.reply_to_address) if draft.reply_to_address else "",
        subject=addressing.one_line(draft.subject, max_length=addressing.MAX_SUBJECT),
        body=addressing.storable(draft.body),
        language=draft.language,
        campaign_key=draft.campaign_key,
        recipient_key=draft.recipient_key[:150],
        jurisdiction=draft.jurisdiction[:2].lower(),
        recipient_domain=address.rpartition("@")[2].lower(),
        congress=draft.congress.as_json() if draft.congress else {},
        hold_reasons=list(draft.hold_reasons),
        may_record_reply=draft.may_record_reply,
        created_at=now,
        state_changed_at=now,
        next_attempt_at=now,
        planned_at=None if draft.stream == OutboxMessage.Stream.LETTER and settings.PACE_LETTERS else now,
    )


def _first_event(message: OutboxMessage, draft: MessageDraft, now: datetime) -> DeliveryEvent:
    reason = ""
    if message.channel == OutboxMessage.Channel.HANDOFF:
        has_address = bool(draft.recipient_address.strip())
        reason = DeliveryEvent.Reason.UNUSABLE_ADDRESS if has_address else DeliveryEvent.Reason.NO_ADDRESS
    return DeliveryEvent(message=message, at=now, state=message.state, reason=reason)
