"""Sends a letter the next way when one way fails for good; the last way is always the supporter's own hand."""

import logging
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from delivery.adapters import queue
from delivery.engine.cwc.content import CongressContent
from delivery.engine.rulings import WITH_ITS_FORM
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.selectors import routes
from delivery.services import moves

logger = logging.getLogger(__name__)

State = OutboxMessage.State
Channel = OutboxMessage.Channel
#: From these a letter may go another way: certainly not under way, and certainly not arrived.
_CERTAIN = frozenset({State.QUEUED, State.CLAIMED, State.HELD, State.FAILED, State.BOUNCED})


@transaction.atomic
def fall_back(*, message_id: UUID, reason: str, is_doubt_accepted: bool = False) -> str:
    """Gives the letter to the next of its channels that is open; returns its new state, or "" if it stays.

    In the end it becomes a hand-off, of which `settings.DELIVERY_AFTER_FALLBACK` hears in the same transaction.

    :param reason: a `DeliveryEvent.Reason` value for the history.
    :param is_doubt_accepted: also a letter that may have arrived; only a person may ask for that.
    """
    message = OutboxMessage.objects.select_for_update().filter(pk=message_id).first()
    may_leave = _CERTAIN | ({State.UNCERTAIN} if is_doubt_accepted else set())
    if message is None or message.stream != OutboxMessage.Stream.LETTER or message.state not in may_leave:
        return ""
    if message.state == State.HELD and not WITH_ITS_FORM.isdisjoint(message.hold_reasons):
        return ""
    channel, *rest = routes.open_routes(
        wanted=[route for route in message.routes if route != message.channel],
        address=message.recipient_address,
        recipient_key=message.recipient_key,
        congress=CongressContent.readable(message.congress),
    )
    columns: dict[str, Any] = {
        "channel": channel,
        "routes": rest,
        "attempts": 0,
        "provider_message_id": "",
        "lease_owner": "",
        "lease_until": None,
    }
    if channel == Channel.HANDOFF:
        return _hand_off(message, reason, columns)
    return _queue_again(message, reason, columns)


def after_failure(*, message_id: UUID, reason: str = DeliveryEvent.Reason.NEXT_CHANNEL) -> str:
    """`fall_back` for a message that has just failed or come back, within that transaction; its new state.

    When even the next way cannot be taken, the letter stays as it is, and the clock tries again.
    """
    try:
        return fall_back(message_id=message_id, reason=reason) or State.FAILED
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        logger.error("a letter that failed cannot go another way yet (%s)", type(error).__name__)
        return State.FAILED


def _hand_off(message: OutboxMessage, reason: str, columns: dict[str, Any]) -> str:
    if not moves.move(message_id=message.pk, to=State.NEEDS_HANDOFF, reason=reason, **columns):
        return ""
    import_string(settings.DELIVERY_AFTER_FALLBACK)(message_ids=[message.pk])
    return State.NEEDS_HANDOFF


def _queue_again(message: OutboxMessage, reason: str, columns: dict[str, Any]) -> str:
    now = timezone.now()
    columns |= {"next_attempt_at": now, "planned_at": None if settings.PACE_LETTERS else now}
    if message.state == State.QUEUED:
        # It waits already, only for another service: no move, but something to remember.
        OutboxMessage.objects.filter(pk=message.pk).update(**columns)
        DeliveryEvent.objects.create(message=message, at=now, state=State.QUEUED, reason=reason)
    elif not moves.move(message_id=message.pk, to=State.QUEUED, reason=reason, at=now, **columns):
        return ""
    queue.wake_on_commit([message.stream])
    return State.QUEUED
