"""What is killed, and when: drawn from a seed, so that a run can be repeated."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Blow(Enum):
    #: The process in which a worker does its job.
    WORK_HORSE = "work-horse"
    #: The worker itself; its work-horse goes on without it.
    WORKER = "worker"
    BOTH = "worker and work-horse"
    CLOCK = "clock"
    ENQUEUER = "enqueuing process"
    QUEUE_KILLED = "queue server killed"
    QUEUE_FLUSHED = "queue flushed"
    DATABASE = "database crashed"
    MAIL_SERVER = "mail server killed"


#: Mostly what holds letters in its hands; a restart of the rest costs seconds each.
SHARES = {
    Blow.WORK_HORSE: 58,
    Blow.WORKER: 5,
    Blow.BOTH: 8,
    Blow.CLOCK: 4,
    Blow.ENQUEUER: 3,
    Blow.QUEUE_KILLED: 5,
    Blow.QUEUE_FLUSHED: 7,
    Blow.DATABASE: 4,
    Blow.MAIL_SERVER: 6,
}
PAUSE_SECONDS = (0.05, 0.8)


@dataclass(frozen=True, slots=True)
class Step:
    after_seconds: float
    blow: Blow


def draw(seed: int, kills: int) -> Iterator[Step]:
    """`kills` steps, every kind of blow among them where there is room."""
    chance = random.Random(seed)
    blows = list(Blow)[:kills]
    blows += chance.choices(list(SHARES), list(SHARES.values()), k=kills - len(blows))
    chance.shuffle(blows)
    for blow in blows:
        yield Step(chance.uniform(*PAUSE_SECONDS), blow)
