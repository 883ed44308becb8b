"""What somebody has to look at now: asked often, by machines and by the admin, so each question is a cheap one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db.models import Count

from delivery.adapters import mail, workers
from delivery.adapters.workers import QueueState
from delivery.records.cwc_offices import CwcOfficeList
from delivery.records.heartbeats import Heartbeat
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.selectors import board

State = OutboxMessage.State
#: The queues without whose workers mail waits.
QUEUES = ("receipts", "letters", "alerts")
#: Of fewer tries, nothing is said: one refusal of two is no trend.
FEWEST_TRIED = 20
#: The clock sweeps every ten seconds, but not while it downloads or sends by itself.
CLOCK_SILENT = timedelta(minutes=5)
#: Mail services report within minutes; so long without a word about anything means that they cannot reach us.
WEBHOOKS_SILENT = timedelta(hours=24)
_TIME_TO_REPORT = timedelta(hours=1)
_TRIED = (State.ACCEPTED, State.CAPTURED, State.FAILED, State.UNCERTAIN)
_FAILED = (State.FAILED, State.UNCERTAIN, State.BOUNCED)


class Kind(StrEnum):
    """The machine words on /health/."""

    OLDEST_DUE = "oldest_due"
    QUEUE_AWAY = "queue_away"
    NO_WORKER = "no_worker"
    FAILURES = "failures"
    UNCERTAIN = "uncertain"
    CLOCK_STOPPED = "clock_stopped"
    CWC_LIST = "cwc_list"
    #: A hint, not a fault: some mail services report nothing.
    WEBHOOKS_SILENT = "webhooks_silent"


@dataclass(frozen=True, slots=True)
class Alarm:
    kind: Kind
    #: Minutes of OLDEST_DUE and CLOCK_STOPPED (0: it never ran), waiting jobs of NO_WORKER, percent of FAILURES, else
    #: how many.
    count: int
    #: The queue, or the chamber; never anybody's name.
    subject: str = ""


def ringing(now: datetime, *, queues: tuple[QueueState, ...] | None = None, is_asked: bool = False) -> list[Alarm]:
    """Everything that is wrong now, the worst first.

    :param queues: what `workers.queues(QUEUES)` said a moment ago, with `is_asked`: Redis is then not asked again.
    :raises django.db.DatabaseError: when the database does not answer.
    """
    found = queues if is_asked else workers.queues(QUEUES)
    return [
        *_clock(now),
        *_queues(found),
        *_oldest_due(now),
        *_failures(now),
        *_uncertain(),
        *_cwc_lists(),
        *_webhooks(now),
    ]


def _oldest_due(now: datetime) -> Iterator[Alarm]:
    oldest = board.oldest_due_at(now)
    minutes = int((now - oldest).total_seconds() // 60) if oldest else 0
    if minutes >= settings.ALARM_OLDEST_DUE_MINUTES:
        yield Alarm(Kind.OLDEST_DUE, minutes)


def _queues(found: tuple[QueueState, ...] | None) -> Iterator[Alarm]:
    if found is None:
        yield Alarm(Kind.QUEUE_AWAY, 1)
        return
    for queue in found:
        if not queue.workers:
            yield Alarm(Kind.NO_WORKER, queue.waiting, queue.name)


def _failures(now: datetime) -> Iterator[Alarm]:
    rows = DeliveryEvent.objects.filter(state__in={*_TRIED, *_FAILED}, at__gte=now - timedelta(hours=1))
    events = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    failed = sum(events.get(state, 0) for state in _FAILED)
    # What comes back may have been sent hours ago, so there can be more of it than of what was tried.
    tried = max(sum(events.get(state, 0) for state in _TRIED), failed)
    if tried >= FEWEST_TRIED and failed * 100 > tried * settings.ALARM_FAILURE_PERCENT:
        yield Alarm(Kind.FAILURES, round(failed * 100 / tried))


def _uncertain() -> Iterator[Alarm]:
    count = OutboxMessage.objects.filter(stream__in=OutboxMessage.Stream.values, state=State.UNCERTAIN).count()
    if count:
        yield Alarm(Kind.UNCERTAIN, count)


def _clock(now: datetime) -> Iterator[Alarm]:
    beat = Heartbeat.objects.filter(name=Heartbeat.CLOCK).first()
    if beat is None:
        # It never ran; where nothing was ever written, nothing needs it yet.
        if OutboxMessage.objects.filter(created_at__lt=now - CLOCK_SILENT).exists():
            yield Alarm(Kind.CLOCK_STOPPED, 0)
    elif beat.at < now - CLOCK_SILENT:
        yield Alarm(Kind.CLOCK_STOPPED, int((now - beat.at).total_seconds() // 60))


def _cwc_lists() -> Iterator[Alarm]:
    if settings.CWC_MODE != "off":
        for chamber in CwcOfficeList.objects.exclude(problem="").order_by("chamber"):
            yield Alarm(Kind.CWC_LIST, 1, chamber.chamber)


def _webhooks(now: datetime) -> Iterator[Alarm]:
    if not mail.is_sending():
        return
    since = now - WEBHOOKS_SILENT
    accepted = DeliveryEvent.objects.filter(state=State.ACCEPTED, at__range=(since, now - _TIME_TO_REPORT))
    count = accepted[:FEWEST_TRIED].count()
    if count < FEWEST_TRIED:
        return
    if not DeliveryEvent.objects.filter(state__in=(State.DELIVERED, State.BOUNCED), at__gte=since).exists():
        yield Alarm(Kind.WEBHOOKS_SILENT, count)
