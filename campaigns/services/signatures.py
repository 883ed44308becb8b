"""A name under a petition or a pledge."""

from django.db import transaction
from django.utils import timezone

from campaigns.engine import public_names, texts
from campaigns.records.participation import Signature
from campaigns.records.taken_actions import TakenAction

CommentState = Signature.CommentState


@transaction.atomic
def sign(
    *,
    taken: TakenAction,
    public_name: str = "",
    town: str = "",
    comment: str = "",
    is_public: bool = False,
    may_pass_on: bool = False,
) -> Signature:
    """Writes the signature of this form, and marks the action as done.

    Who signs again has another row and counts once (`campaigns.selectors.signatures.counted`): nothing that was said
    with an earlier form is changed, for anybody can type anybody's address.

    :param taken: of a submission that is being stored.
    :param public_name: what would be shown; kept only where `is_public` and fit to be shown.
    :param town: the same.
    :param may_pass_on: the person agreed that the comment goes with the petition; the staff read it first.
    """
    now = timezone.now()
    comment = texts.clean(comment)
    signature = Signature.objects.create(
        taken_action=taken,
        page_key=taken.submission.page_key,
        block_id=taken.block_id,
        advocate=taken.submission.advocate,
        is_public=is_public,
        public_name=public_names.showable(public_name) if is_public else "",
        town=public_names.showable(town) if is_public else "",
        comment=comment,
        comment_state=CommentState.WAITING if comment and may_pass_on else CommentState.NONE,
        signed_at=now,
    )
    taken.done_at = now
    taken.save(update_fields=["done_at"])
    return signature


def take_name_back(*, taken: TakenAction) -> bool:
    """The person no longer wants their name shown; says whether it was. The signature counts."""
    found = Signature.objects.filter(taken_action=taken, is_public=True)
    return bool(found.update(is_public=False, public_name="", town=""))


def hide(*, signature_id: int, is_hidden: bool) -> bool:
    """Keeps a name from being shown, or shows it again; says whether anything changed. The signature counts."""
    found = Signature.objects.filter(pk=signature_id).exclude(is_hidden=is_hidden)
    return bool(found.update(is_hidden=is_hidden))


def judge_comment(*, signature_id: int, is_allowed: bool) -> bool:
    """Has a comment go with the petition, or stay here; says whether anything changed.

    A comment that the person did not want to be passed on is never touched.
    """
    state = CommentState.ALLOWED if is_allowed else CommentState.DECLINED
    found = Signature.objects.filter(pk=signature_id).exclude(comment_state__in=[CommentState.NONE, state])
    return bool(found.update(comment_state=state))
