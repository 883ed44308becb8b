"""What an answer of a mail service means for the message: try again, give up, or not known."""

from dataclasses import dataclass
from enum import Enum


class Fate(Enum):
    #: It certainly did not go; it may go later.
    RETRY = "retry"
    #: It certainly did not go and never will.
    FAILED = "failed"
    #: It may have gone: trying again could send it twice.
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Failure:
    fate: Fate
    #: A code in few words, such as "SMTP 451"; never the server's own text, which quotes addresses.
    code: str
    #: The trouble is the mail service's or our account's, not this message's: others would meet it too.
    is_service_wide: bool = False
    #: How long the other side wants to be left alone, or stays closed; None where it did not say.
    retry_after_seconds: float | None = None
    #: A `DeliveryEvent.Reason` value that says it better than the usual one for this fate.
    reason: str = ""
    #: A mail server refused the recipient, and `code` says with which codes: the mailbox may be gone.
    is_about_recipient: bool = False


class CannotBeComposed(ValueError):
    """The message cannot take the form that its channel asks for; trying again does not help. Quotes no words of it."""

    def __init__(self, reason: str, code: str = "") -> None:
        super().__init__(code or reason)
        #: A `DeliveryEvent.Reason` value.
        self.reason = reason
        #: What is wrong, in few words, for the history.
        self.code = code


#: RFC 5321 section 4.2.2: the server closes the channel; any message would have met that.
_SERVICE_CLOSING = 421
_TOO_BIG = 552


def by_smtp_reply(code: int, *, is_about_sender: bool = False) -> Failure:
    """The meaning of an SMTP reply code (RFC 5321 section 4.2.1) to a message.

    :param is_about_sender: the reply was to MAIL FROM. That address is ours on every message, so a refusal is
        about our account, and no message is given up for it.
    """
    label = f"SMTP {code}"
    if code == _SERVICE_CLOSING:
        return Failure(Fate.RETRY, label, is_service_wide=True)
    if is_about_sender and code != _TOO_BIG:
        return Failure(Fate.RETRY, label, is_service_wide=True)
    if 400 <= code < 500:
        return Failure(Fate.RETRY, label)
    if 500 <= code < 600:
        return Failure(Fate.FAILED, label)
    return Failure(Fate.UNCERTAIN, label)


def by_http_status(status: int, *, retry_after_seconds: float | None = None) -> Failure:
    """The meaning of an HTTP status (RFC 9110 section 15) with which a mail service's API answered a send.

    :param retry_after_seconds: what its header Retry-After said, where there was one.
    """
    label = f"HTTP {status}"
    if status in (401, 403, 408, 429, 503):
        # Our key, our quota or their maintenance: the message was not taken, and is not to blame.
        return Failure(Fate.RETRY, label, is_service_wide=True, retry_after_seconds=retry_after_seconds)
    if status == 409:
        # It has something of ours already: Resend says so of a try under the same key that is still under way.
        return Failure(Fate.UNCERTAIN, label)
    if 400 <= status < 500:
        return Failure(Fate.FAILED, label)
    # A gateway that gave up waiting says nothing about what became of the request behind it.
    return Failure(Fate.UNCERTAIN, label, is_service_wide=True)
