"""Puts a job that keeps something up to date into the queue of the housekeeping, once for a while."""

import functools

import django_rq
from rq import Queue

QUEUE = "default"
FAILED_JOB_SECONDS = 86_400
#: A flag stands while a request is on its way, so that a clock that finds work each few minutes makes one job of it.
FLAG_SECONDS = 900


@functools.cache
def _queue() -> Queue:
    return django_rq.get_queue(QUEUE)


def ask(*, job: str, flag: str, timeout_seconds: int, description: str) -> bool:
    """Puts `job` into the queue unless it has been lately. The job takes nothing: its rows say what is due.

    :param job: its dotted name.
    :param flag: the key that stands in Redis while the request is on its way.
    :raises redis.RedisError: while the queue is away.
    """
    queue = _queue()
    if not queue.connection.set(flag, 1, nx=True, ex=FLAG_SECONDS):
        return False
    queue.enqueue(
        job, job_timeout=timeout_seconds, result_ttl=0, failure_ttl=FAILED_JOB_SECONDS, description=description
    )
    return True
