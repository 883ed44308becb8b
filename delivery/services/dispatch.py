"""Sends what is due, in rounds: plans, claims, has the recipients checked, hands over to those who send."""

import logging
import os
import socket
import time
import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from delivery.adapters import mail, queue
from delivery.adapters.carriers import Carrier
from delivery.engine.addressing import OutgoingMail
from delivery.records.messages import OutboxMessage
from delivery.selectors import due, lanes
from delivery.services import checking, claiming, crews, planning, sending

logger = logging.getLogger(__name__)

Stream = OutboxMessage.Stream
#: A drain ends after this, so that a worker that is told to stop stops soon, and starts another.
SLICE_SECONDS = 20.0
CLAIM_SIZE = 192
#: What a drain for a queue sends, in this order: whoever drains letters lets the receipts that are due go first.
STREAMS: Mapping[str, tuple[str, ...]] = {
    queue.RECEIPTS: (Stream.RECEIPT, Stream.REPLY),
    queue.LETTERS: (Stream.RECEIPT, Stream.REPLY, Stream.LETTER),
    queue.ALERTS: due.STREAMS,
}


@dataclass
class Drained:
    """What one drain did: messages by the state they reached, and whether it ended with work left over."""

    by_state: Counter[str] = field(default_factory=Counter)
    #: One of the services at least does not answer.
    is_service_away: bool = False
    has_more: bool = False


def drain(
    *,
    queue_name: str = queue.ALERTS,
    slice_seconds: float = SLICE_SECONDS,
    should_stop: Callable[[], bool] = lambda: False,
    connect: Callable[[], Carrier[OutgoingMail]] = mail.connect,
) -> Drained:
    """Sends what is due of the streams of a queue for about `slice_seconds`; wakes the queue if there is more.

    Safe to run in several processes at once, and to be killed at any point: a message is then still queued,
    claimed until its lease ends, or known to be uncertain; of these one at most a thread where the service takes its
    time, and what a thread sends within `sending.GROUP_SECONDS` where it does not.

    :param queue_name: every stream, unless told otherwise.
    """
    # First of all, so that a row committed from here on brings a wake-up of its own.
    queue.acknowledge(queue_name)
    deadline = time.monotonic() + slice_seconds
    lines = sending.Lines(
        connects={**sending.CARRIERS, OutboxMessage.Channel.EMAIL: connect},
        closed=set(lanes.resting(timezone.now())),
    )
    rounds = _Rounds(lines, STREAMS[queue_name], lambda: should_stop() or time.monotonic() >= deadline)
    drained = Drained(rounds.run(), is_service_away=bool(lines.closed))
    if drained.by_state:
        logger.info("outbox: %s", ", ".join(f"{count} {state}" for state, count in sorted(drained.by_state.items())))
    if rounds.has_more():
        drained.has_more = True
        queue.wake(queue_name)
    return drained


class _Rounds:
    """The rounds of one drain in one process."""

    def __init__(self, lines: sending.Lines, streams: tuple[str, ...], is_over: Callable[[], bool]) -> None:
        self.owner = f"{socket.gethostname()[:50]}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self._lines = lines
        self._streams = streams
        self._is_over = is_over
        self._has_plenty = False

    def run(self) -> Counter[str]:
        crew = crews.gather(self._lines, self._is_over)
        try:
            while not self._is_over() and self._round(crew):
                pass
        finally:
            try:
                by_state = crew.finish()
            finally:
                claiming.release(owner=self.owner)
        return by_state

    def has_more(self) -> bool:
        """Whether a drain like this one would find something to do at once."""
        waiting = lanes.outside(due.sendable(timezone.now()), self._lines.closed)
        return waiting.filter(stream__in=self._streams).exists()

    def _round(self, crew: crews.Crew) -> bool:
        """Whether there was something to do, and time to do it."""
        # As long as there is a full hand of letters whose time has come, nobody waits for more of them.
        planned = 0 if self._has_plenty or Stream.LETTER not in self._streams else planning.plan()
        batch = claiming.claim(
            owner=self.owner,
            limit=CLAIM_SIZE,
            now=timezone.now(),
            streams=self._streams,
            closed_lanes=self._lines.closed,
        )
        self._has_plenty = len(batch) == CLAIM_SIZE
        ready = checking.let_go(batch=batch)
        is_on_time = all(crew.hand(group) for group in self._lines.groups(ready))
        crew.rest()
        return bool(batch or planned) and is_on_time
