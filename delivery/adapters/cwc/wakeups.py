"""Asks the workers to bring the lists of offices up to date."""

import functools

import django_rq
from rq import Queue

QUEUE = "default"
JOB = "delivery.jobs.refresh_cwc_offices"
JOB_TIMEOUT_SECONDS = 600
FAILED_JOB_SECONDS = 86_400
#: Set while a request is on its way, so that a clock that finds work each few minutes makes one job of it.
FLAG = "cwc:offices"
FLAG_SECONDS = 900


@functools.cache
def _queue() -> Queue:
    return django_rq.get_queue(QUEUE)


def ask_for_offices() -> bool:
    """Puts the job into the queue unless it has been lately. The job takes nothing: its rows say what is due.

    :raises redis.RedisError: while the queue is away.
    """
    queue = _queue()
    if not queue.connection.set(FLAG, 1, nx=True, ex=FLAG_SECONDS):
        return False
    queue.enqueue(
        JOB,
        job_timeout=JOB_TIMEOUT_SECONDS,
        result_ttl=0,
        failure_ttl=FAILED_JOB_SECONDS,
        description="bring the lists of Congress's offices up to date",
    )
    return True
