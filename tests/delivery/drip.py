"""Letters that wait for their time, and what is to be seen of the times they get."""

import uuid
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from delivery.engine.lanes import STEPS_AN_HOUR, step_of
from delivery.records.messages import OutboxMessage
from delivery.records.pauses import Pause
from delivery.services import planning

#: A Wednesday, ten in the morning in Boston.
NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
CAMPAIGN = uuid.UUID(int=7)
OTHER = uuid.UUID(int=8)
Channel, State, Stream = OutboxMessage.Channel, OutboxMessage.State, OutboxMessage.Stream


def letters(count: int, *, offices: int = 1, **changes) -> list[OutboxMessage]:
    """Letters that wait for a time, one a second, the first of them a while ago."""
    values = {"campaign_key": CAMPAIGN, "jurisdiction": "ma", "planned_at": None, **changes}
    written = values.pop("created_at", NOW - timedelta(seconds=count))
    return OutboxMessage.objects.bulk_create(
        OutboxMessage(
            **{
                "dedupe_key": uuid.uuid4().hex,
                "stream": Stream.LETTER,
                "channel": Channel.EMAIL,
                "recipient_name": "Representative",
                "recipient_address": f"r{number % offices}@mahouse.example",
                "recipient_key": f"official:{number % offices}",
                "recipient_domain": "mahouse.example",
                "sender_name": "Dr. Ada Quill",
                "subject": "Please",
                "body": "Please",
                "created_at": written + timedelta(seconds=number),
                "state_changed_at": NOW,
                "next_attempt_at": NOW,
                **values,
            }
        )
        for number in range(count)
    )


def plan_all(now: datetime = NOW) -> int:
    total = 0
    while count := planning.plan(now=now):
        total += count
    return total


def times(**wanted) -> list[datetime]:
    rows = OutboxMessage.objects.filter(planned_at__isnull=False, **wanted).order_by("created_at")
    return list(rows.values_list("next_attempt_at", flat=True))


def most_an_hour(times: list[datetime]) -> int:
    steps = Counter(step_of(at.timestamp()) for at in times)
    return max(sum(steps.get(first + step, 0) for step in range(STEPS_AN_HOUR)) for first in steps)


def is_open(at: datetime) -> bool:
    local = at.astimezone(ZoneInfo("America/New_York"))
    return local.weekday() < 5 and time(8) <= local.time() < time(18)


def send(until: datetime) -> int:
    """What a worker does with what is due by then."""
    due = OutboxMessage.objects.filter(state=State.QUEUED, planned_at__isnull=False, next_attempt_at__lte=until)
    return due.update(state=State.ACCEPTED)


def pause(scope: str = "campaign", key: str = CAMPAIGN.hex) -> Pause:
    return Pause.objects.create(scope=scope, key=key, since=NOW)
