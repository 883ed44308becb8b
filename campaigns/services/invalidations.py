"""Takes back, many at once, what was not people's own, and takes that back again."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from campaigns.engine.standing import Standing
from campaigns.records.protection import InvalidatedSubmission, Invalidation
from campaigns.records.submissions import Letter, Submission
from campaigns.services import authorship, clearing, confirming, registrations
from delivery.records.messages import DeliveryEvent
from delivery.services import withholding

#: Submissions of one decision: more are a second one. Nobody waits longer for the page than this takes.
MOST = 1000


class NothingToInvalidate(Exception):
    """None of them is there, or all of them are invalid already."""


@transaction.atomic
def invalidate(*, submission_ids: Sequence[int], reason: str, user_id: int | None) -> Invalidation:
    """Finds submissions invalid: they count no more, and what has not left is stopped.

    What has left stays as it is: the outbox says truthfully that it was sent. The person's place with an office whose
    letter was stopped is free again, for whoever really owns the address.

    :param submission_ids: of these the first `MOST`; those that are invalid already are passed over.
    :raises NothingToInvalidate: where none is left.
    """
    rows = list(
        Submission.objects.select_for_update()
        .filter(pk__in=list(submission_ids)[:MOST])
        .exclude(standing=Standing.INVALID)
        .order_by("pk")
    )
    if not rows:
        raise NothingToInvalidate
    decision = Invalidation.objects.create(reason=reason[:300], made_by_id=user_id, made_at=timezone.now())
    InvalidatedSubmission.objects.bulk_create(
        InvalidatedSubmission(invalidation=decision, submission=row, standing_before=row.standing) for row in rows
    )
    ids = [row.pk for row in rows]
    Submission.objects.filter(pk__in=ids).update(standing=Standing.INVALID)
    messages = Letter.objects.filter(submission__in=ids).values_list("outbox_message", flat=True)
    stopped = withholding.withdraw(
        message_ids=list(messages), reason=DeliveryEvent.Reason.WITHDRAWN, decision=_key(decision)
    )
    for start in range(0, len(stopped), 500):
        Letter.objects.filter(outbox_message__in=stopped[start : start + 500]).update(is_pending=True)
    authorship.set_invalid(submission_ids=ids, is_invalid=True)
    return decision


@dataclass(frozen=True, slots=True)
class Undone:
    #: Submissions that stand as before.
    count: int
    #: People whose place at an event was given to somebody else meanwhile: they are on its waiting list.
    waiting: int = 0


def undo(*, invalidation_id: int, user_id: int | None) -> Undone | None:
    """Takes a decision back as a whole: each submission stands as before, and what it stopped is back in the queue.

    A letter whose place with the office another of the same person has taken since stays stopped: nothing goes twice.
    No event gets more people than it has places for.

    :returns: None where the decision is taken back already, or is none.
    """
    with transaction.atomic():
        decision = Invalidation.objects.select_for_update().filter(pk=invalidation_id, undone_at__isnull=True).first()
        if decision is None:
            return None
        items = decision.items.order_by("submission__advocate", "submission")
        restored = [item.submission_id for item in items.iterator(chunk_size=500) if _undo_one(item, _key(decision))]
        found = Submission.objects.filter(pk__in=restored).select_related("advocate", "page")
        # The person may have pressed the button meanwhile.
        confirmed = found.filter(standing=Standing.UNCONFIRMED, confirmed_at__isnull=False)
        cleared = [
            clearing.clear(submission_id=submission_id, only_from=[Standing.UNCONFIRMED])
            for submission_id in confirmed.order_by("advocate", "pk").values_list("pk", flat=True)
        ]
        decision.undone_at, decision.undone_by_id = timezone.now(), user_id
        decision.save(update_fields=["undone_at", "undone_by"])
        # After all people's rows are held: whoever signs up holds their own before that of the event.
        waiting = registrations.come_back(submission_ids=restored)
        for submission in filter(None, cleared):
            registrations.seat(submission=submission)
            confirming.tell(submission)
        confirming.put_mails_back(submissions=found)
        return Undone(len(restored), waiting)


def _undo_one(item: InvalidatedSubmission, decision: str) -> bool:
    submission = clearing.locked(item.submission_id)
    if submission is None or submission.standing != Standing.INVALID:
        return False
    submission.standing = item.standing_before
    submission.save(update_fields=["standing"])
    authorship.set_invalid(submission_ids=[submission.pk], is_invalid=False)
    if submission.standing == Standing.CLEAR:
        letters = clearing.free_places(submission)
        restored = withholding.restore(message_ids=[letter.outbox_message_id for letter in letters], decision=decision)
        Letter.objects.filter(submission=submission, outbox_message__in=restored).update(is_pending=False)
        # What was under way then, failed and came round again waits for its form since.
        held = submission.letters.filter(is_pending=False).values_list("outbox_message", flat=True)
        withholding.release(message_ids=list(held))
        return True
    messages = submission.letters.values_list("outbox_message", flat=True)
    withholding.restore(message_ids=list(messages), decision=decision)
    return True


def _key(decision: Invalidation) -> str:
    return f"invalidation {decision.pk}"
