"""Which letters the staff read before they leave, and what the staff decide."""

from campaigns.engine import screening
from campaigns.engine.composing import ComposedLetter, LetterTemplate
from campaigns.engine.screening import Screened
from campaigns.engine.standing import Standing
from delivery.records.messages import DeliveryEvent

#: `ActionPage.Moderation` values.
CHECKED, ALL = "checked", "all"


def hold_reasons(*, moderation: str, letter: ComposedLetter, template: LetterTemplate, writer: str) -> tuple[str, ...]:
    """Why the letter waits for the staff, as machine keys; empty: it leaves by itself.

    :param moderation: an `ActionPage.Moderation` value.
    :param template: what the editor wrote, which is not held against the person.
    :param writer: the person's full name.
    """
    if moderation not in (CHECKED, ALL):
        return ()
    body = "\n\n".join(part for part in (letter.own_words, letter.body) if part)
    tripped = screening.reasons(
        Screened(
            subject=letter.subject,
            body=body,
            template=template.words,
            writer=writer,
            letterhead=letter.letterhead,
        )
    )
    return (DeliveryEvent.Reason.HELD_FOR_REVIEW.value, *tripped) if moderation == ALL else tripped


def until_clear(standing: str) -> tuple[str, ...]:
    """Why a letter waits for its submission: for the person, for the staff, or not at all.

    :param standing: a `Standing` value.
    """
    if standing == Standing.CLEAR:
        return ()
    is_for_person = standing == Standing.UNCONFIRMED
    return ((DeliveryEvent.Reason.NOT_CONFIRMED if is_for_person else DeliveryEvent.Reason.BEING_CHECKED).value,)
