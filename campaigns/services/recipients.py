"""Asked once more before letters leave: whether each still goes to the person and the place it was written to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from campaigns.records.submissions import Letter
from campaigns.services import moderation
from delivery.engine import addressing
from delivery.engine.rulings import GO, Ruling, Verdict
from delivery.records.messages import DeliveryEvent, OutboxMessage
from legislators.records.officials import Term
from legislators.selectors.contacts import contact_of
from legislators.selectors.seats import current_terms

Reason = DeliveryEvent.Reason


def rule(*, messages: Sequence[OutboxMessage]) -> Mapping[UUID, Ruling]:
    """What becomes of each message, in three queries for all of them.

    A letter names whom it is written to, so whoever took over the seat never gets it: it waits for the staff. An
    inbox that is no official's is the editor's and the person's choice, also when the page has it no more. What came
    with a form that is not clear any more waits for that form, whatever was tried with it before.
    """
    letters = (
        Letter.objects.filter(outbox_message__in=[message.pk for message in messages])
        .select_related("official__contact_override", "submission")
        .prefetch_related("official__offices")
    )
    by_message = {letter.outbox_message_id: letter for letter in letters}
    seats = _seats({letter.official_id for letter in by_message.values() if letter.official_id})
    return {message.pk: _ruling(message, by_message.get(message.pk), seats) for message in messages}


def _seats(official_ids: set[int]) -> Mapping[int, list[Term]]:
    """Who sits where today, by the official's id."""
    found: dict[int, list[Term]] = defaultdict(list)
    if official_ids:
        for term in current_terms().filter(official__in=official_ids).select_related("division"):
            found[term.official_id].append(term)
    return found


def _ruling(message: OutboxMessage, letter: Letter | None, seats: Mapping[int, list[Term]]) -> Ruling:
    if letter is None:
        return GO
    if reasons := moderation.until_clear(letter.submission.standing):
        return Ruling(Verdict.HOLD, reasons[0])
    if letter.official is None:
        return GO
    held_seats = seats.get(letter.official.pk, [])
    if letter.official.retired_at is not None or (letter.chamber and not held_seats):
        return Ruling(Verdict.HOLD, Reason.LEFT_OFFICE.value)
    if letter.chamber and not any(_is_same_seat(letter, term) for term in held_seats):
        return Ruling(Verdict.HOLD, Reason.SEAT_CHANGED.value)
    return _by_address(message, letter) if message.channel == OutboxMessage.Channel.EMAIL else GO


def _is_same_seat(letter: Letter, term: Term) -> bool:
    """The chamber, and the district by its id or its name: a loader may write either of them anew."""
    is_same_division = (
        term.division.name[:200] == letter.recipient_office or term.division.ocd_id in letter.submission.division_ids
    )
    return term.chamber == letter.chamber and is_same_division


def _by_address(message: OutboxMessage, letter: Letter) -> Ruling:
    assert letter.official is not None  # noqa: S101 - letters to inboxes of nobody's are ruled on above
    email = contact_of(letter.official).email
    if not addressing.is_usable(email):
        reason = Reason.UNUSABLE_ADDRESS if email.strip() else Reason.NO_ADDRESS
        return Ruling(Verdict.NEXT_CHANNEL, reason.value)
    if addressing.mailbox_address(email).casefold() == message.recipient_address.casefold():
        return GO
    return Ruling(Verdict.READDRESS, Reason.ADDRESS_CHANGED.value, addressing.mailbox_address(email))
