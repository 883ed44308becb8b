"""Writes down what came of a try to send, so that the answer outlives a database that is busy for a moment."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from delivery.adapters import mail
from delivery.adapters.carriers import Answer
from delivery.engine import backoff
from delivery.engine.failures import CannotBeComposed, Failure, Fate
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import bounces, claiming, fallbacks, moves, statements

logger = logging.getLogger(__name__)

Written = TypeVar("Written")

State = OutboxMessage.State
Reason = DeliveryEvent.Reason
#: "Uncertain" is one of them: the lease may have ended while the mail service was slow to answer.
_AT_WORK = (State.CLAIMED, State.SENDING, State.UNCERTAIN)
_FREED: dict[str, Any] = {"lease_owner": "", "lease_until": None}
_PAUSES_SECONDS = (0.2, 1.0, 3.0)


@dataclass(frozen=True, slots=True)
class Step:
    """From the last letters to the next."""

    #: The state that each of the last has reached.
    states: Sequence[str]
    #: Ids of the next that may leave now.
    marked: frozenset[UUID]


def step(answers: Sequence[tuple[OutboxMessage, Answer]], following: Sequence[OutboxMessage] = ()) -> Step:
    """Writes down the yes to each of `answers` and the intent to send `following`, all of one owner, in one commit.

    See `claiming.mark_sending`.
    """
    if not answers:
        return Step([], insistently(lambda: claiming.mark_sending(following)) if following else frozenset())
    yeses = _yeses(answers)
    [owner] = {message.lease_owner for message, _answer in answers}

    def write() -> Step:
        now = timezone.now()
        if following:
            written = statements.accept_and_mark(yeses, claiming.intent(following, now), now=now)
        else:
            written = statements.Written(accepted=statements.accept(yeses, owner=owner, now=now))
        _complete(yeses, written.accepted)
        return Step([yes.state for yes in yeses], written.marked)

    return insistently(write)


def _yeses(answers: Sequence[tuple[OutboxMessage, Answer]]) -> list[statements.Accepted]:
    # Two locks on this door: what we were told not to send is never called sent, whatever the carrier says.
    is_sending = mail.is_sending()
    return [
        statements.Accepted(
            message_id=message.pk,
            state=State.ACCEPTED
            if answer.is_sent and (message.channel != OutboxMessage.Channel.EMAIL or is_sending)
            else State.CAPTURED,
            provider_message_id=answer.provider_message_id,
            reason=answer.reason,
            detail=answer.detail,
        )
        for message, answer in answers
    ]


def _complete(yeses: Sequence[statements.Accepted], written: frozenset[UUID]) -> None:
    for yes in yeses:
        if yes.message_id not in written:
            # A tracking event was quicker and knows more; only the service's id is still missing.
            OutboxMessage.objects.filter(pk=yes.message_id).update(
                provider_message_id=yes.provider_message_id, sealed=None
            )


def not_accepted(message: OutboxMessage, failure: Failure) -> str:
    """The other side said no, or nothing. Returns the state reached."""
    return insistently(lambda: _WRITERS[failure.fate](message, failure))


def not_composed(message: OutboxMessage, error: CannotBeComposed) -> str:
    """The row cannot take the form of its channel: trying again would not help. Returns the state reached."""
    return insistently(lambda: _fail(message, error.reason, error.code, attempts=message.attempts))


def _put_back(message: OutboxMessage, failure: Failure) -> str:
    now = timezone.now()
    delay = failure.retry_after_seconds
    if failure.is_service_wide:
        # Does not count against the message: however long the service is away, its letters wait.
        attempts, reason = message.attempts, failure.reason or Reason.SERVICE_AWAY
        delay = backoff.SERVICE_DELAY_SECONDS if delay is None else delay
    else:
        attempts, reason = message.attempts + 1, failure.reason or Reason.REFUSED_FOR_NOW
        if backoff.is_last(attempts):
            return _fail(message, Reason.GAVE_UP, failure.code)
        delay = backoff.retry_delay_seconds(attempts) if delay is None else delay
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
        next_attempt_at=now + timedelta(seconds=backoff.within_reason(delay)),
        **_FREED,
    )
    return State.QUEUED


def _refuse(message: OutboxMessage, failure: Failure) -> str:
    if failure.is_about_recipient:
        # Before the next way is looked for: a mailbox that is gone is none.
        bounces.address_failed(message_id=message.pk, codes=failure.code)
    return _fail(message, failure.reason or Reason.REFUSED, failure.code)


def _fail(message: OutboxMessage, reason: str, code: str, attempts: int | None = None) -> str:
    """One transaction, so that no crash leaves a letter at the end of one way and before the next."""
    # An earlier try, of which nothing is known, may have arrived: this one failed, the letter perhaps did not.
    to = State.UNCERTAIN if message.in_doubt_since is not None else State.FAILED
    with transaction.atomic():
        is_moved = moves.move(
            message_id=message.pk,
            to=to,
            only_from=_AT_WORK,
            only_owner=message.lease_owner,
            reason=reason,
            detail=code,
            attempts=message.attempts + 1 if attempts is None else attempts,
            # The lease may have ended meanwhile, and doubt begun that this answer ends.
            in_doubt_since=message.in_doubt_since,
            **_FREED,
        )
        return fallbacks.after_failure(message_id=message.pk) if is_moved and to == State.FAILED else to


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


def insistently(write: Callable[[], Written]) -> Written:
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
