"""What takes a message out of this process, whichever channel it is: one at a time, over a connection of its own."""

from dataclasses import dataclass
from typing import Protocol, TypeVar

from delivery.engine.failures import Failure

Outgoing = TypeVar("Outgoing", contravariant=True)


class NotAccepted(Exception):
    """The other side did not say yes. `failure` says what that means for the message."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.code)
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Answer:
    """The other side said yes."""

    #: Its own id of the message, by which it is found again; where it gives none, ours.
    provider_message_id: str
    #: False: it was looked at, tested or written to a file, and reached nobody.
    is_sent: bool = True
    #: A `DeliveryEvent.Reason` value and codes for the history, where there is more to say than yes.
    reason: str = ""
    detail: str = ""


class Carrier(Protocol[Outgoing]):
    """Used by one thread at a time."""

    def open(self) -> None:
        """Makes the connection, if there is none. :raises NotAccepted: it cannot be made."""

    def send(self, outgoing: Outgoing, /) -> Answer:
        """Hands over one message. :raises NotAccepted: refused, or it is not known whether it was taken."""

    def close(self) -> None:
        """Ends the connection. Never raises."""
