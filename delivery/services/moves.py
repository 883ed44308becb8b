"""Changes the state of a message: guarded, and written into its history in the same transaction."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from delivery.engine import states
from delivery.records.messages import DeliveryEvent, OutboxMessage

State = OutboxMessage.State
Reason = DeliveryEvent.Reason
#: Whatever was in doubt before: that it left, or that it went nowhere but into a file, is known now.
_KNOWN = frozenset({State.ACCEPTED, State.CAPTURED, State.DELIVERED, State.BOUNCED})

#: Said of a letter that was stopped before it left; not where an earlier try may have arrived.
_STOPPED = frozenset({Reason.STAFF_CANCELLED, Reason.NEVER_CONFIRMED, Reason.ALREADY_WRITTEN, Reason.WITHDRAWN})


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
        if not candidates.update(state=to, state_changed_at=now, **{**_doubt(to), **columns}):
            return False
        if is_repeat_noted or not _is_repeat(message_id, to, reason, detail):
            DeliveryEvent.objects.create(message_id=message_id, at=now, state=to, reason=reason, detail=detail[:300])
    return True


def honest_reason(reason: str, in_doubt_since: datetime | None) -> str:
    """What is cancelled while nothing is known of an earlier try may have arrived all the same."""
    is_hidden = reason in _STOPPED and in_doubt_since is not None
    return Reason.STOPPED_IN_DOUBT if is_hidden else reason


def _doubt(to: str) -> dict[str, Any]:
    """What is remembered of a send without an answer: since when there is doubt, and how long a second try is safe."""
    if to == State.QUEUED:
        # A try that was refused for now leaves the doubt about an earlier one as it is.
        return {}
    if to == State.UNCERTAIN:
        # A row is marked as being sent when the send begins, so that is when it last changed.
        return {"in_doubt_since": Coalesce(F("in_doubt_since"), F("state_changed_at")), "send_before": None}
    if to in _KNOWN:
        return {"in_doubt_since": None, "send_before": None}
    return {"send_before": None}


def _is_repeat(message_id: UUID, state: str, reason: str, detail: str) -> bool:
    last = DeliveryEvent.objects.filter(message_id=message_id).order_by("-at", "-pk").first()
    return last is not None and (last.state, last.reason, last.detail) == (state, reason, detail)
