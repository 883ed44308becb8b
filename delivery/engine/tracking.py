"""What a mail service's report about a message means for its state."""

from dataclasses import dataclass
from datetime import datetime

from delivery.engine import states


@dataclass(frozen=True, slots=True)
class TrackingReport:
    """One report, whichever service it came from. `kind` is one of Anymail's event types."""

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
    "rejected": "failed",
    "failed": "failed",
}


def claimed_state(kind: str) -> str | None:
    """The state that a report of this kind claims, or None if it says nothing about delivery."""
    return _CLAIMED_STATE.get(kind)


def state_after(current: str, kind: str) -> str:
    """The state of a message in `current` once a report of `kind` is in: unchanged if the report is old or odd.

    Reports come in any order and more than once; one that would lead back changes nothing.
    """
    claimed = claimed_state(kind)
    # "Failed" to "queued" and the like are ours to decide, so only what the table allows is followed.
    if claimed is None or not states.is_allowed(current, claimed):
        return current
    # A message that waits for another try is not ended by a report about an earlier one, unless it has arrived.
    if current in ("queued", "claimed") and claimed != "delivered":
        return current
    return claimed
