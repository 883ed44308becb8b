"""The threads that send for one drain: as many as the other side is slow."""

import queue
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Protocol

from django.conf import settings
from django.db import connections

from delivery.records.messages import OutboxMessage
from delivery.services.desk import Desk
from delivery.services.sending import Lines, Sender

_LOOK_UP_SECONDS = 0.1
#: So many letters a thread wait at hand, so that none is idle while the next are claimed.
AHEAD = 4


class Crew(Protocol):
    def hand(self, group: Sequence[OutboxMessage]) -> bool:
        """Has the messages sent, sooner or later; False once the drain is over. :param group: see `Lines.groups`."""

    def rest(self) -> None:
        """Nothing follows for the moment."""

    def finish(self) -> Counter[str]:
        """Waits for what has been handed over; how many messages reached which state.

        :raises Exception: what stopped one of the senders.
        """


def gather(lines: Lines, is_over: Callable[[], bool]) -> Crew:
    """Up to `settings.SEND_THREADS` threads; with one, everything happens in the caller's own."""
    if settings.SEND_THREADS <= 1:
        return Alone(lines, is_over)
    return Threads(lines, is_over, most=settings.SEND_THREADS)


class Alone:
    """Sends in the caller's thread, on the caller's connection to the database."""

    def __init__(self, lines: Lines, is_over: Callable[[], bool]) -> None:
        self._sender = Sender(lines)
        self._is_over = is_over

    def hand(self, group: Sequence[OutboxMessage]) -> bool:
        if self._is_over():
            return False
        self._sender.process(group)
        return True

    def rest(self) -> None:
        self._sender.settle()

    def finish(self) -> Counter[str]:
        try:
            self._sender.settle()
        finally:
            self._sender.close()
        return self._sender.by_state


class Threads:
    """Each thread has its own connections to the services, and one to the database when something goes wrong.

    What goes well they have written down at one desk, so that twenty threads do not take twenty connections.
    As long as the other side answers at once there are none, and the caller sends: two threads of one Python would
    only wait for each other.
    """

    def __init__(self, lines: Lines, is_over: Callable[[], bool], *, most: int) -> None:
        self._lines = lines
        self._is_over_for_all = is_over
        self._most = most
        self._alone = Alone(lines, self._is_over)
        self._waiting: queue.Queue[Sequence[OutboxMessage] | None] = queue.Queue(maxsize=AHEAD * most)
        self._threads: list[threading.Thread] = []
        self._desk: Desk | None = None
        self._lock = threading.Lock()
        self._by_state: Counter[str] = Counter()
        self._error: BaseException | None = None

    def hand(self, group: Sequence[OutboxMessage]) -> bool:
        self._hire()
        if not self._threads:
            return self._alone.hand(group)
        self._alone.rest()
        while not self._is_over():
            try:
                self._waiting.put(group, timeout=_LOOK_UP_SECONDS)
            except queue.Full:
                self._hire()
                continue
            return True
        return False

    def rest(self) -> None:
        # The threads see for themselves when nothing follows.
        self._alone.rest()

    def finish(self) -> Counter[str]:
        for _thread in self._threads:
            while any(thread.is_alive() for thread in self._threads):
                try:
                    self._waiting.put(None, timeout=_LOOK_UP_SECONDS)
                except queue.Full:
                    continue
                break
        for thread in self._threads:
            thread.join()
        if self._desk is not None:
            self._desk.close()
        self._by_state += self._alone.finish()
        if self._error is not None:
            raise self._error
        return self._by_state

    def _is_over(self) -> bool:
        return self._error is not None or self._is_over_for_all()

    def _hire(self) -> None:
        wanted = self._lines.threads_wanted()
        if wanted == 1 and not self._threads:
            return
        self._desk = self._desk or Desk()
        while len(self._threads) < min(wanted, self._most):
            thread = threading.Thread(target=self._work, args=[self._desk], name="sender", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _work(self, desk: Desk) -> None:
        sender = Sender(self._lines, desk.step)
        try:
            try:
                while (group := self._next(sender)) is not None:
                    # What is left when the time is up stays claimed, and is put back when all have ended.
                    if not self._is_over():
                        sender.process(group)
            finally:
                sender.settle()
        except BaseException as error:
            self._error = self._error or error
        finally:
            sender.close()
            connections.close_all()
            with self._lock:
                self._by_state += sender.by_state

    def _next(self, sender: Sender) -> Sequence[OutboxMessage] | None:
        try:
            return self._waiting.get_nowait()
        except queue.Empty:
            sender.settle()
            return self._waiting.get()
