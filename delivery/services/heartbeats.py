"""Writes down that a program which must never stop is at work."""

from datetime import datetime

from delivery.records.heartbeats import Heartbeat


def tick(*, now: datetime) -> None:
    """The clock swept the outbox at `now`."""
    if not Heartbeat.objects.filter(name=Heartbeat.CLOCK).update(at=now):
        Heartbeat.objects.get_or_create(name=Heartbeat.CLOCK, defaults={"at": now})
