"""Joining a network of the society, and leaving it."""

import uuid

from django.db import transaction
from django.utils import timezone

from advocates.records.advocates import Advocate
from advocates.records.memberships import Membership


@transaction.atomic
def join(*, advocate: Advocate, network: str, source_key: uuid.UUID, takes_over: bool = False) -> Membership:
    """Makes the person a member; who is one stays as they are.

    :param network: a machine key.
    :param source_key: of the submission with which they joined.
    :param takes_over: this submission stands for the membership from now on: the one before proved nothing.
    """
    now = timezone.now()
    membership, is_new = Membership.objects.get_or_create(
        advocate=advocate, network=network, defaults={"joined_at": now, "source_key": source_key}
    )
    if is_new or (membership.left_at is None and not takes_over):
        return membership
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    membership.joined_at, membership.left_at, membership.source_key = now, None, source_key
    membership.save(update_fields=["joined_at", "left_at", "source_key"])
    return membership


def leave(*, advocate: Advocate, network: str, source_key: uuid.UUID) -> bool:
    """Ends the membership that this submission stands for; says whether there was one."""
    found = Membership.objects.filter(advocate=advocate, network=network, source_key=source_key, left_at=None)
    return bool(found.update(left_at=timezone.now()))
