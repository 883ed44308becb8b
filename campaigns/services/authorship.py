"""Keeps, for each letter, the proof that a person agreed to it, without anything of that person."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import override

from campaigns.engine import authorship
from campaigns.engine.actions import ActionTerms
from campaigns.engine.composing import ComposedLetter
from campaigns.records.protection import Authorship
from campaigns.records.submissions import Letter, Submission
from campaigns.selectors import letter_words
from delivery.engine import addressing
from delivery.records.messages import OutboxMessage


def with_references(letters: Sequence[ComposedLetter]) -> list[ComposedLetter]:
    """The letters with a reference in the footer of each, by which anybody who gets it can ask."""
    references = _free(len(letters))
    return [
        replace(letter, footer_words=replace(letter.footer_words, reference=authorship.shown(reference)))
        for letter, reference in zip(letters, references, strict=True)
    ]


def record(
    *, terms: ActionTerms, submission: Submission, letters: Sequence[ComposedLetter], rows: Sequence[Letter]
) -> None:
    """Writes a proof for each letter that goes through us, in the transaction that stores them.

    What a person takes to the office by themselves is theirs to vouch for.

    :param letters: as `with_references` gave them, in the order of `rows`.
    """
    with override(terms.language):
        consent = letter_words.consent(terms.society)
    Authorship.objects.bulk_create(
        Authorship(
            reference=authorship.read_reference(letter.footer_words.reference),
            letter=row,
            delivery_id=row.outbox_message_id,
            text_hash=authorship.text_hash(addressing.storable(letter.text)),
            is_personalised=letter.is_personalised,
            number_of_points=len(letter.kept_points),
            campaign_title=submission.campaign_title,
            recipient_name=row.recipient_name,
            recipient_office=row.recipient_office,
            language=terms.letter_language,
            consent_text=consent,
            consent_hash=authorship.consent_hash(consent),
            agreed_at=submission.submit_time,
        )
        for letter, row in zip(letters, rows, strict=True)
        if row.outbox_message.channel != OutboxMessage.Channel.HANDOFF
    )


def confirm(*, submission: Submission, at: datetime) -> None:
    """The person said it once more, by the link that was sent to their address."""
    Authorship.objects.filter(letter__submission=submission).update(way=Authorship.Way.EMAIL, confirmed_at=at)


def set_invalid(*, submission_ids: Collection[int], is_invalid: bool) -> None:
    Authorship.objects.filter(letter__submission__in=submission_ids).update(is_invalid=is_invalid)


def _free(count: int) -> list[str]:
    found: set[str] = set()
    while len(found) < count:
        fresh = {authorship.new_reference() for _number in range(count - len(found))}
        taken = Authorship.objects.filter(reference__in=fresh).values_list("reference", flat=True)
        found |= fresh - set(taken)
    return list(found)
