"""Takes in what Anymail makes of a mail service's posts, and hands each on in our own terms."""

import hashlib
import logging
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from anymail.signals import AnymailInboundEvent, AnymailTrackingEvent
from anymail.utils import get_anymail_setting
from django.utils import timezone

from delivery.adapters import inbound, webhooks
from delivery.engine import addressing
from delivery.engine.tracking import SOFT, TrackingReport
from delivery.services import replies, tracking

logger = logging.getLogger(__name__)

#: Reply codes (RFC 5321) and enhanced status codes (RFC 3463); the text around them quotes addresses.
_CODES = re.compile(r"(?<![\w.])(?:[245]\.\d{1,3}\.\d{1,3}|[245]\d\d)(?![\w.])")
#: A number in an address is no code: senator289@legislature.example.
_ADDRESS = re.compile(r"\S*@\S*")
#: Under which names services report the Message-ID, as SES, Mailgun, SendGrid, Brevo and Postal write them.
_MESSAGE_ID_KEYS = frozenset({"message-id", "messageid", "smtp-id"})
#: What services call a mailbox that refuses for now: Postmark, Amazon SES, Brevo and Mandrill, MailerSend, SendGrid.
_FOR_NOW = frozenset({"SoftBounce", "Transient", "Undetermined", "soft_bounce", "activity.soft_bounced", "blocked"})
#: More of an answer is not looked at.
_MAX_ANSWER = 2_000
_MAX_EVENT_ID = 150
_MAX_PROVIDER_ID = 300
#: SES nests deepest: mail, headers, header, value.
_MAX_DEPTH = 6


def record_tracking(sender: object, event: AnymailTrackingEvent, esp_name: str, **_kwargs: object) -> None:
    if not webhooks.has_proof(esp_name):
        # Anybody can post here, and a Message-ID is known to whoever received the letter.
        logger.warning("a tracking event was not believed: ANYMAIL_WEBHOOK_SECRET is not set")
        return
    tracking.record(report=read(event, esp_name))


def take_in_mail(sender: object, event: AnymailInboundEvent, **_kwargs: object) -> None:
    # The address does not answer without the secret; this is the second lock.
    if get_anymail_setting("webhook_secret", default="") and event.message is not None:
        replies.take_in(mail=inbound.read(event))


def read(event: AnymailTrackingEvent, esp_name: str) -> TrackingReport:
    """Anymail's event without anything personal in it, whatever types its parts have."""
    said = event.esp_event if isinstance(event.esp_event, Mapping) else {}
    metadata = event.metadata if isinstance(event.metadata, dict) else {}
    answer = " ".join(str(part) for part in (event.mta_response, *_status_codes(said)) if part)[:_MAX_ANSWER]
    codes = [addressing.storable(str(event.reject_reason or ""))[:50], *_CODES.findall(_ADDRESS.sub(" ", answer))]
    return TrackingReport(
        kind=_kind(event, said),
        at=_moment(event.timestamp),
        source_id=_source_id(event, said, esp_name),
        reference=str(metadata.get("message", "")),
        provider_message_id=addressing.storable(str(event.message_id or ""))[:_MAX_PROVIDER_ID],
        code=" ".join(dict.fromkeys(code for code in codes if code)),
        stated_references=_stated_references(event),
    )


def _kind(event: AnymailTrackingEvent, said: Mapping[str, Any]) -> str:
    """Anymail's type of event, told apart further where it calls two things by one name."""
    if event.event_type == "unknown" and said.get("eventType") == "DeliveryDelay":
        return "deferred"
    if event.event_type == "complained" and "SpamNotification" in (said.get("Type"), said.get("SuppressionReason")):
        # The office's filter took this one text for bulk mail; no person asked for no more.
        return "rejected"
    if event.event_type == "bounced" and _is_for_now(said):
        return SOFT
    return str(event.event_type)


def _is_for_now(said: Mapping[str, Any]) -> bool:
    bounce = said.get("bounce")
    names = [said.get("Type"), said.get("event"), said.get("type")]
    if isinstance(bounce, Mapping):
        names.append(bounce.get("bounceType"))
    return any(isinstance(name, str) and name in _FOR_NOW for name in names) or said.get("hard_bounce") is False


def _status_codes(said: Mapping[str, Any]) -> tuple[object, ...]:
    """Mailgun has the codes beside the answer's text, and often in them alone."""
    data = said.get("event-data")
    status = data.get("delivery-status") if isinstance(data, Mapping) else None
    return (status.get("enhanced-code"), status.get("code")) if isinstance(status, Mapping) else ()


def _moment(timestamp: object) -> datetime:
    if not isinstance(timestamp, datetime):
        return timezone.now()
    return timestamp if timezone.is_aware(timestamp) else timezone.make_aware(timestamp, UTC)


def _stated_references(event: AnymailTrackingEvent) -> tuple[str, ...]:
    """Our ids out of every Message-ID that the report quotes: the one thing that a mail carries through any service."""
    quoted = (str(event.message_id or ""), *_message_ids(event.esp_event, _MAX_DEPTH))
    return tuple(dict.fromkeys(filter(None, map(addressing.reference_of, quoted))))


def _message_ids(value: object, depth: int) -> Iterator[str]:
    if depth == 0:
        return
    if isinstance(value, Mapping):
        # SES lists the mail's headers as {"name": "Message-ID", "value": "<…>"}.
        pairs = [*value.items(), (value.get("name"), value.get("value"))]
        for name, part in pairs:
            if isinstance(part, str) and str(name).lower().replace("_", "-") in _MESSAGE_ID_KEYS:
                yield part
            elif isinstance(part, (Mapping, list)):
                yield from _message_ids(part, depth - 1)
    elif isinstance(value, list):
        for part in value:
            yield from _message_ids(part, depth - 1)


def _source_id(event: AnymailTrackingEvent, said: Mapping[str, Any], esp_name: str) -> str:
    data = said.get("event-data")
    # Anymail takes Mailgun's token, which a second try need not repeat; the event's own id it does.
    event_id = (data.get("id") if isinstance(data, Mapping) else None) or event.event_id
    if event_id:
        known_by = addressing.storable(str(event_id))
        if len(known_by) <= _MAX_EVENT_ID:
            return f"{esp_name}:{known_by}"
    else:
        # Not every service numbers its events: what one says is then what it is known by.
        known_by = "|".join(str(part) for part in (event.event_type, event.message_id, event.timestamp))
    return f"{esp_name}:{hashlib.sha256(known_by.encode(errors='replace')).hexdigest()}"
