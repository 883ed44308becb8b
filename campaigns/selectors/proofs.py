"""What the public page says of a reference: that a person stands behind a letter, and nothing of who it is."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from campaigns.engine import authorship
from campaigns.records.protection import Authorship
from delivery.records.messages import OutboxMessage

State = OutboxMessage.State
#: It is with the office's side, as far as anybody knows.
_LEFT = frozenset({State.ACCEPTED, State.DELIVERED})


@dataclass(frozen=True, slots=True)
class Proof:
    reference: str
    campaign: str
    recipient: str
    office: str
    agreed_at: datetime
    confirmed_at: datetime | None
    is_personalised: bool
    #: How many of the society's points they chose for it.
    number_of_points: int
    #: The staff found afterwards that it was not a person's own.
    is_invalid: bool
    #: Whether it has left through us; None where nobody knows any more, or where it may have.
    has_left: bool | None
    #: Whether the words that were pasted are those of the letter; None where none were.
    is_same_text: bool | None = None


def proof(typed: str, *, text: str = "") -> Proof | None:
    """Of a reference as somebody typed it, or of the number under which an office of Congress got the letter.

    :param text: the words that somebody got, to be compared; nothing of them is kept.
    """
    chosen = _chosen(typed)
    found = Authorship.objects.select_related("letter__outbox_message").filter(chosen).first() if chosen else None
    if found is None:
        return None
    return Proof(
        reference=authorship.shown(found.reference),
        campaign=found.campaign_title,
        recipient=found.recipient_name,
        office=found.recipient_office,
        agreed_at=found.agreed_at,
        confirmed_at=found.confirmed_at,
        is_personalised=found.is_personalised,
        number_of_points=found.number_of_points,
        is_invalid=found.is_invalid,
        has_left=_has_left(found),
        is_same_text=authorship.is_same_text(text, found.text_hash) if text.strip() else None,
    )


def _chosen(typed: str) -> Q | None:
    if reference := authorship.read_reference(typed):
        return Q(reference=reference)
    try:
        delivery_id = uuid.UUID(typed.strip()[:40])
    except ValueError:
        return None
    # Proofs from before the number was kept have it by their letter only.
    there = Q(letter__outbox_message=delivery_id, letter__outbox_message__channel=OutboxMessage.Channel.CWC)
    return there | Q(delivery_id=delivery_id, letter=None)


def _has_left(found: Authorship) -> bool | None:
    if found.letter is None:
        # The letter has been erased since. References are told to nobody but in the letter itself.
        return None
    state = found.letter.outbox_message.state
    if state in _LEFT:
        return True
    return None if state in (State.SENDING, State.UNCERTAIN, State.BOUNCED) else False
