"""What a mail service's report about a message means for its state."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from delivery.engine import states

#: The service has given up on a mailbox that refuses for now; Anymail calls that "bounced" as well.
SOFT = "soft_bounced"


class Fault(Enum):
    """What a report says is the trouble, if there is one."""

    NONE = "none"
    #: Nobody reads mail at this address: the next letter would come back too.
    MAILBOX = "mailbox"
    #: Full, busy, greylisting: another day it may do.
    FOR_NOW = "for_now"
    #: Our good name, the text, or what the service itself blocks: the mailbox is not to blame.
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class TrackingReport:
    """One report, whichever service it came from. `kind` is one of Anymail's event types, or `SOFT`."""

    kind: str
    at: datetime
    #: Which report this is: the same one posted twice has the same.
    source_id: str
    #: Our id of the row if the service sent it back, else empty.
    reference: str
    #: The service's own id of the message, or empty.
    provider_message_id: str
    #: Codes only, never the text of an answer.
    code: str = ""
    #: Our ids of rows, as the Message-IDs say that the report quotes: `addressing.reference_of`.
    stated_references: tuple[str, ...] = ()


#: The state that a report claims. Opens and clicks are not here: letters are not watched.
_CLAIMED_STATE = {
    "queued": "accepted",
    "sent": "accepted",
    "deferred": "accepted",
    "delivered": "delivered",
    # Who complains has received it.
    "complained": "delivered",
    "bounced": "bounced",
    SOFT: "bounced",
    "rejected": "failed",
    "failed": "failed",
}


def claimed_state(kind: str) -> str | None:
    """The state that a report of this kind claims, or None if it says nothing about delivery."""
    return _CLAIMED_STATE.get(kind)


def state_after(current: str, kind: str, *, was_in_doubt: bool = False) -> str:
    """The state of a message in `current` once a report of `kind` is in: unchanged if the report is old or odd.

    Reports come in any order and more than once; one that would lead back changes nothing.

    :param was_in_doubt: there was a try of which we never heard the answer: a report that it was taken ends that.
    """
    claimed = claimed_state(kind)
    # "Failed" to "queued" and the like are ours to decide, so only what the table allows is followed.
    if claimed is None or not states.is_allowed(current, claimed):
        return current
    # A message that waits for another try is not ended by a report about an earlier one, unless it has arrived.
    if current in ("queued", "claimed") and claimed != "delivered":
        return claimed if was_in_doubt and claimed == "accepted" else current
    # A refusal for now that comes after the delivery is older than it; believed, it would send the letter twice.
    if current == "delivered" and kind == SOFT:
        return current
    return claimed


#: RFC 3463: 5.1.x is about the address (but .7 and .8 about the sender's), 5.2.1 a mailbox that is switched off,
#: 5.4.4 and 5.4.310 a domain that is not there.
_NO_MAILBOX = re.compile(r"5\.1\.(?!7$|8$)\d+|5\.2\.1|5\.4\.(?:4|310)")
#: Mailbox full.
_FULL = frozenset({"5.2.2", "552"})
#: Where there is no better code: no such user, not local, bad name (RFC 5321), and no mail here (RFC 7504).
_BARE = frozenset({"550", "551", "553", "521", "556"})
_ENHANCED = re.compile(r"[245]\.\d+\.\d+")
#: Anymail's reject reasons for an address that does not work.
_UNREACHABLE = frozenset({"bounced", "invalid"})


def is_mailbox_gone(codes: str) -> bool:
    """Whether `codes`, as in `TrackingReport.code`, say that nobody reads mail at the address.

    A refusal for reasons of policy (5.7.x) is about us: calling the mailbox dead would hide that.
    """
    words = codes.split()
    enhanced = [word for word in words if _ENHANCED.fullmatch(word)]
    if enhanced:
        return any(_NO_MAILBOX.fullmatch(code) for code in enhanced) and not any(
            code.startswith("5.7.") for code in enhanced
        )
    return not _BARE.isdisjoint(words)


def fault(report: TrackingReport) -> Fault:
    """What is to blame, as far as the report tells."""
    words = report.code.split()
    if report.kind in ("deferred", SOFT):
        return Fault.FOR_NOW
    if report.kind not in ("bounced", "rejected"):
        return Fault.OTHER if report.kind == "failed" else Fault.NONE
    codes = [word for word in words if word[0].isdigit()]
    if not codes:
        # The service says no more than that it does not work.
        return Fault.OTHER if _UNREACHABLE.isdisjoint(words) else Fault.MAILBOX
    if is_mailbox_gone(report.code):
        return Fault.MAILBOX
    if not _FULL.isdisjoint(codes) or all(code.startswith("4") for code in codes):
        return Fault.FOR_NOW
    return Fault.OTHER


#: A mailbox that refuses for now is left alone for an hour, then for twice as long each time, at most a day.
_FIRST_PAUSE_SECONDS = 3_600
_LONGEST_PAUSE_SECONDS = 86_400


def pause_seconds(refusals: int) -> int:
    """How long a mailbox is left alone after so many refusals for now in a row; the first one is greylisting."""
    if refusals < 2:
        return 0
    return min(_FIRST_PAUSE_SECONDS * 2 ** min(refusals - 2, 10), _LONGEST_PAUSE_SECONDS)
