"""The letters that wait for the staff: why, and what in them tripped a check."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from campaigns.engine import screening
from campaigns.engine.screening import Screened
from campaigns.records.submissions import Letter
from campaigns.selectors import ledger
from delivery.engine.rulings import WRONG_PERSON
from delivery.records.messages import DeliveryEvent, OutboxMessage


@dataclass(frozen=True, slots=True)
class HeldLetter:
    letter: Letter
    reasons: tuple[str, ...]
    #: The text, with what tripped a check marked.
    text: SafeString
    #: It would reach the wrong person: it can be handed over or cancelled, and not sent.
    is_for_wrong_person: bool


def letters() -> QuerySet[Letter]:
    """Held letters, those that have waited longest first; none that waits for the form that it came with."""
    return (
        ledger.letters()
        .filter(outbox_message__stream=OutboxMessage.Stream.LETTER, outbox_message__state=OutboxMessage.State.HELD)
        .filter(is_pending=False)
        .order_by("outbox_message__state_changed_at", "pk")
    )


def count() -> int:
    held = OutboxMessage.objects.filter(stream=OutboxMessage.Stream.LETTER, state=OutboxMessage.State.HELD)
    return held.exclude(letter__is_pending=True).count()


def decided(found: Sequence[Letter]) -> QuerySet[Letter]:
    """Of letters that were held a moment ago, those that are no longer."""
    ids = [letter.pk for letter in found]
    return ledger.letters().filter(pk__in=ids).exclude(outbox_message__state=OutboxMessage.State.HELD)


def shown(letter: Letter, *, template: str = "") -> HeldLetter:
    """The letter as the staff read it.

    :param template: what the editor wrote: nothing of it is marked.
    """
    message = letter.outbox_message
    return HeldLetter(
        letter,
        tuple(reason_words(key) for key in message.hold_reasons),
        marked_text(message, letter, template),
        not WRONG_PERSON.isdisjoint(message.hold_reasons),
    )


def marked_text(message: OutboxMessage, letter: Letter, template: str) -> SafeString:
    """The body with `<mark>` around each place that tripped one of the checks for which it is held."""
    screened = Screened(
        subject=message.subject,
        body=message.body,
        template=template,
        writer=str(message.sender_name),
        # The body begins with it.
        letterhead=letter.submission.street,
    )
    places = [place for place in screening.found(screened) if place.key in message.hold_reasons]
    return _marked(message.body, places)


def _marked(text: str, places: Sequence[screening.Found]) -> SafeString:
    pieces: list[SafeString] = []
    position = 0
    for place in places:
        if place.start < position:
            continue
        pieces.append(conditional_escape(text[position : place.start]))
        pieces.append(format_html("<mark>{}</mark>", text[place.start : place.end]))
        position = place.end
    pieces.append(conditional_escape(text[position:]))
    # Each piece is escaped above.
    return mark_safe("".join(pieces))  # noqa: S308


def reason_words(key: str) -> str:
    """One sentence for a machine key of `hold_reasons`, in the active language."""
    sentences = {
        "threat": _("Sounds like a threat."),
        "slur": _("Holds a slur."),
        "link": _("The person added a link."),
        "email_address": _("The person added an e-mail address."),
        "phone": _("The person added a telephone number."),
        "name_date": _("Names a person beside a date: perhaps a patient."),
        "record_number": _("Holds a number of a record, an account or a policy: perhaps a patient’s."),
        "street_address": _("Holds a street address that is not the writer’s."),
        "age_over_89": _("Gives an age over 89, which few people have."),
        "care_date": _("Gives the day of somebody’s birth, care or death."),
        "small_place_rare_condition": _("Tells of a rare condition in a small place, where people know who has it."),
        "writer": _("Names somebody else as its writer."),
        "shouting": _("Is written in capitals or with many exclamation marks."),
        "markup": _("Holds code of a web page, which the office would see as it is."),
        "script": _("Holds text in another script than the letter’s."),
        "long": _("Is very long."),
        "repetitive": _("Says the same again and again."),
        DeliveryEvent.Reason.HELD_FOR_REVIEW.value: _("The staff read every letter of this form first."),
        DeliveryEvent.Reason.LEFT_OFFICE.value: _("The official has left office since it was written."),
        DeliveryEvent.Reason.SEAT_CHANGED.value: _("The official sits elsewhere now than when it was written."),
    }
    if key in sentences:
        return sentences[key]
    return str(DeliveryEvent.Reason(key).label) if key in DeliveryEvent.Reason.values else key
