"""Is the site alive: its database answers, and its queue is noted but not needed."""

from datetime import datetime

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count, Min
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from delivery.selectors import alarms, due
from legislators.models import DataSource
from legislators.services import sync


@never_cache
def report(request: HttpRequest) -> JsonResponse:
    """200 while visitors are served, 503 when the database is away; numbers only, never who or what.

    A queue that is away is reported without failing: letters wait in the database and the clock sends them. So are
    alarms: a watcher that restarts what is not healthy would make none of them better.
    """
    now = timezone.now()
    try:
        figures = {
            **waiting_letters(now),
            "sources_in_trouble": sources_in_trouble(),
            "alarms": [alarm_figures(alarm) for alarm in alarms.ringing(now)],
        }
    except DatabaseError:
        return JsonResponse({"status": "down", "database": "away", "queue": queue_state()}, status=503)
    return JsonResponse({"status": "ok", "database": "ok", "queue": queue_state(), **figures})


def alarm_figures(alarm: alarms.Alarm) -> dict[str, str | int]:
    """A machine word, a count, and the queue or chamber that it is about."""
    about = {"about": alarm.subject} if alarm.subject else {}
    return {"alarm": alarm.kind.value, "count": alarm.count, **about}


def waiting_letters(now: datetime) -> dict[str, int | None]:
    """How many messages could leave now, and for how many seconds the oldest of them could have.

    What is paused, held or without a place in the plan waits by intent, and is not counted.

    :raises DatabaseError: when the database does not answer.
    """
    connection.ensure_connection()
    found = due.sendable(now).aggregate(count=Count("pk"), oldest=Min("next_attempt_at"))
    oldest = found["oldest"]
    return {
        "messages_due": found["count"],
        "oldest_due_seconds": int((now - oldest).total_seconds()) if oldest else None,
    }


def sources_in_trouble() -> int:
    """How many of the sources that the site keeps itself in line with could not be brought up to date.

    :raises DatabaseError: when the database does not answer.
    """
    return DataSource.objects.filter(key__in=sync.configured()).exclude(problem="").count()


def queue_state() -> str:
    """`ok` or `away`; the answer takes no longer than the time-outs in the queue's address."""
    try:
        with redis.Redis.from_url(settings.RQ_QUEUES["default"]["URL"]) as client:
            client.ping()
    except (redis.RedisError, OSError, ValueError):
        return "away"
    return "ok"
