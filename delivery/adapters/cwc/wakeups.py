"""Asks the workers to bring the lists of offices up to date."""

from home.adapters import housekeeping

JOB = "delivery.jobs.refresh_cwc_offices"
JOB_TIMEOUT_SECONDS = 600
FLAG = "cwc:offices"


def ask_for_offices() -> bool:
    """Puts the job into the queue unless it has been lately.

    :raises redis.RedisError: while the queue is away.
    """
    return housekeeping.ask(
        job=JOB,
        flag=FLAG,
        timeout_seconds=JOB_TIMEOUT_SECONDS,
        description="bring the lists of Congress's offices up to date",
    )
