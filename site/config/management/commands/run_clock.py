"""Runs what is to happen by the clock, in one process."""

import signal
import threading
from typing import Any

from django.core.management import BaseCommand, CommandParser

from config import clock


class Command(BaseCommand):
    help = (
        "Sweeps the outbox, publishes scheduled pages, has legislators brought up to date and forgets look-ups that "
        "are over, until it is told to stop (SIGTERM or Ctrl-C)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do everything once and end.")
        parser.add_argument("--sweep-seconds", type=float, default=clock.SWEEP_SECONDS, help="Time between two sweeps.")

    def handle(self, *, once: bool, sweep_seconds: float, **_options: Any) -> None:
        stopping = threading.Event()
        tasks = clock.tasks(stopping, sweep_seconds)
        if once:
            for task in tasks:
                task.attempt()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        clock.run(tasks, stopping)
