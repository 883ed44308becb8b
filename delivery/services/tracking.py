"""Takes in what the mail service reports about messages that it has taken."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from delivery.engine import tracking
from delivery.engine.tracking import TrackingReport
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import bounces

State = OutboxMessage.State
Channel = OutboxMessage.Channel
#: One of these stands in the history of a letter that was tried as mail before it went another way.
_TRIED = (State.ACCEPTED, State.BOUNCED, State.FAILED, State.UNCERTAIN)
#: Nothing of a letter that goes another way now has gone that way yet.
_CAN_STILL_STOP = frozenset({State.QUEUED, State.CLAIMED, State.FAILED, State.NEEDS_HANDOFF})
#: Nothing of these has gone to a mail service.
_NEVER_LEFT = frozenset({State.CAPTURED, State.HELD, State.SUPPRESSED})
_REASONS = {
    "deferred": DeliveryEvent.Reason.STILL_TRYING,
    "complained": DeliveryEvent.Reason.COMPLAINED,
    "unsubscribed": DeliveryEvent.Reason.UNSUBSCRIBED,
    "rejected": DeliveryEvent.Reason.REFUSED,
    tracking.SOFT: DeliveryEvent.Reason.SOFT_BOUNCE,
}
#: Clocks differ by this much; what is said to happen later than that is taken to happen now.
_CLOCK_TOLERANCE = timedelta(minutes=5)


@transaction.atomic
def record(*, report: TrackingReport) -> OutboxMessage | None:
    """Writes the report into the message's history, moves the message if that is news, and does what follows.

    Reports may come twice, late or out of order. Returns the message, or None if the report is about none of
    ours or says nothing that matters here: nobody watches whether a letter is opened.
    """
    claimed = tracking.claimed_state(report.kind)
    if claimed is None and report.kind != "unsubscribed":
        return None
    message = _find(report) or (_find_elsewhere(report) if claimed == State.DELIVERED else None)
    if message is None or message.state in _NEVER_LEFT:
        # What was captured never left, whoever says so.
        return None
    at = _plausible(report.at, message)
    _event, is_new = DeliveryEvent.objects.get_or_create(
        message=message,
        source_id=report.source_id,
        defaults={
            "at": at,
            "state": claimed or message.state,
            "reason": _REASONS.get(report.kind, ""),
            "detail": report.code[:300],
        },
    )
    if is_new:
        has_moved = _move(message, report, at)
        bounces.react(message=message, report=report, at=at, has_moved=has_moved)
    return message


def _plausible(at: datetime, message: OutboxMessage) -> datetime:
    """A time between the message's making and now: some services name none, or that of another clock."""
    now = timezone.now()
    if at < message.created_at - _CLOCK_TOLERANCE or at > now + _CLOCK_TOLERANCE:
        return now
    return at


def _find(report: TrackingReport) -> OutboxMessage | None:
    messages = OutboxMessage.objects.select_for_update().filter(channel=Channel.EMAIL)
    if (message := _find_by_reference(report, messages)) is not None:
        return message
    if report.provider_message_id:
        by_provider = Q(provider_message_id=report.provider_message_id)
        return messages.filter(by_provider).exclude(provider_message_id="").first()
    return None


def _find_elsewhere(report: TrackingReport) -> OutboxMessage | None:
    """A letter that was given up as mail and goes another way now, although the mail has arrived after all."""
    was_tried = DeliveryEvent.objects.filter(message=OuterRef("pk"), state__in=_TRIED)
    elsewhere = OutboxMessage.objects.select_for_update().filter(Exists(was_tried), stream=OutboxMessage.Stream.LETTER)
    return _find_by_reference(report, elsewhere.exclude(channel=Channel.EMAIL).exclude(recipient_address=""))


def _find_by_reference(report: TrackingReport, messages: QuerySet[OutboxMessage]) -> OutboxMessage | None:
    for reference in (report.reference, *report.stated_references):
        key = _as_uuid(reference)
        if key is not None and (message := messages.filter(pk=key).first()):
            return message
    return None


def _move(message: OutboxMessage, report: TrackingReport, at: datetime) -> bool:
    if message.channel != Channel.EMAIL and message.state not in _CAN_STILL_STOP:
        # It is under way to the office a second time: that is noted, and nothing can be done about it.
        return False
    following = tracking.state_after(message.state, report.kind, was_in_doubt=message.in_doubt_since is not None)
    if message.state == State.DELIVERED and message.events.filter(state=State.DELIVERED, at__gt=at).exists():
        # It was returned before it was delivered in the end.
        following = message.state
    if report.provider_message_id and not message.provider_message_id:
        message.provider_message_id = report.provider_message_id[:300]
    has_moved = following != message.state
    if has_moved:
        message.state = following
        message.channel = Channel.EMAIL
        message.state_changed_at = timezone.now()
        message.lease_owner = ""
        message.lease_until = None
        message.in_doubt_since = None
        message.send_before = None
    message.save(
        update_fields=[
            "state",
            "channel",
            "state_changed_at",
            "lease_owner",
            "lease_until",
            "in_doubt_since",
            "send_before",
            "provider_message_id",
        ]
    )
    return has_moved


def _as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
