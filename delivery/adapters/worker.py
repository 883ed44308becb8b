"""RQ's worker, quiet about what its jobs are given and quick to tidy up after one that died."""

from typing import Any

import rq
from django.db import connections


class Worker(rq.Worker):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("maintenance_interval", 30)
        # A description holds the job's arguments; other people's jobs may have names in theirs.
        kwargs.setdefault("log_job_description", False)
        super().__init__(*args, **kwargs)

    def fork_work_horse(self, job: Any, queue: Any) -> None:
        # A connection that parent and child share breaks for both as soon as one of them ends it.
        connections.close_all()
        super().fork_work_horse(job, queue)
