"""Ends the doubt about letters of which nothing is known, where that can be done without sending one twice.

A tracking event ends it too, at any moment: `delivery.services.tracking`. What neither ends waits for a person.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from delivery.adapters import mail, mail_services, queue
from delivery.adapters.cwc import configuration
from delivery.engine import backoff
from delivery.records.messages import DeliveryEvent, OutboxMessage, OutboxQuerySet
from delivery.services import moves

State = OutboxMessage.State
Reason = DeliveryEvent.Reason
Channel = OutboxMessage.Channel
#: A second try has to be with the service so long before it forgets the key: their clock is not ours.
MARGIN = timedelta(seconds=60)
#: The Senate names no end to the time in which it knows a DeliveryId; a day is well within what senders rely on.
CWC_WINDOW = timedelta(hours=24)
_BATCH = 500
#: Why a letter is in doubt that may be tried again: there was no answer, or no try in time.
_UNANSWERED = ("", Reason.NO_ANSWER, Reason.SENDER_STOPPED, Reason.KEY_EXPIRED)


@dataclass(frozen=True, slots=True)
class Settled:
    """How many letters were put back into the queue, and how many back into doubt."""

    same_key: int = 0
    never_reported: int = 0
    expired: int = 0


def settle(*, now: datetime | None = None) -> Settled:
    """Puts back into the queue what may be sent again, and takes out of it what may not be any more.

    A letter is sent again by itself in two cases only. The service makes one mail of two tries under one key, and
    still knows the key. Or the site's owner has set UNCERTAIN_RETRY_HOURS, that time is over, and the service has
    reported on mail that it took later and never on this letter.

    Each move is guarded by the state: a tracking event that comes at the same moment wins, or finds the letter
    waiting and ends that.
    """
    now = now or timezone.now()
    if not mail.is_sending():
        # Where mail is captured no service reports, and none is asked again. What was to leave before that began
        # and may not any more is seen to all the same.
        return Settled(expired=_return_to_doubt(now))
    settled = Settled(_try_same_key(now), _try_never_reported(now), _return_to_doubt(now))
    if settled.same_key or settled.never_reported:
        transaction.on_commit(queue.wake, robust=True)
    return settled


def _uncertain() -> OutboxQuerySet:
    return OutboxMessage.objects.filter(state=State.UNCERTAIN)


def _try_same_key(now: datetime) -> int:
    count = 0
    if (window := mail_services.key_window()) is not None:
        count += _repeat_within(_uncertain().filter(channel=Channel.EMAIL), window, now)
    if settings.CWC_MODE == "live":
        knowing = configuration.chambers_that_know_repeats()
        to_congress = _uncertain().filter(channel=Channel.CWC, congress__chamber__in=knowing)
        count += _repeat_within(to_congress, CWC_WINDOW, now)
    return count


def _repeat_within(rows: OutboxQuerySet, window: timedelta, now: datetime) -> int:
    usable = window - MARGIN
    tries = Count("events", filter=Q(events__reason=Reason.SAME_KEY_AGAIN))
    # A second try that was answered, and refused, tells all that another one would.
    answered = DeliveryEvent.objects.filter(
        message=OuterRef("pk"), state=State.UNCERTAIN, at=OuterRef("state_changed_at")
    ).exclude(reason__in=_UNANSWERED)
    in_time = rows.filter(~Exists(answered), in_doubt_since__gt=now - usable)
    in_time = in_time.annotate(tries=tries).order_by("state_changed_at")
    count = 0
    for message in in_time[:_BATCH]:
        # Whatever kept the answer away may still be there: each further try waits longer.
        waited = (now - message.state_changed_at).total_seconds()
        if waited >= backoff.retry_delay_seconds(message.tries + 1) and message.in_doubt_since is not None:
            count += _put_back(message, Reason.SAME_KEY_AGAIN, now, send_before=message.in_doubt_since + usable)
    return count


def _try_never_reported(now: datetime) -> int:
    if settings.UNCERTAIN_RETRY_HOURS <= 0:
        return 0
    # A report that says nothing certain, such as a delay, is a report all the same: the service has the letter.
    reports = DeliveryEvent.objects.filter(message=OuterRef("pk")).exclude(source_id="")
    waiting = _uncertain().filter(
        ~Exists(reports),
        channel=Channel.EMAIL,
        state_changed_at__lt=now - timedelta(hours=settings.UNCERTAIN_RETRY_HOURS),
    )
    count = 0
    for stream in waiting.order_by().values_list("stream", flat=True).distinct():
        of_stream = waiting.filter(stream=stream).order_by("state_changed_at")
        oldest = of_stream.values_list("state_changed_at", flat=True).first()
        latest = _latest_reported(stream, oldest) if oldest is not None else None
        if latest is not None:
            for message in of_stream.filter(state_changed_at__lt=latest)[:_BATCH]:
                count += _put_back(message, Reason.NEVER_REPORTED, now, send_before=None)
    return count


def _latest_reported(stream: str, after: datetime) -> datetime | None:
    """When the newest mail of `stream` that the service has said to have taken was accepted, if that was `after`.

    Each stream by itself: services have webhooks by stream. And a good report: one that only tells of trouble
    would be silent about a letter that arrived.
    """
    reported = DeliveryEvent.objects.filter(
        message=OuterRef("message"), state__in=[State.ACCEPTED, State.DELIVERED]
    ).exclude(source_id="")
    return (
        DeliveryEvent.objects.filter(
            Exists(reported),
            state=State.ACCEPTED,
            source_id="",
            at__gt=after,
            message__stream=stream,
            message__channel=Channel.EMAIL,
        )
        .order_by("-at")
        .values_list("at", flat=True)
        .first()
    )


def _put_back(message: OutboxMessage, reason: str, now: datetime, *, send_before: datetime | None) -> bool:
    return moves.move(
        message_id=message.pk,
        to=State.QUEUED,
        only_from=[State.UNCERTAIN],
        reason=reason,
        at=now,
        next_attempt_at=now,
        planned_at=now,
        lease_owner="",
        lease_until=None,
        send_before=send_before,
    )


def _return_to_doubt(now: datetime) -> int:
    """What could not leave while the service knew its key: the queue was stopped, or the service refused it for now."""
    in_doubt = OutboxMessage.objects.filter(state=State.QUEUED, send_before__lte=now).order_by("send_before")
    expired = in_doubt.values_list("pk", flat=True)
    return sum(
        moves.move(
            message_id=message_id, to=State.UNCERTAIN, only_from=[State.QUEUED], reason=Reason.KEY_EXPIRED, at=now
        )
        for message_id in list(expired[:_BATCH])
    )
