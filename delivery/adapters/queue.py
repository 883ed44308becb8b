"""Wakes the workers. The queues hold no message: losing them, or Redis with them, loses nothing."""

import functools
import logging
from collections.abc import Iterable

import django_rq
from django.db import transaction
from rq import Queue

logger = logging.getLogger(__name__)

RECEIPTS, LETTERS, ALERTS = "receipts", "letters", "alerts"
#: Each queue's job, in the order in which a worker that serves them all takes them.
JOBS = {
    RECEIPTS: "delivery.jobs.drain_receipts",
    LETTERS: "delivery.jobs.drain_letters",
    ALERTS: "delivery.jobs.drain_alerts",
}
#: Which queue wakes those who send a stream (`OutboxMessage.Stream`).
QUEUE_OF_STREAM = {"receipt": RECEIPTS, "reply": RECEIPTS, "letter": LETTERS, "alert": ALERTS}
#: Set while a wake-up is on its way, so that a thousand submissions make one job.
WAKE_FLAG = "outbox:wake"
#: A wake-up that never arrived is forgotten after this, and the clock sends another.
WAKE_FLAG_SECONDS = 30
#: With no worker alive, more jobs than this would only pile up.
MAX_WAITING_JOBS = 4
JOB_TIMEOUT_SECONDS = 180
FAILED_JOB_SECONDS = 86_400


@functools.cache
def _queue(name: str) -> Queue:
    # A new queue object a call would be a new connection a call: some fourteen times the cost of the wake-up.
    return django_rq.get_queue(name)


def wake(*names: str) -> bool:
    """Sees to it that a worker of each queue in `names`, or of the letters, will look into the outbox.

    Says whether Redis took the wake-ups. Never raises: the rows are safe, and the clock looks after them when Redis
    is away.
    """
    try:
        for name in names or (LETTERS,):
            _wake(name)
    except Exception as error:
        logger.warning("the queue cannot be woken (%s); the clock will see to the outbox", type(error).__name__)
        return False
    return True


def queues_of(streams: Iterable[str]) -> list[str]:
    """The queues of those who send messages of `streams`, in the order in which they are served."""
    wanted = {QUEUE_OF_STREAM[stream] for stream in streams}
    return [name for name in JOBS if name in wanted]


def wake_on_commit(streams: Iterable[str]) -> None:
    """Wakes those who send messages of `streams`, once the transaction at hand is committed."""
    names = queues_of(streams)
    if names:
        transaction.on_commit(lambda: wake(*names), robust=True)


def acknowledge(name: str) -> None:
    """A drain has begun: whatever is committed from now on deserves a wake-up of its own. Never raises."""
    try:
        _queue(name).connection.delete(_flag(name))
    except Exception as error:
        logger.debug("the wake flag cannot be cleared (%s)", type(error).__name__)


def _wake(name: str) -> None:
    queue = _queue(name)
    if not queue.connection.set(_flag(name), 1, nx=True, ex=WAKE_FLAG_SECONDS):
        return
    if queue.count < MAX_WAITING_JOBS:
        # No fixed job id: a row committed after a drain's last claim, while that job's key still exists,
        # would be left behind.
        queue.enqueue(
            JOBS[name],
            job_timeout=JOB_TIMEOUT_SECONDS,
            result_ttl=0,
            failure_ttl=FAILED_JOB_SECONDS,
            description="drain the outbox",
        )


def _flag(name: str) -> str:
    return f"{WAKE_FLAG}:{name}"
