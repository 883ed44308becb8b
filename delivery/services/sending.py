"""Sends claimed messages one after another: composes, commits the intent, hands over, writes down the answer."""

import logging
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from delivery.adapters import cwc, mail
from delivery.adapters.carriers import Carrier, NotAccepted
from delivery.engine import backoff
from delivery.engine.addressing import UnusableAddress
from delivery.engine.failures import CannotBeComposed, Failure, Fate
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.selectors import lanes
from delivery.services import claiming, composing, congress_letters, outcomes

logger = logging.getLogger(__name__)

Channel = OutboxMessage.Channel
Connect = Callable[[], Carrier[Any]]

#: Makes of a row what the carrier of its channel takes.
_COMPOSERS: Mapping[str, Callable[[OutboxMessage], Any]] = {
    Channel.EMAIL: composing.compose,
    Channel.CWC: congress_letters.compose,
}
CARRIERS: Mapping[str, Connect] = {Channel.EMAIL: mail.connect, Channel.CWC: cwc.connect}


@dataclass
class Lines:
    """What the threads of one drain share: how to connect, which lanes are closed, how slow the other side is."""

    connects: Mapping[str, Connect] = field(default_factory=lambda: CARRIERS)
    closed: set[str] = field(default_factory=set)
    #: Of the last sends, in seconds.
    recent_sends: deque[float] = field(default_factory=lambda: deque(maxlen=32))


class Sender:
    """One thread's: a connection of its own to each service that it has needed."""

    def __init__(self, lines: Lines) -> None:
        self.by_state: Counter[str] = Counter()
        self._lines = lines
        self._carriers: dict[str, Carrier[Any]] = {}

    def process(self, message: OutboxMessage) -> None:
        """Sends one claimed message, unless it is not to leave any more, and writes down what came of it."""
        lane = lanes.lane_of(message)
        if lane not in self._lines.closed:
            reached = self._process(message, lane)
            if reached:
                self.by_state[reached] += 1

    def close(self) -> None:
        """Ends the connections. Never raises."""
        for carrier in self._carriers.values():
            carrier.close()

    def _process(self, message: OutboxMessage, lane: str) -> str:
        try:
            outgoing = _COMPOSERS[message.channel](message)
        except UnusableAddress:
            return outcomes.not_composed(message, CannotBeComposed(DeliveryEvent.Reason.CANNOT_BE_WRITTEN))
        except CannotBeComposed as error:
            return outcomes.not_composed(message, error)
        except Exception as error:
            # One message that we cannot make head or tail of must not hold up those behind it.
            logger.exception("a message could not be composed")
            return outcomes.not_accepted(message, Failure(Fate.RETRY, type(error).__name__))
        return self._send(message, outgoing, lane)

    def _send(self, message: OutboxMessage, outgoing: Any, lane: str) -> str:
        try:
            carrier = self._open(message.channel, lane)
        except NotAccepted as error:
            self._close_lane(lane, error.failure)
            return outcomes.not_accepted(message, error.failure)
        # Committed before anything goes over the wire: whoever dies in between leaves this trace.
        if not outcomes.insistently(lambda: claiming.mark_sending(message)):
            claiming.release(owner=message.lease_owner, messages=[message])
            return ""
        began = time.monotonic()
        try:
            answer = carrier.send(outgoing)
        except NotAccepted as error:
            if error.failure.is_service_wide:
                self._close_lane(lane, error.failure)
            return outcomes.not_accepted(message, error.failure)
        self._lines.recent_sends.append(time.monotonic() - began)
        return outcomes.accepted(message, answer)

    def _close_lane(self, lane: str, failure: Failure) -> None:
        self._lines.closed.add(lane)
        if failure.retry_after_seconds is not None:
            wait = timedelta(seconds=backoff.within_reason(failure.retry_after_seconds))
            claiming.postpone(lane=lane, until=timezone.now() + wait)

    def _open(self, channel: str, lane: str) -> Carrier[Any]:
        if lane not in self._carriers:
            self._carriers[lane] = self._lines.connects[channel]()
        self._carriers[lane].open()
        return self._carriers[lane]
