"""Wakes the workers. The queue holds no message: losing it, or Redis with it, loses nothing."""

import functools
import logging

import django_rq
from rq import Queue

logger = logging.getLogger(__name__)

QUEUE = "letters"
JOB = "delivery.jobs.drain_outbox"
#: Set while a wake-up is on its way, so that a thousand submissions make one job.
WAKE_FLAG = "outbox:wake"
#: A wake-up that never arrived is forgotten after this, and the clock sends another.
WAKE_FLAG_SECONDS = 30
#: With no worker alive, more jobs than this would only pile up.
MAX_WAITING_JOBS = 4
JOB_TIMEOUT_SECONDS = 180
FAILED_JOB_SECONDS = 86_400


@functools.cache
def _queue() -> Queue:
    # A new queue object a call would be a new connection a call: some fourteen times the cost of the wake-up.
    return django_rq.get_queue(QUEUE)


def wake() -> bool:
    """Sees to it that a worker will look into the outbox; says whether Redis took the wake-up.

    Never raises: the rows are safe, and the clock looks after them when Redis is away.
    """
    try:
        queue = _queue()
        if not queue.connection.set(WAKE_FLAG, 1, nx=True, ex=WAKE_FLAG_SECONDS):
            return True
        if queue.count < MAX_WAITING_JOBS:
            # No fixed job id: a row committed after a drain's last claim, while that job's key still exists,
            # would be left behind.
            queue.enqueue(
                JOB,
                job_timeout=JOB_TIMEOUT_SECONDS,
                result_ttl=0,
                failure_ttl=FAILED_JOB_SECONDS,
                description="drain the outbox",
            )
    except Exception as error:
        logger.warning("the queue cannot be woken (%s); the clock will see to the outbox", type(error).__name__)
        return False
    return True


def acknowledge() -> None:
    """A drain has begun: whatever is committed from now on deserves a wake-up of its own. Never raises."""
    try:
        _queue().connection.delete(WAKE_FLAG)
    except Exception as error:
        logger.debug("the wake flag cannot be cleared (%s)", type(error).__name__)
