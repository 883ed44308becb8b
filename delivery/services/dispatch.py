"""Sends what is due: claims, writes down the intent, hands over, writes down the answer."""

import logging
import os
import socket
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from delivery.adapters import mail, queue
from delivery.adapters.carriers import Carrier, NotAccepted
from delivery.engine import backoff
from delivery.engine.addressing import OutgoingMail, UnusableAddress
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import composing, moves, outcomes

logger = logging.getLogger(__name__)

State = OutboxMessage.State
#: A drain ends after this, so that a worker that is told to stop stops soon, and starts another.
SLICE_SECONDS = 20.0
CLAIM_SIZE = 20


@dataclass
class Drained:
    """What one drain did: messages by the state they reached, and whether it ended with work left over."""

    by_state: Counter[str] = field(default_factory=Counter)
    is_service_away: bool = False
    has_more: bool = False


def drain(
    *,
    slice_seconds: float = SLICE_SECONDS,
    should_stop: Callable[[], bool] = lambda: False,
    connect: Callable[[], Carrier[OutgoingMail]] = mail.connect,
) -> Drained:
    """Sends what is due, receipts before letters, for about `slice_seconds`; wakes the queue if there is more.

    Safe to run in several processes at once, and to be killed at any point: a message is then still queued,
    claimed until its lease ends, or known to be uncertain.
    """
    # First of all, so that a row committed from here on brings a wake-up of its own.
    queue.acknowledge()
    drained = Drained()
    if _is_pausing(timezone.now()):
        return Drained(is_service_away=True)
    deadline = time.monotonic() + slice_seconds
    drain_one_by_one = _Drain(drained, lambda: should_stop() or time.monotonic() >= deadline, connect)
    drain_one_by_one.run()
    if drained.by_state:
        logger.info("outbox: %s", ", ".join(f"{count} {state}" for state, count in sorted(drained.by_state.items())))
    if not drained.is_service_away and OutboxMessage.objects.due(timezone.now()).exists():
        drained.has_more = True
        queue.wake()
    return drained


def _is_pausing(now: datetime) -> bool:
    """A send without an answer means trouble on the line: sending on would make every letter uncertain."""
    since = now - timedelta(seconds=backoff.SERVICE_DELAY_SECONDS)
    return DeliveryEvent.objects.filter(reason=DeliveryEvent.Reason.NO_ANSWER, at__gt=since).exists()


def claim(*, owner: str, limit: int, now: datetime) -> list[OutboxMessage]:
    """Takes up to `limit` due messages for `owner`, receipts first; no other worker gets the same ones."""
    with transaction.atomic():
        ids: list[uuid.UUID] = []
        for stream in (OutboxMessage.Stream.RECEIPT, OutboxMessage.Stream.LETTER):
            due = OutboxMessage.objects.due(now).filter(stream=stream).order_by("next_attempt_at", "created_at")
            if connection.features.has_select_for_update_skip_locked:
                due = due.select_for_update(skip_locked=True)
            ids += due.values_list("pk", flat=True)[: limit - len(ids)]
        OutboxMessage.objects.filter(pk__in=ids, state=State.QUEUED).update(
            state=State.CLAIMED,
            state_changed_at=now,
            lease_owner=owner,
            lease_until=now + timedelta(seconds=settings.CLAIM_LEASE_SECONDS),
        )
    claimed = OutboxMessage.objects.filter(pk__in=ids, state=State.CLAIMED, lease_owner=owner)
    return sorted(claimed, key=lambda message: ids.index(message.pk))


class _Drain:
    """One drain in one process, over one connection to the mail service."""

    def __init__(
        self, drained: Drained, is_over: Callable[[], bool], connect: Callable[[], Carrier[OutgoingMail]]
    ) -> None:
        self.drained = drained
        self.is_over = is_over
        self.owner = f"{socket.gethostname()[:50]}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self._connect = connect
        self._mailer: Carrier[OutgoingMail] | None = None

    def run(self) -> None:
        try:
            while not self._has_ended():
                batch = claim(owner=self.owner, limit=CLAIM_SIZE, now=timezone.now())
                if not batch:
                    return
                for message in batch:
                    if self._has_ended():
                        break
                    self._process(message)
        finally:
            self._release_the_rest()
            if self._mailer is not None:
                self._mailer.close()

    def _has_ended(self) -> bool:
        return self.drained.is_service_away or self.is_over()

    def _release_the_rest(self) -> None:
        OutboxMessage.objects.filter(state=State.CLAIMED, lease_owner=self.owner).update(
            state=State.QUEUED, state_changed_at=timezone.now(), lease_owner="", lease_until=None
        )

    def _process(self, message: OutboxMessage) -> None:
        try:
            outgoing = composing.compose(message)
        except UnusableAddress:
            reached = outcomes.not_written(message)
        else:
            reached = self._send(message, outgoing)
        if reached:
            self.drained.by_state[reached] += 1

    def _send(self, message: OutboxMessage, outgoing: OutgoingMail) -> str:
        try:
            mailer = self._open()
        except NotAccepted as error:
            self.drained.is_service_away = True
            return outcomes.not_accepted(message, error.failure)
        now = timezone.now()
        # Committed before anything goes over the wire: whoever dies in between leaves this trace.
        is_ours = moves.mark(
            message_id=message.pk,
            to=State.SENDING,
            only_owner=self.owner,
            at=now,
            lease_until=now + timedelta(seconds=settings.SEND_LEASE_SECONDS),
        )
        if not is_ours:
            return ""
        try:
            answer = mailer.send(outgoing)
        except NotAccepted as error:
            self.drained.is_service_away = error.failure.is_service_wide
            return outcomes.not_accepted(message, error.failure)
        return outcomes.accepted(message, answer.provider_message_id)

    def _open(self) -> Carrier[OutgoingMail]:
        if self._mailer is None:
            self._mailer = self._connect()
        self._mailer.open()
        return self._mailer
