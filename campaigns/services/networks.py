"""Joins a network with a form, and leaves it from its receipt."""

from django.db import transaction
from django.utils import timezone

from advocates.records.memberships import Membership
from advocates.services import memberships
from campaigns.records.taken_actions import TakenAction
from campaigns.selectors import networks
from campaigns.services import confirmations


@transaction.atomic
def join(*, taken: TakenAction, network: str) -> Membership:
    """The caller holds the advocate's row.

    A form of which it is not known whose it is stands for a membership until a better one comes; it is counted
    nowhere until then (`campaigns.selectors.networks.members`).
    """
    submission = taken.submission
    before = Membership.objects.filter(advocate=submission.advocate, network=network).first()
    membership = memberships.join(
        advocate=submission.advocate,
        network=network,
        source_key=submission.key,
        takes_over=before is not None and not networks.is_proven(before),
    )
    taken.done_at = timezone.now()
    taken.save(update_fields=["done_at"])
    return membership


@transaction.atomic
def leave(*, taken: TakenAction) -> bool:
    """Takes back what was said with this form; says whether that was not so already.

    The membership ends where this form stands for it. Where an earlier one does, it stays: anybody can type anybody's
    address, and the receipt says the same in either case.
    """
    if not TakenAction.objects.filter(pk=taken.pk, done_at__isnull=False).update(done_at=None):
        return False
    memberships.leave(
        advocate=taken.submission.advocate,
        network=str(taken.terms.get("network") or ""),
        source_key=taken.submission.key,
    )
    confirmations.renew(taken.submission)
    return True
