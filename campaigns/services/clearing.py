"""Makes a submission clear: its letters take the person's places and go, as far as none has gone before."""

from collections.abc import Collection

from django.db import transaction

from advocates.records.advocates import Advocate
from campaigns.engine.standing import Standing
from campaigns.records.submissions import Letter, Submission
from delivery.records.messages import DeliveryEvent
from delivery.services import withholding


@transaction.atomic
def clear(*, submission_id: int, only_from: Collection[str]) -> Submission | None:
    """The submission, if it stood as one of `only_from` and is clear now; its letters are on their way.

    Whoever has a letter to the same office in this campaign already keeps that one, and this one is stopped.

    :param only_from: `Standing` values.
    """
    submission = locked(submission_id)
    if submission is None or submission.standing not in set(only_from):
        return None
    submission.standing = Standing.CLEAR.value
    submission.save(update_fields=["standing"])
    letters = take_places(submission)
    withholding.release(message_ids=[letter.outbox_message_id for letter in letters])
    return submission


def locked(submission_id: int) -> Submission | None:
    """The submission with its person's row held, as everything that writes letters holds it."""
    advocate_id = Submission.objects.filter(pk=submission_id).values_list("advocate", flat=True).first()
    if advocate_id is None:
        return None
    Advocate.objects.select_for_update().get(pk=advocate_id)
    return (
        Submission.objects.select_for_update(of=("self",)).select_related("advocate").filter(pk=submission_id).first()
    )


def take_places(submission: Submission) -> list[Letter]:
    """Of the pending letters those that are the person's only one to the office; the others are stopped for good."""
    going = free_places(submission)
    others = submission.letters.filter(is_pending=True).exclude(pk__in=[letter.pk for letter in going])
    withholding.withdraw(
        message_ids=list(others.values_list("outbox_message", flat=True)), reason=DeliveryEvent.Reason.ALREADY_WRITTEN
    )
    Letter.objects.filter(pk__in=[letter.pk for letter in going]).update(is_pending=False)
    return going


def free_places(submission: Submission) -> list[Letter]:
    """The pending letters to offices to which the person has no other in this campaign."""
    pending = list(submission.letters.filter(is_pending=True).order_by("pk"))
    taken = set(
        Letter.objects.filter(
            campaign_key=submission.campaign_key,
            advocate=submission.advocate_id,
            target_key__in=[letter.target_key for letter in pending],
            is_pending=False,
        ).values_list("target_key", flat=True)
    )
    return [letter for letter in pending if letter.target_key not in taken]
