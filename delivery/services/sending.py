"""Sends claimed messages in small groups: composes, commits the intent, hands over, writes down the answers."""

import logging
import statistics
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from delivery.adapters import cwc, mail
from delivery.adapters.carriers import Answer, Carrier, NotAccepted
from delivery.engine import backoff
from delivery.engine.addressing import UnusableAddress
from delivery.engine.failures import CannotBeComposed, Failure, Fate
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.selectors import lanes
from delivery.services import claiming, composing, congress_letters, outcomes

logger = logging.getLogger(__name__)

Channel = OutboxMessage.Channel
Connect = Callable[[], Carrier[Any]]
#: See `outcomes.step`.
WriteStep = Callable[[Sequence[tuple[OutboxMessage, Answer]], Sequence[OutboxMessage]], outcomes.Step]

#: Makes of a row what the carrier of its channel takes.
_COMPOSERS: Mapping[str, Callable[[OutboxMessage], Any]] = {
    Channel.EMAIL: composing.compose,
    Channel.CWC: congress_letters.compose,
}
CARRIERS: Mapping[str, Connect] = {Channel.EMAIL: mail.connect, Channel.CWC: cwc.connect}

#: As many letters make a group as are sent within this time, so that a service which takes longer for one gets each
#: alone: what a worker that dies leaves in doubt is one letter a thread, or what it would have sent by now.
GROUP_SECONDS = 0.025
LARGEST_GROUP = 24
#: When a group takes longer than it was meant to, the rest of it is put back: a pause must not wait for it.
LONGEST_GROUP_SECONDS = 0.25
#: Another thread helps for every so many seconds that a send waits: below that, Python itself is the limit.
SECONDS_PER_THREAD = 0.003
#: Below this none does: what looks like waiting may be the machine, which more threads would only keep busier.
NEAR_SECONDS = 0.01


@dataclass
class Lines:
    """What the threads of one drain share: how to connect, which lanes are closed, how slow the other side is."""

    connects: Mapping[str, Connect] = field(default_factory=lambda: CARRIERS)
    closed: set[str] = field(default_factory=set)
    #: Of the last sends, in seconds.
    recent_sends: deque[float] = field(default_factory=lambda: deque(maxlen=32))

    def groups(self, messages: Sequence[OutboxMessage]) -> Iterator[list[OutboxMessage]]:
        """`messages` in groups of one lane, each as large as the other side is quick when it is asked for."""
        waiting = deque(messages)
        while waiting:
            lane = lanes.lane_of(waiting[0])
            group = [waiting.popleft()]
            # Congress's systems count requests by the minute: nothing is gained, so each letter has its own.
            most = self._group_size() if lane == Channel.EMAIL else 1
            while waiting and len(group) < most and lanes.lane_of(waiting[0]) == lane:
                group.append(waiting.popleft())
            yield group

    def threads_wanted(self) -> int:
        """How many at once would keep this process busy; 1 until the first send has shown how long one takes."""
        seconds = self._seconds_a_send()
        return 1 + int(seconds / SECONDS_PER_THREAD) if seconds >= NEAR_SECONDS else 1

    def _group_size(self) -> int:
        seconds = self._seconds_a_send()
        return max(1, min(LARGEST_GROUP, int(GROUP_SECONDS / seconds))) if seconds else 1

    def _seconds_a_send(self) -> float:
        """Usually: one that hung for a moment says little about the next."""
        recent = list(self.recent_sends)
        return statistics.median(recent) if recent else 0.0


@dataclass(frozen=True, slots=True)
class _Letter:
    """A row, and what the carrier takes of it."""

    message: OutboxMessage
    outgoing: Any


class Sender:
    """One thread's: a connection of its own to each service that it has needed."""

    def __init__(self, lines: Lines, step: WriteStep = outcomes.step) -> None:
        self.by_state: Counter[str] = Counter()
        self._lines = lines
        self._step = step
        self._carriers: dict[str, Carrier[Any]] = {}
        #: Answers that are written down with the next intent, or by `settle`.
        self._taken: list[tuple[OutboxMessage, Answer]] = []

    def process(self, group: Sequence[OutboxMessage]) -> None:
        """Sends claimed messages of one lane, those that are still to leave.

        What came of the last of them is written down together with the intent to send the next: by the next call,
        which has to follow at once, or by `settle`.
        """
        lane = lanes.lane_of(group[0])
        if lane in self._lines.closed:
            return
        letters = [letter for message in group if (letter := self._compose(message))]
        if not letters:
            return
        try:
            carrier = self._open(letters[0].message.channel, lane)
        except NotAccepted as error:
            self._close_lane(lane, error.failure)
            self._not_accepted(letters[0], error.failure)
            return
        self._send(carrier, lane, deque(self._mark(letters)))

    def settle(self) -> None:
        """Writes down the answers that are still unwritten; to be called whenever no next letter is at hand."""
        if self._taken:
            taken, self._taken = self._taken, []
            self.by_state.update(self._step(taken, ()).states)

    def close(self) -> None:
        """Ends the connections. Never raises."""
        for carrier in self._carriers.values():
            carrier.close()

    def _compose(self, message: OutboxMessage) -> _Letter | None:
        try:
            return _Letter(message, _COMPOSERS[message.channel](message))
        except UnusableAddress:
            self.by_state[outcomes.not_composed(message, CannotBeComposed(DeliveryEvent.Reason.CANNOT_BE_WRITTEN))] += 1
        except CannotBeComposed as error:
            self.by_state[outcomes.not_composed(message, error)] += 1
        except Exception as error:
            # One message that we cannot make head or tail of must not hold up those behind it.
            # Without its text and its trace, which may quote the message.
            logger.error("a message could not be composed (%s)", type(error).__name__)
            self.by_state[outcomes.not_accepted(message, Failure(Fate.RETRY, type(error).__name__))] += 1
        return None

    def _mark(self, letters: Sequence[_Letter]) -> list[_Letter]:
        """Commits the intent before anything goes over the wire: whoever dies in between leaves this trace."""
        messages = [letter.message for letter in letters]
        taken, self._taken = self._taken, []
        step = self._step(taken, messages)
        self.by_state.update(step.states)
        kept = [message for message in messages if message.pk not in step.marked]
        if kept:
            claiming.release(owner=kept[0].lease_owner, messages=kept)
        return [letter for letter in letters if letter.message.pk in step.marked]

    def _send(self, carrier: Carrier[Any], lane: str, waiting: deque[_Letter]) -> None:
        """One after the other. However it ends, no answer is lost, and what was not begun waits again."""
        until = time.monotonic() + LONGEST_GROUP_SECONDS
        try:
            while waiting and time.monotonic() < until:
                letter, began = waiting.popleft(), time.monotonic()
                try:
                    self._taken.append((letter.message, carrier.send(letter.outgoing)))
                except NotAccepted as error:
                    self.settle()
                    if error.failure.is_service_wide or error.failure.fate is Fate.UNCERTAIN:
                        _put_back(waiting)
                    if error.failure.is_service_wide:
                        self._close_lane(lane, error.failure)
                    self._not_accepted(letter, error.failure)
                else:
                    self._lines.recent_sends.append(time.monotonic() - began)
        except BaseException:
            self.settle()
            raise
        finally:
            _put_back(waiting)

    def _not_accepted(self, letter: _Letter, failure: Failure) -> None:
        self.by_state[outcomes.not_accepted(letter.message, failure)] += 1

    def _close_lane(self, lane: str, failure: Failure) -> None:
        self._lines.closed.add(lane)
        if failure.retry_after_seconds is not None:
            wait = timedelta(seconds=backoff.within_reason(failure.retry_after_seconds))
            claiming.postpone(lane=lane, until=timezone.now() + wait)

    def _open(self, channel: str, lane: str) -> Carrier[Any]:
        if lane not in self._carriers:
            # To connect may take its time.
            self.settle()
            self._carriers[lane] = self._lines.connects[channel]()
        self._carriers[lane].open()
        return self._carriers[lane]


def _put_back(waiting: deque[_Letter]) -> None:
    """They are marked as being sent, and nothing of them went over the wire."""
    if waiting:
        messages = [letter.message for letter in waiting]
        waiting.clear()
        outcomes.insistently(lambda: claiming.not_begun(owner=messages[0].lease_owner, messages=messages))
