"""The processes of a run: each can be killed at any moment, and is started again by whoever killed it."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MANAGE = (sys.executable, str(ROOT / "manage.py"))


class Running:
    """One program that is to run all the while."""

    def __init__(
        self, name: str, command: Sequence[str], environment: Mapping[str, str], log: Path, *, has_input: bool = False
    ) -> None:
        self.name, self._command, self._environment, self._log = name, list(command), dict(environment), log
        self._has_input = has_input
        self.process = self._start()

    def _start(self) -> "subprocess.Popen[bytes]":
        with self._log.open("ab") as log:
            return subprocess.Popen(
                self._command,
                env=self._environment,
                cwd=ROOT,
                stdin=subprocess.PIPE if self._has_input else subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def children(self) -> list[int]:
        """Processes that it has forked; a worker's is the work-horse."""
        return list(_children(self.process.pid)) if self.is_alive else []

    def kill(self) -> bool:
        """SIGKILL; whether there was something to kill."""
        if not self.is_alive:
            return False
        self.process.kill()
        self.process.wait()
        return True

    def revive(self) -> bool:
        """Starts it again if it is not there; whether it was not."""
        if self.is_alive:
            return False
        self.process = self._start()
        return True

    def restart(self, environment: Mapping[str, str] | None = None, command: Sequence[str] | None = None) -> None:
        self.kill()
        self._environment = dict(environment or self._environment)
        self._command = list(command or self._command)
        self.process = self._start()

    def stop(self) -> None:
        """Asks it to end, and sees to it that it does, with all that it forked."""
        forked = self.children()
        if self.is_alive:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.kill()
        for pid in forked:
            kill_process(pid)


def kill_process(pid: int) -> bool:
    """SIGKILL to one process; whether it was there."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        return True
    return False


def wait_until(is_true: Callable[[], object], within_seconds: float, what: str, step_seconds: float = 0.1) -> None:
    """:raises TimeoutError: naming `what` did not come."""
    until = time.monotonic() + within_seconds
    while time.monotonic() < until:
        if is_true():
            return
        time.sleep(step_seconds)
    raise TimeoutError(f"{what}: not within {within_seconds:g} s")


def _children(pid: int) -> Iterator[int]:
    # Of every thread: a child belongs to the thread that forked it.
    for listing in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            yield from (int(child) for child in listing.read_text().split())
