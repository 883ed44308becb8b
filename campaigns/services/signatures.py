"""A name under a petition or a pledge, once for each person."""

from django.db import transaction
from django.utils import timezone

from campaigns.engine import texts
from campaigns.records.participation import Signature
from campaigns.records.taken_actions import TakenAction


@transaction.atomic
def sign(
    *, taken: TakenAction, public_name: str = "", town: str = "", comment: str = "", is_public: bool = False
) -> Signature:
    """Writes the person's signature under the action, and marks the action as done.

    Somebody who has signed before has one signature still, from the day of the first; what they said last about
    showing their name is what counts. The caller holds the advocate's row (`advocates.recognise`), so that two forms
    of one person wait for each other.

    :param taken: of a submission that is being stored.
    :param public_name: what would be shown; kept only where `is_public`.
    :param comment: what the person added; an empty one takes nothing away from an earlier one.
    """
    submission = taken.submission
    said = {
        "is_public": is_public,
        "public_name": texts.one_line(public_name)[:120] if is_public else "",
        "town": texts.one_line(town)[:100],
    }
    if comment.strip():
        said["comment"] = texts.clean(comment)
    signature, _is_new = Signature.objects.update_or_create(
        page_key=submission.page_key,
        block_id=taken.block_id,
        advocate=submission.advocate,
        defaults=said,
        create_defaults={**said, "taken_action": taken, "signed_at": timezone.now()},
    )
    taken.done_at = timezone.now()
    taken.save(update_fields=["done_at"])
    return signature


def of(taken: TakenAction) -> Signature | None:
    """The person's signature under this action, which may have been written with an earlier form."""
    submission = taken.submission
    return Signature.objects.filter(
        page_key=submission.page_key, block_id=taken.block_id, advocate=submission.advocate_id
    ).first()
