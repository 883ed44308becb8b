"""What rooms above say of a letter that is about to leave: whoever knows the officials is asked once more."""

from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    #: Leaves as it is.
    GO = "go"
    #: Leaves to `recipient_address` instead: the office has a new one.
    READDRESS = "readdress"
    #: Waits for the staff: it would reach the wrong person.
    HOLD = "hold"
    #: Goes by the next channel: the office takes no such letters any more.
    NEXT_CHANNEL = "next_channel"


@dataclass(frozen=True, slots=True)
class Ruling:
    verdict: Verdict
    #: A `DeliveryEvent.Reason` value, for the history; empty for GO.
    reason: str = ""
    recipient_address: str = ""


GO = Ruling(Verdict.GO)

#: `DeliveryEvent.Reason` values: held for one of these, a letter would reach the wrong person; nobody can approve it.
WRONG_PERSON = frozenset({"left_office", "seat_changed"})
#: The same: held for one of these, a letter waits for the whole form that it came with, and is never let go alone.
WITH_ITS_FORM = frozenset({"being_checked", "not_confirmed"})
