"""Reads names under petitions and pledges: each person once, and only of forms against which nothing speaks."""

import uuid
from datetime import datetime

from django.db.models import Min, QuerySet

from campaigns.engine.standing import Standing
from campaigns.records.participation import Signature
from campaigns.records.taken_actions import TakenAction


def of(taken: TakenAction) -> Signature | None:
    """The signature that was given with this form."""
    return Signature.objects.filter(taken_action=taken).first()


def counted(page_key: uuid.UUID, block_id: str) -> QuerySet[Signature]:
    """The first signature of each person, over all languages of the page, the newest first."""
    clear = Signature.objects.filter(
        page_key=page_key, block_id=block_id, taken_action__submission__standing=Standing.CLEAR.value
    )
    firsts = clear.order_by().values("advocate").annotate(first=Min("pk")).values("first")
    return Signature.objects.filter(pk__in=firsts).order_by("-signed_at", "-pk")


def shown(page_key: uuid.UUID, block_id: str) -> QuerySet[Signature]:
    """Those whose name may stand on a page: the person agreed, it is fit to be shown, and the staff left it."""
    return counted(page_key, block_id).filter(is_public=True, is_hidden=False).exclude(public_name="")


def number_of(page_key: uuid.UUID, block_id: str) -> int:
    """How many people have signed."""
    return counted(page_key, block_id).count()


def first_before(taken: TakenAction) -> datetime | None:
    """When the person signed before this form: only for what goes to their own mailbox, never for a page.

    A form of which it is not known whose it is may be a stranger's, and does not count.
    """
    found = Signature.objects.filter(
        page_key=taken.submission.page_key,
        block_id=taken.block_id,
        advocate=taken.submission.advocate_id,
        taken_action__submission__standing=Standing.CLEAR.value,
    )
    earlier = found.exclude(taken_action=taken).filter(pk__lt=_pk(taken)).order_by("pk").first()
    return earlier.signed_at if earlier else None


def _pk(taken: TakenAction) -> int:
    return Signature.objects.filter(taken_action=taken).values_list("pk", flat=True).first() or 0
