"""Who listens to which queue, as Redis knows it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import django_rq
from redis.exceptions import RedisError
from rq import Worker

logger = logging.getLogger(__name__)

#: RQ forgets a worker that died after its own time to live; one that went without a word is not believed as long.
_SILENT = timedelta(seconds=150)


@dataclass(frozen=True, slots=True)
class QueueState:
    """One queue: how many workers listen to it, and how many jobs wait in it."""

    name: str
    workers: int
    waiting: int


def queues(names: Sequence[str]) -> tuple[QueueState, ...] | None:
    """The state of each queue, in the order given; None while Redis is away.

    Takes no longer than the time-outs in the queue's address, and never raises.
    """
    try:
        found = [django_rq.get_queue(name) for name in names]
        if not found:
            return ()
        now = datetime.now(UTC)
        listening = [
            name
            for worker in Worker.all(connection=found[0].connection)
            if worker.last_heartbeat is None or now - _aware(worker.last_heartbeat) < _SILENT
            for name in worker.queue_names()
        ]
        return tuple(QueueState(queue.name, listening.count(queue.name), queue.count) for queue in found)
    except (RedisError, OSError, ValueError, KeyError) as error:
        logger.debug("the queues cannot be asked (%s)", type(error).__name__)
        return None


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
