"""What the staff decide about forms that are not clear."""

from collections.abc import Sequence

from django.db import transaction

from campaigns.engine.standing import Standing
from campaigns.services import clearing, confirming, registrations

WAITING = (Standing.QUARANTINED, Standing.UNCONFIRMED)


def release(*, submission_ids: Sequence[int]) -> list[int]:
    """Lets forms go that wait, also those that their people have not confirmed; says which.

    Each is a transaction of its own: its letters take their places in the queue, and its person gets the receipt.
    That somebody on the staff released it proves nothing of an e-mail address: nothing says that it was confirmed.
    """
    return [submission_id for submission_id in submission_ids if _release(submission_id)]


@transaction.atomic
def _release(submission_id: int) -> bool:
    submission = clearing.clear(submission_id=submission_id, only_from=WAITING)
    if submission is not None:
        registrations.seat(submission=submission)
        confirming.tell(submission)
    return submission is not None
