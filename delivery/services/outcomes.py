"""Writes down what came of a try to send, so that the answer outlives a database that is busy for a moment."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from delivery.adapters import mail
from delivery.engine import backoff
from delivery.engine.failures import Failure, Fate
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import moves

logger = logging.getLogger(__name__)

State = OutboxMessage.State
Reason = DeliveryEvent.Reason
#: "Uncertain" is one of them: the lease may have ended while the mail service was slow to answer.
_AT_WORK = (State.CLAIMED, State.SENDING, State.UNCERTAIN)
_FREED: dict[str, Any] = {"lease_owner": "", "lease_until": None}
_PAUSES_SECONDS = (0.2, 1.0, 3.0)


def accepted(message: OutboxMessage, provider_message_id: str) -> str:
    """The mail service said yes. Returns the state reached."""
    state = State.ACCEPTED if mail.is_sending() else State.CAPTURED
    attempts = message.attempts + 1

    def write() -> str:
        is_moved = moves.move(
            message_id=message.pk,
            to=state,
            only_from=_AT_WORK,
            only_owner=message.lease_owner,
            attempts=attempts,
            provider_message_id=provider_message_id,
            **_FREED,
        )
        if not is_moved:
            # A tracking event was quicker and knows more; only the service's id is still missing.
            OutboxMessage.objects.filter(pk=message.pk).update(provider_message_id=provider_message_id)
        return state

    return _insistently(write)


def not_accepted(message: OutboxMessage, failure: Failure) -> str:
    """The mail service said no, or nothing. Returns the state reached."""
    return _insistently(lambda: _WRITERS[failure.fate](message, failure))


def not_written(message: OutboxMessage) -> str:
    """No mail could be made of the row: trying again would not help. Returns the state reached."""
    moves.move(
        message_id=message.pk,
        to=State.FAILED,
        only_from=_AT_WORK,
        only_owner=message.lease_owner,
        reason=Reason.CANNOT_BE_WRITTEN,
        **_FREED,
    )
    return State.FAILED


def _put_back(message: OutboxMessage, failure: Failure) -> str:
    now = timezone.now()
    if failure.is_service_wide:
        # Does not count against the message: however long the service is away, its letters wait.
        delay, attempts, reason = backoff.SERVICE_DELAY_SECONDS, message.attempts, Reason.SERVICE_AWAY
    else:
        attempts = message.attempts + 1
        if backoff.is_last(attempts):
            return _fail(message, failure, Reason.GAVE_UP)
        delay, reason = backoff.retry_delay_seconds(attempts), Reason.REFUSED_FOR_NOW
    moves.move(
        message_id=message.pk,
        to=State.QUEUED,
        only_from=_AT_WORK,
        only_owner=message.lease_owner,
        reason=reason,
        detail=failure.code,
        at=now,
        is_repeat_noted=not failure.is_service_wide,
        attempts=attempts,
        next_attempt_at=now + timedelta(seconds=delay),
        **_FREED,
    )
    return State.QUEUED


def _refuse(message: OutboxMessage, failure: Failure) -> str:
    return _fail(message, failure, Reason.REFUSED)


def _fail(message: OutboxMessage, failure: Failure, reason: str) -> str:
    moves.move(
        message_id=message.pk,
        to=State.FAILED,
        only_from=_AT_WORK,
        only_owner=message.lease_owner,
        reason=reason,
        detail=failure.code,
        attempts=message.attempts + 1,
        **_FREED,
    )
    return State.FAILED


def _leave_uncertain(message: OutboxMessage, failure: Failure) -> str:
    moves.move(
        message_id=message.pk,
        to=State.UNCERTAIN,
        only_from=_AT_WORK,
        only_owner=message.lease_owner,
        reason=Reason.NO_ANSWER,
        detail=failure.code,
        attempts=message.attempts + 1,
        **_FREED,
    )
    return State.UNCERTAIN


_WRITERS: dict[Fate, Callable[[OutboxMessage, Failure], str]] = {
    Fate.RETRY: _put_back,
    Fate.FAILED: _refuse,
    Fate.UNCERTAIN: _leave_uncertain,
}


def _insistently(write: Callable[[], str]) -> str:
    """Tries the write again when the database is busy or has dropped us: an answer lost is a letter uncertain."""
    for pause in _PAUSES_SECONDS:
        try:
            return write()
        except (OperationalError, InterfaceError) as error:
            if connection.in_atomic_block:
                raise
            logger.warning("an answer could not be written (%s); trying again", type(error).__name__)
            connection.close()
            time.sleep(pause)
    return write()
