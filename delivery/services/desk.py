"""Writes down for all threads of a drain, on one connection: who comes while it writes shares the next commit."""

import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

from django.db import connections

from delivery.adapters.carriers import Answer
from delivery.records.messages import OutboxMessage
from delivery.services import outcomes


@dataclass(frozen=True, slots=True)
class _Slip:
    """What one thread wants written, and where it waits for the answer."""

    answers: Sequence[tuple[OutboxMessage, Answer]]
    following: Sequence[OutboxMessage]
    written: "Future[outcomes.Step]" = field(default_factory=Future)


class Desk:
    """To be opened by whoever starts the threads, and closed when they have ended."""

    def __init__(self) -> None:
        self._slips: queue.SimpleQueue[_Slip | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="desk", daemon=True)
        self._thread.start()

    def step(
        self, answers: Sequence[tuple[OutboxMessage, Answer]], following: Sequence[OutboxMessage]
    ) -> outcomes.Step:
        """See `outcomes.step`; returns when it is committed, and raises what that raises."""
        slip = _Slip(answers, following)
        self._slips.put(slip)
        return slip.written.result()

    def close(self) -> None:
        """Ends the connection. Nobody may come afterwards."""
        self._slips.put(None)
        self._thread.join()

    def _work(self) -> None:
        try:
            while (slip := self._slips.get()) is not None:
                self._write([slip, *self._others()])
        finally:
            connections.close_all()

    def _others(self) -> list[_Slip]:
        found: list[_Slip] = []
        while True:
            try:
                slip = self._slips.get_nowait()
            except queue.Empty:
                return found
            if slip is None:
                # For the loop, which ends when this is written.
                self._slips.put(None)
                return found
            found.append(slip)

    def _write(self, slips: Sequence[_Slip]) -> None:
        try:
            step = outcomes.step(
                [answer for slip in slips for answer in slip.answers],
                [message for slip in slips for message in slip.following],
            )
        except BaseException as error:
            for slip in slips:
                slip.written.set_exception(error)
            return
        states = iter(step.states)
        for slip in slips:
            own = frozenset(message.pk for message in slip.following)
            slip.written.set_result(outcomes.Step([next(states) for _answer in slip.answers], step.marked & own))
