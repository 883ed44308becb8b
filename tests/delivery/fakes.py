"""A mail service that answers as it is told, held to the same contract as the real ones."""

from collections.abc import Callable
from dataclasses import dataclass, field

from anymail.backends.test import EmailBackend as AnymailTestBackend

from delivery.adapters.carriers import Answer, NotAccepted
from delivery.engine.addressing import OutgoingMail
from delivery.engine.failures import Failure, Fate

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
