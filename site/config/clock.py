"""What happens by the clock, in every room, and the loop that sees to it."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.management import call_command
from django.db import close_old_connections, connections

from campaigns.services import confirming, protection, reply_questions, uploads
from delivery.services import cwc_offices, reconciling, relays, sweeping, tallies
from legislators.services import answers, sync

logger = logging.getLogger(__name__)

SWEEP_SECONDS = 10.0
RECONCILE_SECONDS = 60.0
TALLY_SECONDS = 15.0
PUBLISH_SECONDS = 60.0
SYNC_SECONDS = 300.0
PURGE_SECONDS = 3600.0
ASK_SECONDS = 120.0


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


def tasks(stopping: threading.Event, sweep_seconds: float = SWEEP_SECONDS) -> list[Task]:
    """Everything that this site does by the clock. None of it may take long: the sweep waits for the others."""
    return [
        Task("the sweep of the outbox", sweep_seconds, lambda: sweeping.sweep(should_stop=stopping.is_set)),
        Task("ending the doubt about letters", RECONCILE_SECONDS, lambda: reconciling.settle()),
        Task("counting a large outbox", TALLY_SECONDS, lambda: tallies.count()),
        Task("publishing scheduled pages", PUBLISH_SECONDS, lambda: call_command("publish_scheduled")),
        # Only puts a job into the queue: a download would keep letters waiting.
        Task("keeping legislators up to date", SYNC_SECONDS, lambda: sync.enqueue_due()),
        Task("keeping the lists of Congress's offices", SYNC_SECONDS, lambda: cwc_offices.enqueue_due()),
        Task("asking whether offices answered", ASK_SECONDS, lambda: reply_questions.ask_due()),
        Task("reminding those who have no answer", ASK_SECONDS, lambda: reply_questions.remind_due()),
        Task("reminding those who have not confirmed", ASK_SECONDS, lambda: confirming.remind_due()),
        Task("giving up what nobody confirmed", ASK_SECONDS, lambda: confirming.give_up_due()),
        Task("forgetting who sent how much", PURGE_SECONDS, lambda: protection.forget()),
        Task("forgetting look-ups that are over", PURGE_SECONDS, lambda: answers.purge()),
        Task("deleting files that were never sent", PURGE_SECONDS, lambda: uploads.sweep()),
        Task("emptying answers that were passed on", PURGE_SECONDS, lambda: relays.forget()),
    ]


def run(tasks: list[Task], stopping: threading.Event) -> None:
    """Does each task when it is due, until `stopping` is set."""
    while not stopping.is_set():
        for task in tasks:
            if task.due_at <= time.monotonic() and not stopping.is_set():
                task.attempt()
        next_due = min(task.due_at for task in tasks)
        stopping.wait(max(next_due - time.monotonic(), 0.0))
