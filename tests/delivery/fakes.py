"""A mail service that answers as it is told, held to the same contract as the real ones."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from anymail.backends.test import EmailBackend as AnymailTestBackend
from django.utils import timezone

from delivery.adapters.carriers import Answer, NotAccepted
from delivery.engine.addressing import OutgoingMail
from delivery.engine.failures import Failure, Fate
from delivery.engine.rulings import GO, Ruling
from delivery.engine.tracking import TrackingReport
from delivery.records.messages import OutboxMessage
from delivery.services import tracking

REFUSED = Failure(Fate.FAILED, "SMTP 550")
REFUSED_FOR_NOW = Failure(Fate.RETRY, "SMTP 451")
SERVICE_AWAY = Failure(Fate.RETRY, "ConnectionRefusedError", is_service_wide=True)
NO_ANSWER = Failure(Fate.UNCERTAIN, "no answer", is_service_wide=True)


@dataclass
class FakeMailer:
    """Accepts everything, unless `failure` gives a failure for it."""

    failure: Callable[[OutgoingMail], Failure | None] = lambda _mail: None
    opening_failure: Failure | None = None
    sent: list[OutgoingMail] = field(default_factory=list)
    opened: int = 0
    is_closed: bool = False

    def open(self) -> None:
        self.opened += 1
        if self.opening_failure is not None:
            raise NotAccepted(self.opening_failure)

    def send(self, outgoing: OutgoingMail) -> Answer:
        failure = self.failure(outgoing)
        if failure is not None:
            raise NotAccepted(failure)
        self.sent.append(outgoing)
        return Answer(outgoing.message_id)

    def close(self) -> None:
        self.is_closed = True


class SendingAnymailBackend(AnymailTestBackend):
    """Anymail's own test backend, under a name that is not known to be harmless."""


@dataclass
class RoomsAbove:
    """What `campaigns` says of letters that are about to leave, and what it heard of those that became hand-offs."""

    rulings: dict[UUID, Ruling] = field(default_factory=dict)
    #: Raised instead of an answer.
    error: Exception | None = None
    fallback_error: Exception | None = None
    #: The ids of each call.
    asked: list[list[UUID]] = field(default_factory=list)
    handed_off: list[UUID] = field(default_factory=list)

    def rule(self, *, messages: Sequence[OutboxMessage]) -> Mapping[UUID, Ruling]:
        self.asked.append([message.pk for message in messages])
        if self.error is not None:
            raise self.error
        return {message.pk: self.rulings.get(message.pk, GO) for message in messages}

    def tell_of_handoffs(self, *, message_ids: Sequence[UUID]) -> None:
        if self.fallback_error is not None:
            raise self.fallback_error
        self.handed_off += message_ids

    def forget(self) -> None:
        self.rulings, self.error, self.fallback_error, self.asked, self.handed_off = {}, None, None, [], []


_rooms_above = RoomsAbove()


def rule(*, messages: Sequence[OutboxMessage]) -> Mapping[UUID, Ruling]:
    return _rooms_above.rule(messages=messages)


def tell_of_handoffs(*, message_ids: Sequence[UUID]) -> None:
    _rooms_above.tell_of_handoffs(message_ids=message_ids)


def the_rooms_above() -> RoomsAbove:
    """The one that the two functions above answer for, as nobody has asked it anything yet."""
    _rooms_above.forget()
    return _rooms_above


def report(message: OutboxMessage, kind: str, code: str = "") -> OutboxMessage | None:
    """The mail service reports on `message`, by our own number for it."""
    told = TrackingReport(kind, timezone.now(), str(uuid4()), str(message.pk), "", code)
    return tracking.record(report=told)
