"""Asks whoever knows the officials about letters that are about to leave, and does as they say."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from delivery.engine import addressing, backoff
from delivery.engine.rulings import Ruling, Verdict
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.selectors import bouncing, suppressions
from delivery.services import claiming, fallbacks, moves

logger = logging.getLogger(__name__)

State = OutboxMessage.State
Stream = OutboxMessage.Stream
Reason = DeliveryEvent.Reason
#: Mails to people, which rooms above this one write.
_MAILS = (Stream.RECEIPT, Stream.ALERT)


def let_go(*, batch: Sequence[OutboxMessage]) -> list[OutboxMessage]:
    """Of a claimed `batch`, what may leave now, with the address it is to go to, in the same order.

    The others are held, stopped, or go by their next channel. Those of which nobody could say anything wait a minute:
    none leaves unchecked.
    """
    wanted = _with_words(_without_what_holds_no_more(_without_unwanted(batch)))
    letters = [message for message in wanted if message.stream == Stream.LETTER]
    if not letters:
        return wanted
    complaint = "the recipient of a letter cannot be checked (%s); it waits"
    rulings: Mapping[UUID, Ruling] = _answers(settings.DELIVERY_RECIPIENT_CHECK, letters, complaint)
    unchecked = [letter for letter in letters if letter.pk not in rulings]
    _put_off(unchecked)
    waiting = {letter.pk for letter in unchecked}
    return _without_failing(
        [
            message
            for message in wanted
            if message.pk not in waiting and (message.pk not in rulings or _obey(message, rulings[message.pk]))
        ]
    )


def _answers(asked: str, messages: Sequence[OutboxMessage], complaint: str) -> Mapping[UUID, Any]:
    """What is said of each message, as far as anything is: one that nobody can answer for does not keep the others.

    :param asked: the dotted name of whoever is asked.
    :param complaint: with a place for the kind of error.
    """
    try:
        answers: Mapping[UUID, Any] = import_string(asked)(messages=messages)
        return answers
    except Exception as error:
        if len(messages) > 1:
            apart = (_answers(asked, [message], complaint) for message in messages)
            return {key: answer for answers in apart for key, answer in answers.items()}
        # Its text may name the people whom it was about.
        logger.error(complaint, type(error).__name__)
        return {}


def _without_unwanted(batch: Sequence[OutboxMessage]) -> list[OutboxMessage]:
    """Its recipient may have asked for no more mail since the message was queued."""
    unwanted = suppressions.suppressed_messages(batch)
    for message in batch:
        if message.pk not in unwanted:
            continue
        if message.stream == Stream.LETTER:
            _next_channel(message, Ruling(Verdict.NEXT_CHANNEL, Reason.SUPPRESSED))
        else:
            _end(message, State.SUPPRESSED, Reason.SUPPRESSED)
    return [message for message in batch if message.pk not in unwanted]


def _without_what_holds_no_more(batch: Sequence[OutboxMessage]) -> list[OutboxMessage]:
    """What a mail to a person says may have changed since it was queued."""
    mails = [message for message in batch if message.stream in _MAILS]
    if not mails:
        return list(batch)
    try:
        reasons: Mapping[UUID, str] = import_string(settings.DELIVERY_MAIL_CHECK)(messages=mails)
    except Exception as error:
        logger.error("mails cannot be checked (%s); they wait", type(error).__name__)
        _put_off(mails)
        return [message for message in batch if message not in mails]
    for message in mails:
        if message.pk in reasons:
            _end(message, State.CANCELLED, moves.honest_reason(reasons[message.pk], message.in_doubt_since))
    return [message for message in batch if message.pk not in reasons]


def _with_words(batch: Sequence[OutboxMessage]) -> list[OutboxMessage]:
    """Mail that was queued without its words gets them now, and keeps them: another try says the same."""
    blank = [message for message in batch if message.stream in _MAILS and not message.body]
    if not blank:
        return list(batch)
    complaint = "a mail cannot be written (%s); it waits"
    texts: Mapping[UUID, str] = _answers(settings.DELIVERY_MAIL_WRITER, blank, complaint)
    _put_off([message for message in blank if message.pk not in texts])
    written = {message.pk for message in blank if message.pk in texts and _write(message, texts[message.pk])}
    return [message for message in batch if message.pk in written or message not in blank]


def _write(message: OutboxMessage, text: str) -> bool:
    """Whether the mail has its words now; one of which there is nothing to say any more has failed."""
    if not text:
        _end(message, State.FAILED, Reason.CANNOT_BE_WRITTEN)
        return False
    message.body = addressing.storable(text)
    ours = OutboxMessage.objects.filter(pk=message.pk, state=State.CLAIMED, lease_owner=message.lease_owner)
    return bool(ours.update(body=message.body))


def _put_off(messages: Sequence[OutboxMessage]) -> None:
    if messages:
        again = timezone.now() + timedelta(seconds=backoff.SERVICE_DELAY_SECONDS)
        claiming.release(owner=messages[0].lease_owner, messages=messages, until=again)


def _without_failing(batch: Sequence[OutboxMessage]) -> list[OutboxMessage]:
    """A mailbox may have returned a letter since these were queued. Asked last: the office may have a new address."""
    failing = bouncing.failing_messages(batch)
    for message in batch:
        if message.pk in failing:
            _next_channel(message, Ruling(Verdict.NEXT_CHANNEL, Reason.ADDRESS_FAILING))
    return [message for message in batch if message.pk not in failing]


def _obey(message: OutboxMessage, ruling: Ruling) -> bool:
    """Does what the ruling says; True if the message may leave now."""
    return _VERDICTS[ruling.verdict](message, ruling)


def _readdress(message: OutboxMessage, ruling: Ruling) -> bool:
    if not addressing.is_usable(ruling.recipient_address):
        return _next_channel(message, Ruling(Verdict.NEXT_CHANNEL, Reason.UNUSABLE_ADDRESS))
    address = addressing.mailbox_address(ruling.recipient_address)
    if address == message.recipient_address:
        return True
    columns: dict[str, Any] = {
        "recipient_address": address,
        "recipient_domain": address.rpartition("@")[2].lower(),
    }
    ours = OutboxMessage.objects.filter(pk=message.pk, state=State.CLAIMED, lease_owner=message.lease_owner)
    with transaction.atomic():
        if not ours.update(**columns):
            return False
        DeliveryEvent.objects.create(
            message=message, at=timezone.now(), state=State.CLAIMED, reason=ruling.reason or Reason.ADDRESS_CHANGED
        )
    for column, value in columns.items():
        setattr(message, column, value)
    return True


def _hold(message: OutboxMessage, ruling: Ruling) -> bool:
    if message.send_before is not None:
        return _back_in_doubt(message, ruling.reason)
    _end(message, State.HELD, ruling.reason, hold_reasons=[ruling.reason])
    return False


def _end(message: OutboxMessage, state: str, reason: str, **columns: Any) -> None:
    moves.move(
        message_id=message.pk,
        to=state,
        only_from=[State.CLAIMED],
        only_owner=message.lease_owner,
        reason=reason,
        lease_owner="",
        lease_until=None,
        **columns,
    )


def _back_in_doubt(message: OutboxMessage, reason: str) -> bool:
    """An earlier try may have arrived. Under the same key it could go once more; any other way could bring it twice."""
    _end(message, State.UNCERTAIN, reason)
    return False


def _next_channel(message: OutboxMessage, ruling: Ruling) -> bool:
    if message.send_before is not None:
        return _back_in_doubt(message, ruling.reason or Reason.NEXT_CHANNEL)
    try:
        fallbacks.fall_back(message_id=message.pk, reason=ruling.reason or Reason.NEXT_CHANNEL)
    except Exception as error:
        logger.error("a letter cannot go another way (%s); it waits", type(error).__name__)
        again = timezone.now() + timedelta(seconds=backoff.SERVICE_DELAY_SECONDS)
        claiming.release(owner=message.lease_owner, messages=[message], until=again)
    return False


_VERDICTS: dict[Verdict, Callable[[OutboxMessage, Ruling], bool]] = {
    Verdict.GO: lambda _message, _ruling: True,
    Verdict.READDRESS: _readdress,
    Verdict.HOLD: _hold,
    Verdict.NEXT_CHANNEL: _next_channel,
}
