"""Takes in what the mail service reports about messages that it has taken."""

import logging
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from delivery.engine import tracking
from delivery.engine.tracking import TrackingReport
from delivery.records.messages import DeliveryEvent, OutboxMessage

logger = logging.getLogger(__name__)

_REASONS = {
    "deferred": DeliveryEvent.Reason.STILL_TRYING,
    "complained": DeliveryEvent.Reason.COMPLAINED,
    "rejected": DeliveryEvent.Reason.REFUSED,
}


@transaction.atomic
def record(*, report: TrackingReport) -> OutboxMessage | None:
    """Writes the report into the message's history and moves the message if the report says something new.

    Reports may come twice, late or out of order. Returns the message, or None if the report is about none of
    ours or says nothing about delivery.
    """
    claimed = tracking.claimed_state(report.kind)
    if claimed is None:
        return None
    message = _find(report)
    if message is None or message.state == OutboxMessage.State.CAPTURED:
        # What was captured never left, whoever says so.
        return None
    _event, is_new = DeliveryEvent.objects.get_or_create(
        message=message,
        source_id=report.source_id,
        defaults={
            "at": report.at,
            "state": claimed,
            "reason": _REASONS.get(report.kind, ""),
            "detail": report.code[:300],
        },
    )
    if is_new:
        _move(message, report)
    return message


def _find(report: TrackingReport) -> OutboxMessage | None:
    messages = OutboxMessage.objects.select_for_update().filter(channel=OutboxMessage.Channel.EMAIL)
    for reference in (report.reference, *report.stated_references):
        key = _as_uuid(reference)
        if key is not None and (message := messages.filter(pk=key).first()):
            return message
    if report.provider_message_id:
        by_provider = Q(provider_message_id=report.provider_message_id)
        return messages.filter(by_provider).exclude(provider_message_id="").first()
    return None


def _move(message: OutboxMessage, report: TrackingReport) -> None:
    following = tracking.state_after(message.state, report.kind)
    if report.provider_message_id and not message.provider_message_id:
        message.provider_message_id = report.provider_message_id[:300]
    if following != message.state:
        message.state = following
        message.state_changed_at = report.at
        message.lease_owner = ""
        message.lease_until = None
    message.save(update_fields=["state", "state_changed_at", "lease_owner", "lease_until", "provider_message_id"])


def _as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
