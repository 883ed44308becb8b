"""Changes the state of a message: guarded, and written into its history in the same transaction."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from delivery.engine import states
from delivery.records.messages import DeliveryEvent, OutboxMessage

State = OutboxMessage.State


def move(
    *,
    message_id: UUID,
    to: str,
    only_from: Collection[str] | None = None,
    only_owner: str | None = None,
    reason: str = "",
    detail: str = "",
    at: datetime | None = None,
    is_repeat_noted: bool = True,
    **columns: Any,
) -> bool:
    """Moves the message to state `to` if it is in a state from which that is allowed; says whether it did.

    Two workers, a webhook and a person may all try at once: the condition is part of the UPDATE, so one wins.

    :param only_from: of the allowed states, only these.
    :param only_owner: only if the lease is this worker's, or was and has ended.
    :param is_repeat_noted: write the event even when the last one says the same.
    :param columns: more columns to write along with the state.
    """
    now = at or timezone.now()
    allowed = set(states.before(to)) & set(only_from or State.values)
    candidates = OutboxMessage.objects.filter(pk=message_id, state__in=allowed)
    if only_owner is not None:
        # Whoever freed the row has cleared the owner; another worker's name means that it is theirs now.
        candidates = candidates.filter(lease_owner__in=[only_owner, ""])
    with transaction.atomic():
        if not candidates.update(state=to, state_changed_at=now, **columns):
            return False
        if is_repeat_noted or not _is_repeat(message_id, to, reason, detail):
            DeliveryEvent.objects.create(message_id=message_id, at=now, state=to, reason=reason, detail=detail[:300])
    return True


def mark(*, message_id: UUID, to: str, only_owner: str, at: datetime, lease_until: datetime | None) -> bool:
    """Moves a message between the states of a worker at work, which are no events worth keeping."""
    return bool(
        OutboxMessage.objects.filter(pk=message_id, state__in=states.before(to), lease_owner=only_owner).update(
            state=to, state_changed_at=at, lease_until=lease_until
        )
    )


def _is_repeat(message_id: UUID, state: str, reason: str, detail: str) -> bool:
    last = DeliveryEvent.objects.filter(message_id=message_id).order_by("-at", "-pk").first()
    return last is not None and (last.state, last.reason, last.detail) == (state, reason, detail)
