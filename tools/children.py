"""Child processes that are started together, watched, restarted and stopped together, with nothing left behind."""

import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

#: A child that ends more often than this within a minute will not get well by another start.
RESTARTS_A_MINUTE = 4
STEADY_SECONDS = 60
LONGEST_PAUSE_SECONDS = 15
PR_SET_PDEATHSIG = 1


class ChildKeepsDying(Exception):
    """A child ended again and again; the message is one sentence for the person."""


@dataclass
class Child:
    """One process in a process group of its own, so that what it starts can be stopped with it.

    `grace_seconds` is what it gets to finish its work after the first SIGTERM.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    directory: Path
    grace_seconds: float = 8
    is_quiet: bool = False
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)
    restart_at: float | None = None
    unfinished_line: bytes = b""

    def start(self) -> IO[bytes]:
        self.restart_at = None
        self.process = subprocess.Popen(
            self.command,
            env=dict(self.environment),
            cwd=self.directory,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # safe: this process has no threads
        )
        assert self.process.stdout is not None
        os.set_blocking(self.process.stdout.fileno(), False)
        return self.process.stdout

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal_group(self, number: int) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)

    def signal(self, number: int) -> None:
        if self.is_running and self.process is not None:
            self.process.send_signal(number)


def _die_with_parent() -> None:
    """On Linux a child hears SIGTERM even when its supervisor was killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Household:
    """Starts children in order, passes their output on line by line, and stops them in reverse order."""

    def __init__(self, say: Callable[[str, str], None]) -> None:
        self._say = say
        self._children: list[Child] = []
        self._selector = selectors.DefaultSelector()

    def start(self, child: Child) -> Child:
        self._children.append(child)
        self._listen(child)
        return child

    def _listen(self, child: Child) -> None:
        self._selector.register(child.start(), selectors.EVENT_READ, child)

    def watch(self, seconds: float) -> None:
        """Pass output on for at most `seconds`, and restart what ended.

        :raises ChildKeepsDying: when a child ends for the fifth time in a minute.
        """
        self._pass_output_on(seconds)
        for child in self._children:
            if child.restart_at is None and child.process is not None and not child.is_running:
                self._plan_restart(child)
            elif child.restart_at is not None and time.monotonic() >= child.restart_at:
                self._listen(child)

    def _plan_restart(self, child: Child) -> None:
        assert child.process is not None
        now = time.monotonic()
        child.deaths = [death for death in child.deaths if now - death < STEADY_SECONDS] + [now]
        how = _how_it_ended(child.process.returncode)
        if len(child.deaths) > RESTARTS_A_MINUTE:
            raise ChildKeepsDying(
                f"{child.name} {how}, for the {len(child.deaths)}th time in a minute: its last words stand above."
            )
        pause = min(2.0 ** (len(child.deaths) - 1), LONGEST_PAUSE_SECONDS)
        child.restart_at = now + pause
        self._say(child.name, f"{how}; it starts again in {pause:.0f} s")

    def _pass_output_on(self, seconds: float) -> None:
        if not self._selector.get_map():
            time.sleep(seconds)
            return
        for key, _events in self._selector.select(seconds):
            child: Child = key.data
            output = key.fileobj.read(65536)  # type: ignore[union-attr]
            if output == b"":
                self._selector.unregister(key.fileobj)
                key.fileobj.close()  # type: ignore[union-attr]
            elif output and not child.is_quiet:
                *lines, child.unfinished_line = (child.unfinished_line + output).split(b"\n")
                for line in lines:
                    self._say(child.name, line.decode(errors="replace").rstrip())

    def stop(self, *, is_hurried: Callable[[], bool] = lambda: False) -> None:
        """End every child, the last started first: ask, ask again (RQ then drops its job), then kill the group."""
        for child in reversed(self._children):
            self._stop_one(child, is_hurried)
        self._pass_output_on(0)

    def _stop_one(self, child: Child, is_hurried: Callable[[], bool]) -> None:
        child.signal(signal.SIGTERM)
        self._wait(child, child.grace_seconds, is_hurried)
        if child.is_running:
            child.signal(signal.SIGTERM)
            self._wait(child, 3, lambda: False)
        # What the child started and left in its group ends too, whether or not the child itself is gone.
        child.signal_group(signal.SIGKILL)
        if child.process is not None:
            child.process.wait()
            child.process = None

    def _wait(self, child: Child, seconds: float, is_hurried: Callable[[], bool]) -> None:
        until = time.monotonic() + seconds
        while child.is_running and time.monotonic() < until and not is_hurried():
            self._pass_output_on(0.05)


def _how_it_ended(code: int) -> str:
    if code < 0:
        return f"was ended by {signal.Signals(-code).name}"
    return f"ended with exit code {code}"
