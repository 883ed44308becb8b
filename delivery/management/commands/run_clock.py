"""Runs what is to happen by the clock: the sweep of the outbox, and pages that are scheduled."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.management import BaseCommand, CommandParser, call_command
from django.db import close_old_connections, connections

from delivery.services import sweeping

logger = logging.getLogger(__name__)

SWEEP_SECONDS = 10.0
PUBLISH_SECONDS = 60.0


@dataclass
class Task:
    """Something done every so often. A problem that goes on is told once, and so is its end."""

    name: str
    every_seconds: float
    run: Callable[[], object]
    due_at: float = 0.0
    problem: str = field(default="", init=False)

    def attempt(self) -> None:
        close_old_connections()
        try:
            self.run()
        except Exception as error:
            self._tell(type(error).__name__)
            # A connection that failed is not used again.
            connections.close_all()
        else:
            self._tell("")
        self.due_at = time.monotonic() + self.every_seconds

    def _tell(self, problem: str) -> None:
        if problem and problem != self.problem:
            logger.error("%s fails (%s); it is tried again every %g s", self.name, problem, self.every_seconds)
        elif self.problem and not problem:
            logger.info("%s works again", self.name)
        self.problem = problem


class Command(BaseCommand):
    help = "Sweeps the outbox and publishes scheduled pages until it is told to stop (SIGTERM or Ctrl-C)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do everything once and end.")
        parser.add_argument("--sweep-seconds", type=float, default=SWEEP_SECONDS, help="Time between two sweeps.")

    def handle(self, *, once: bool, sweep_seconds: float, **_options: Any) -> None:
        stopping = threading.Event()
        tasks = [
            Task("the sweep of the outbox", sweep_seconds, lambda: sweeping.sweep(should_stop=stopping.is_set)),
            Task("publishing scheduled pages", PUBLISH_SECONDS, lambda: call_command("publish_scheduled")),
        ]
        if once:
            for task in tasks:
                task.attempt()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        run(tasks, stopping)


def run(tasks: list[Task], stopping: threading.Event) -> None:
    """Does each task when it is due, until `stopping` is set."""
    while not stopping.is_set():
        for task in tasks:
            if task.due_at <= time.monotonic() and not stopping.is_set():
                task.attempt()
        next_due = min(task.due_at for task in tasks)
        stopping.wait(max(next_due - time.monotonic(), 0.0))
