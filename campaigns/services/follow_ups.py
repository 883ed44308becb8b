"""What a person is told after their letters left the form: that one needs them after all."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext, override

from campaigns.engine.standing import Standing
from campaigns.engine.tokens import sign_receipt
from campaigns.records.follow_ups import FollowUp
from campaigns.records.submissions import Letter
from campaigns.services import follow_up_mail
from delivery.records.messages import OutboxMessage
from delivery.services import outbox


@transaction.atomic
def tell_of_handoffs(*, message_ids: Sequence[UUID]) -> None:
    """Tells each person, once a letter, that letters which we could not deliver now need them.

    Belongs to the transaction that made them hand-offs: neither is without the other. One mail a submission for all
    that is told of at once; a letter that was told of before, or that is no hand-off, is passed over, as is one of a
    form that the staff found to be somebody else's doing.
    """
    letters = (
        Letter.objects.filter(
            outbox_message__in=message_ids,
            submission__standing=Standing.CLEAR.value,
            outbox_message__channel=OutboxMessage.Channel.HANDOFF,
            outbox_message__state=OutboxMessage.State.NEEDS_HANDOFF,
        )
        .select_related("outbox_message", "submission__advocate", "submission__page", "advocate")
        .order_by("pk")
    )
    by_submission: dict[int, list[FollowUp]] = {}
    for letter in letters:
        follow_up, is_new = FollowUp.objects.get_or_create(
            kind=FollowUp.Kind.NEEDS_YOU,
            letter=letter,
            defaults={"submission": letter.submission, "at": timezone.now()},
        )
        if is_new:
            by_submission.setdefault(letter.submission_id, []).append(follow_up)
    for told in by_submission.values():
        _tell(told)


def _tell(told: Sequence[FollowUp]) -> None:
    first = told[0]
    submission, letter = first.submission, first.letter
    assert letter is not None  # noqa: S101 - rows of this kind have one
    with override(submission.language):
        mail = follow_up_mail.draft(
            submission=submission,
            letter=letter,
            key=f"needs-you:{submission.key}:{letter.outbox_message_id}",
            stream=OutboxMessage.Stream.RECEIPT,
            subject=ngettext("A letter needs you", "Letters need you", len(told)),
            template="needs_you.txt",
            path=reverse("campaigns:receipt", args=[sign_receipt(submission.key, is_mailed=True)]),
            recipients=[each.letter.recipient_name for each in told if each.letter],
        )
    [first.outbox_message] = outbox.enqueue(drafts=[mail])
    first.save(update_fields=["outbox_message"])
