"""Keeps a process from handing a chamber more letters a second than it wants."""

import threading
import time
from collections.abc import Callable


class Pacer:
    """Gives each caller a moment of its own, evenly spaced; shared by all threads of the process."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._free_at: dict[str, float] = {}

    def wait(self, lane: str, per_second: float) -> None:
        """Returns when the next message of `lane` may leave."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._free_at.get(lane, now))
            self._free_at[lane] = turn + 1.0 / per_second
        # Outside the lock: the next in line takes its own moment meanwhile.
        if turn > now:
            self._sleep(turn - now)


PACER = Pacer()
