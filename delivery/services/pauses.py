"""Stops what would leave: everything, a campaign, an office, a mail domain; and lets it leave again."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from delivery.adapters import queue
from delivery.records.messages import OutboxMessage
from delivery.records.pauses import Pause
from delivery.selectors import due
from delivery.services import planning

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@transaction.atomic
def pause(
    *,
    scope: str,
    key: str = "",
    reason: str = Pause.Reason.STAFF,
    by: "AbstractBaseUser | None" = None,
    until: datetime | None = None,
) -> Pause:
    """Stops what `scope` and `key` mean from the commit on; only what is on the wire at that moment still leaves.

    Asked for again, the same pause lasts until the new `until`.

    :param key: empty for everything; else the hex of a campaign's key, a recipient's key, or a domain.
    :param until: None: until somebody ends it.
    """
    now = timezone.now()
    values = {"until": until, "by": by}
    made, is_new = Pause.objects.get_or_create(scope=scope, key=key, reason=reason, defaults={**values, "since": now})
    if not is_new:
        has_ended = made.until is not None and made.until <= now
        made.since = now if has_ended else made.since
        made.until, made.by = until, by  # type: ignore[assignment]
        made.save(update_fields=["since", "until", "by"])
    if scope == Pause.Scope.CAMPAIGN:
        # Its places in the plan are free for others; the pause itself waits for none of that.
        transaction.on_commit(lambda: planning.replan(campaign_key=UUID(key)), robust=True)
    return made


@transaction.atomic
def resume(*, scope: str, key: str = "", reason: str | None = None) -> int:
    """Ends the pauses of `scope` and `key`, those of one reason or all; says how many, and wakes the workers."""
    ended = Pause.objects.filter(scope=scope, key=key)
    if reason is not None:
        ended = ended.filter(reason=reason)
    count, _ = ended.delete()
    if count:
        _plan_again(scope, key)
        queue.wake_on_commit(due.STREAMS)
    return count


def _plan_again(scope: str, key: str) -> None:
    """What has waited does not leave as one burst: it gets new times, once the end of the pause is committed."""
    if scope in (Pause.Scope.SITE, Pause.Scope.CAMPAIGN):
        campaign_key = UUID(key) if key else None
        transaction.on_commit(lambda: planning.replan(campaign_key=campaign_key), robust=True)
        return
    column = "recipient_key" if scope == Pause.Scope.RECIPIENT else "recipient_domain"
    waiting = OutboxMessage.objects.filter(
        state=OutboxMessage.State.QUEUED, stream=OutboxMessage.Stream.LETTER, planned_at=None, attempts=0
    )
    waiting.filter(**{column: key}, next_attempt_at__gt=timezone.now()).update(next_attempt_at=timezone.now())
