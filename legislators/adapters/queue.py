"""Asks the workers to bring the legislators' data up to date."""

from home.adapters import housekeeping

JOB = "legislators.jobs.sync_sources"
JOB_TIMEOUT_SECONDS = 3600
FLAG = "legislators:sync"


def ask_for_sync() -> bool:
    """Puts the job into the queue unless it has been lately.

    :raises redis.RedisError: while the queue is away.
    """
    return housekeeping.ask(
        job=JOB, flag=FLAG, timeout_seconds=JOB_TIMEOUT_SECONDS, description="bring legislators up to date"
    )
