"""Measures two ways of doing a thing in turns, in processor time: what else the machine does stays out of it."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Comparison:
    """Medians in processor seconds for one piece of work, ours and the peer's, and how far the rounds lay apart."""

    name: str
    unit: str
    ours: float
    peer: float
    peer_name: str
    spread: float

    @property
    def ratio(self) -> float:
        """How many times the peer's time ours takes."""
        return self.ours / self.peer

    def __str__(self) -> str:
        return (
            f"{self.name}: {shown(self.ours)} {self.unit}\n"
            f"    {self.ratio:.1f} × {self.peer_name} ({shown(self.peer)}); rounds within {self.spread:.0%}"
        )


def compare(
    name: str,
    *,
    unit: str,
    ours: Callable[[], object],
    peer: Callable[[], object],
    peer_name: str,
    work: int,
    rounds: int = 7,
) -> Comparison:
    """Processor time for one of the `work` pieces that a call does: a median, without the first, cold call of each."""
    ours(), peer()
    mine, theirs = [], []
    for _round in range(rounds):
        mine.append(_seconds(ours) / work)
        theirs.append(_seconds(peer) / work)
    median = statistics.median(mine)
    return Comparison(
        name=name,
        unit=unit,
        ours=median,
        peer=statistics.median(theirs),
        peer_name=peer_name,
        spread=(max(mine) - min(mine)) / median,
    )


def median_seconds(calls: Sequence[Callable[[], object]], rounds: int = 7) -> list[float]:
    """Processor time of each call: medians of rounds in which they take turns, without the first, cold one."""
    for call in calls:
        call()
    taken = [[_seconds(call) for call in calls] for _round in range(rounds)]
    return [statistics.median(column) for column in zip(*taken, strict=True)]


def _seconds(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began


def shown(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms" if seconds >= 0.0001 else f"{seconds * 1_000_000:.1f} µs"


def megabytes() -> float:
    """The memory that this process holds; 0 where the system does not say."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0
