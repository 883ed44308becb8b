"""What follows from a report beside the message's state: for the office's mailbox, its pauses, the next way."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from delivery.adapters import mail_services
from delivery.engine import tracking
from delivery.engine.tracking import Fault, TrackingReport
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.records.pauses import Pause
from delivery.records.recipients import RecipientRecord, Suppression
from delivery.services import fallbacks, moves, pauses, suppressions

State = OutboxMessage.State
Stream = OutboxMessage.Stream
Reason = DeliveryEvent.Reason
#: So often a letter that was returned for now is sent anew, before it goes another way.
MAX_RETURNS = 3
#: What a supporter wants no more who calls one kind of our mail unwanted. An office's answer was asked for.
_UNWANTED_BY_SUPPORTER = {
    Stream.ALERT: (Stream.ALERT,),
    Stream.RECEIPT: (Stream.RECEIPT, Stream.ALERT),
    Stream.REPLY: (Stream.ALERT,),
}


def react(*, message: OutboxMessage, report: TrackingReport, at: datetime, has_moved: bool) -> None:
    """Draws the consequences of a report that is new, in the transaction that writes it down.

    :param message: locked, in the state that the report left it in.
    :param at: when what is reported happened.
    :param has_moved: the report changed the state.
    """
    if report.kind in ("complained", "unsubscribed"):
        _suppress(message, report.kind)
    elif message.stream != Stream.LETTER:
        if tracking.fault(report) is Fault.MAILBOX:
            # One receipt was asked for by whoever typed the address; alerts would come back for ever.
            _suppress_for_supporter(message, (Stream.ALERT,), Suppression.Reason.BOUNCED)
    elif report.kind == "delivered":
        _heal(message, at)
    else:
        _answer_fault(message, tracking.fault(report), at, has_moved)


@transaction.atomic
def address_failed(*, message_id: UUID, codes: str) -> bool:
    """Notes that a mail server refused the letter's recipient while we spoke to it; says whether the mailbox is dead.

    A refusal that is about us is nothing to hold against the mailbox: it is seen in the rate of failures.

    :param codes: SMTP reply and enhanced status codes, such as "550 5.1.1".
    """
    message = OutboxMessage.objects.filter(pk=message_id, stream=Stream.LETTER).first()
    if message is None or not tracking.is_mailbox_gone(codes):
        return False
    _mark_failing(message, timezone.now())
    return True


def _answer_fault(message: OutboxMessage, fault: Fault, at: datetime, has_moved: bool) -> None:
    if fault is Fault.MAILBOX:
        _mark_failing(message, at)
    elif fault is Fault.FOR_NOW:
        _count_refusal(message, at)
    if not has_moved or message.state not in (State.BOUNCED, State.FAILED):
        return
    if fault is Fault.FOR_NOW and _returns_of(message) < MAX_RETURNS:
        _send_anew(message)
        return
    reason = Reason.ADDRESS_FAILING if fault is Fault.MAILBOX else Reason.NEXT_CHANNEL
    # Should the next way fail, what the service said is kept all the same, and the clock tries that way again.
    fallbacks.after_failure(message_id=message.pk, reason=reason)


def _mark_failing(message: OutboxMessage, at: datetime) -> None:
    if not message.recipient_key or _has_taken_mail_since(message, at):
        return
    record = _record_of(message)
    if record.failing_since and record.failing_address.casefold() == message.recipient_address.casefold():
        record.failing_since = min(record.failing_since, at)
    else:
        record.failing_since, record.failing_address = at, message.recipient_address
    record.save(update_fields=["name", "failing_since", "failing_address"])


def _has_taken_mail_since(message: OutboxMessage, at: datetime) -> bool:
    """Reports come in any order: one of an old return says nothing of a mailbox that has taken mail since."""
    return DeliveryEvent.objects.filter(
        message__recipient_key=message.recipient_key,
        message__recipient_address__iexact=message.recipient_address,
        state=State.DELIVERED,
        at__gt=at,
    ).exists()


def _count_refusal(message: OutboxMessage, at: datetime) -> None:
    """Leaves a mailbox alone that refuses more than once in a row: the office, never its campaign."""
    if not message.recipient_key or _has_taken_mail_since(message, at):
        return
    now = timezone.now()
    kept = Pause.objects.active(now).filter(
        scope=Pause.Scope.RECIPIENT, key=message.recipient_key, reason=Pause.Reason.SOFT_BOUNCES
    )
    record = _record_of(message)
    # Letters that had left before the pause began tell nothing new.
    if not kept.exists():
        record.soft_bounces = min(record.soft_bounces + 1, 1_000)
        seconds = tracking.pause_seconds(record.soft_bounces)
        if seconds:
            pauses.pause(
                scope=Pause.Scope.RECIPIENT,
                key=message.recipient_key,
                reason=Pause.Reason.SOFT_BOUNCES,
                until=now + timedelta(seconds=seconds),
            )
    record.last_soft_bounce_at = max(at, record.last_soft_bounce_at or at)
    record.save(update_fields=["name", "soft_bounces", "last_soft_bounce_at"])


def _heal(message: OutboxMessage, at: datetime) -> None:
    """The mailbox took mail: what was held against it before that is forgotten."""
    if not message.recipient_key:
        return
    record = RecipientRecord.objects.select_for_update().filter(key=message.recipient_key).first()
    if record is None:
        return
    same_address = record.failing_address.casefold() == message.recipient_address.casefold()
    if record.failing_since and same_address and record.failing_since <= at:
        record.failing_since, record.failing_address = None, ""
    if record.soft_bounces and (record.last_soft_bounce_at or at) <= at:
        record.soft_bounces, record.last_soft_bounce_at = 0, None
        pauses.resume(scope=Pause.Scope.RECIPIENT, key=message.recipient_key, reason=Pause.Reason.SOFT_BOUNCES)
    record.save(update_fields=["failing_since", "failing_address", "soft_bounces", "last_soft_bounce_at"])


def _record_of(message: OutboxMessage) -> RecipientRecord:
    record, is_new = RecipientRecord.objects.select_for_update().get_or_create(
        key=message.recipient_key, defaults={"name": message.recipient_name}
    )
    if not is_new and not record.name:
        record.name = message.recipient_name
    return record


def _returns_of(message: OutboxMessage) -> int:
    return message.events.filter(state=State.BOUNCED, reason=Reason.SOFT_BOUNCE).count()


def _send_anew(message: OutboxMessage) -> None:
    """The service gave up and says that it did not arrive: the same letter tries once more, when the pause is over."""
    now = timezone.now()
    pause = Pause.objects.about(message, now).filter(reason=Pause.Reason.SOFT_BOUNCES).first()
    first_pause = now + timedelta(seconds=tracking.pause_seconds(2))
    again = (pause.until if pause else None) or first_pause
    if (window := mail_services.key_window()) is not None:
        # Under a key that the service still knows it would say yes once more, and send nothing.
        again = max(again, now + window)
    moves.move(
        message_id=message.pk,
        to=State.QUEUED,
        only_from=[State.BOUNCED],
        reason=Reason.REFUSED_FOR_NOW,
        at=now,
        next_attempt_at=again,
        # All that came back waits for the same moment: one after the other, then.
        planned_at=None if settings.PACE_LETTERS else now,
        provider_message_id="",
    )


def _suppress(message: OutboxMessage, kind: str) -> None:
    reason = Suppression.Reason.COMPLAINED if kind == "complained" else Suppression.Reason.UNSUBSCRIBED
    if message.stream == Stream.LETTER:
        suppressions.suppress(address=message.recipient_address, stream=Stream.LETTER, reason=reason)
    elif reason == Suppression.Reason.COMPLAINED:
        _suppress_for_supporter(message, _UNWANTED_BY_SUPPORTER[Stream(message.stream)], reason)
    else:
        _suppress_for_supporter(message, (Stream.ALERT,), reason)


def _suppress_for_supporter(message: OutboxMessage, streams: tuple[str, ...], reason: str) -> None:
    for stream in streams:
        suppressions.suppress(address=message.recipient_address, stream=stream, reason=reason)
