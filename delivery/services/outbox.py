"""The way into the outbox, and what the staff may do to a message that is in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from delivery.adapters import mail_services, queue
from delivery.engine import addressing, states
from delivery.engine.drafts import MessageDraft
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.selectors import pacing, routes
from delivery.services import fallbacks, moves, planning

State = OutboxMessage.State
Stream = OutboxMessage.Stream
Channel = OutboxMessage.Channel
Reason = DeliveryEvent.Reason
MAX_NAME = 200


@transaction.atomic
def enqueue(*, drafts: Sequence[MessageDraft]) -> list[OutboxMessage]:
    """Writes one row a draft, in the caller's transaction and in the order given, and wakes the workers on commit.

    A letter goes by the first of its channels that is open; where none is, it becomes a hand-off that says so. What
    the staff want to read first is held. Mail that its recipient wants no more of is turned away before it leaves.
    Names and subjects are brought to one line and cut to what their columns hold.

    :raises addressing.UnusableAddress: the address that answers go to is not one; check it in the form.
    :raises django.db.IntegrityError: a draft's `dedupe_key` is taken. The caller's whole transaction is to be
        rolled back and its question asked anew: half a submission is worth nothing to anybody.
    """
    now = timezone.now()
    ways = _ways(drafts)
    messages = OutboxMessage.objects.bulk_create(
        [_row(draft, way, now) for draft, way in zip(drafts, ways, strict=True)]
    )
    DeliveryEvent.objects.bulk_create(
        [_first_event(message, way, now) for message, way in zip(messages, ways, strict=True)]
    )
    queue.wake_on_commit(message.stream for message in messages if message.state == State.QUEUED)
    return messages


def retry(*, message_id: UUID) -> bool:
    """Puts a message that failed, or of which nothing is known, back into the queue; says whether it was in one.

    One of which nothing is known may reach its recipient twice: only a person may ask for it. One that the mail
    service had taken waits until the service would send it again.
    """
    now = timezone.now()
    is_moved = moves.move(
        message_id=message_id,
        to=OutboxMessage.State.QUEUED,
        only_from=states.RETRYABLE,
        reason=DeliveryEvent.Reason.STAFF_RETRIED,
        at=now,
        attempts=0,
        next_attempt_at=max(now, _when_the_key_is_new(message_id) or now),
        # It gets a place among the others, so that trying hundreds again sends no burst.
        planned_at=None if settings.PACE_LETTERS else now,
        lease_owner="",
        lease_until=None,
    )
    if is_moved:
        transaction.on_commit(queue.wake, robust=True)
    return is_moved


def _when_the_key_is_new(message_id: UUID) -> datetime | None:
    """Once the service took a letter, it says yes to its key and sends nothing, until it has forgotten the key."""
    window = mail_services.key_window()
    if window is None:
        return None
    taken = DeliveryEvent.objects.filter(message=message_id, message__channel=Channel.EMAIL, state=State.ACCEPTED)
    latest = taken.order_by("-at").values_list("at", flat=True).first()
    return latest + window if latest is not None else None


@transaction.atomic
def cancel(*, message_id: UUID) -> bool:
    """Stops a message that is not under way; says whether there was one to stop.

    Where an earlier try may have arrived, the history says that.
    """
    rows = OutboxMessage.objects.select_for_update().filter(pk=message_id)
    in_doubt_since = rows.values_list("in_doubt_since", flat=True).first()
    placed = pacing.placed_letter(message_id)
    is_moved = moves.move(
        message_id=message_id,
        to=OutboxMessage.State.CANCELLED,
        only_from=states.CANCELLABLE,
        reason=moves.honest_reason(Reason.STAFF_CANCELLED, in_doubt_since),
        lease_owner="",
        lease_until=None,
    )
    if is_moved and placed is not None:
        planning.free(placed, now=timezone.now())
    return is_moved


def reroute(*, message_id: UUID) -> str:
    """Has a letter go by its next channel, in the end by the supporter's hand; its new state, "" if it stays.

    One of which nothing is known may reach its recipient twice: only a person may ask for it.
    """
    return fallbacks.fall_back(
        message_id=message_id, reason=DeliveryEvent.Reason.STAFF_REROUTED, is_doubt_accepted=True
    )


@dataclass(frozen=True, slots=True)
class _Way:
    """How a draft goes: its channel, what is left if that fails, its state, and why it is not simply queued."""

    channel: str
    routes: Sequence[str] = ()
    state: str = State.QUEUED
    reason: str = ""


def _ways(drafts: Sequence[MessageDraft]) -> list[_Way]:
    failing = routes.failing_addresses([draft.recipient_key for draft in drafts])
    return [
        _way_of_letter(draft, failing) if draft.stream == Stream.LETTER else _way_of_other(draft) for draft in drafts
    ]


def _way_of_letter(draft: MessageDraft, failing: Mapping[str, str]) -> _Way:
    channel, *rest = routes.open_routes(
        wanted=draft.routes,
        address=draft.recipient_address,
        recipient_key=draft.recipient_key,
        congress=draft.congress,
        failing=failing,
    )
    if channel == Channel.HANDOFF:
        return _Way(channel, (), State.NEEDS_HANDOFF, _why_by_hand(draft, failing))
    if draft.hold_reasons:
        first = draft.hold_reasons[0]
        known = first if first in Reason.values else Reason.TRIPPED_A_CHECK
        return _Way(channel, rest, State.HELD, known)
    return _Way(channel, rest)


def _way_of_other(draft: MessageDraft) -> _Way:
    """Whether its recipient wants it is asked as it leaves: the wish may be younger than the mail."""
    if not addressing.is_usable(draft.recipient_address):
        return _Way(Channel.HANDOFF, (), State.NEEDS_HANDOFF, _why_by_hand(draft, {}))
    return _Way(Channel.EMAIL)


def _why_by_hand(draft: MessageDraft, failing: Mapping[str, str]) -> str:
    if not draft.recipient_address.strip() or Channel.EMAIL not in draft.routes:
        return Reason.NO_ADDRESS
    if not addressing.is_usable(draft.recipient_address):
        return Reason.UNUSABLE_ADDRESS
    return Reason.ADDRESS_FAILING if draft.recipient_key in failing else Reason.SUPPRESSED


def _row(draft: MessageDraft, way: _Way, now: datetime) -> OutboxMessage:
    # An address that cannot be used is kept out of the row, so that nobody mistakes it for one.
    is_usable = addressing.is_usable(draft.recipient_address)
    address = addressing.mailbox_address(draft.recipient_address) if is_usable else ""
    return OutboxMessage(
        dedupe_key=draft.dedupe_key,
        stream=draft.stream,
        channel=way.channel,
        state=way.state,
        routes=list(way.routes),
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


def _first_event(message: OutboxMessage, way: _Way, now: datetime) -> DeliveryEvent:
    return DeliveryEvent(message=message, at=now, state=message.state, reason=way.reason)


def write_anew(*, dedupe_key: str) -> bool:
    """Has a mail that nobody has begun to send written once more, because what it said is not so any more.

    :returns: whether there was one. Only for mail that `DELIVERY_MAIL_WRITER` writes.
    """
    waiting = OutboxMessage.objects.filter(dedupe_key=dedupe_key, state=OutboxMessage.State.QUEUED, attempts=0)
    return bool(waiting.update(body=""))
