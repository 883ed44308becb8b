"""Takes in Anymail's tracking events and hands each on in our own terms."""

import hashlib
import logging
import re
from collections.abc import Iterator, Mapping

from anymail.signals import AnymailTrackingEvent
from anymail.utils import get_anymail_setting
from django.utils import timezone

from delivery.engine import addressing
from delivery.engine.tracking import TrackingReport
from delivery.services import tracking

logger = logging.getLogger(__name__)

#: Reply codes (RFC 5321) and enhanced status codes (RFC 3463); the text around them quotes addresses.
_CODES = re.compile(r"(?<![\w.])(?:[245]\.\d{1,3}\.\d{1,3}|[245]\d\d)(?![\w.])")
#: A number in an address is no code: senator289@legislature.example.
_ADDRESS = re.compile(r"\S*@\S*")
#: Under which names services report the Message-ID, as SES, Mailgun, SendGrid, Brevo and Postal write them.
_MESSAGE_ID_KEYS = frozenset({"message-id", "messageid", "smtp-id"})
#: SES nests deepest: mail, headers, header, value.
_MAX_DEPTH = 6


def record_tracking(sender: object, event: AnymailTrackingEvent, esp_name: str, **_kwargs: object) -> None:
    if not get_anymail_setting("webhook_secret", default=""):
        # Anybody can post here, and a Message-ID is known to whoever received the letter.
        logger.warning("a tracking event was not believed: ANYMAIL_WEBHOOK_SECRET is not set")
        return
    tracking.record(report=read(event, esp_name))


def read(event: AnymailTrackingEvent, esp_name: str) -> TrackingReport:
    """Anymail's event without anything personal in it."""
    metadata = event.metadata if isinstance(event.metadata, dict) else {}
    codes = [event.reject_reason or "", *_CODES.findall(_ADDRESS.sub(" ", str(event.mta_response or "")))]
    return TrackingReport(
        kind=str(event.event_type),
        at=event.timestamp or timezone.now(),
        source_id=_source_id(event, esp_name),
        reference=str(metadata.get("message", "")),
        provider_message_id=str(event.message_id or ""),
        code=" ".join(dict.fromkeys(code for code in codes if code)),
        stated_references=_stated_references(event),
    )


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


def _source_id(event: AnymailTrackingEvent, esp_name: str) -> str:
    if event.event_id:
        return f"{esp_name}:{event.event_id}"[:200]
    # Not every service numbers its events: what one says is then what it is known by.
    said = "|".join(str(part) for part in (event.event_type, event.message_id, event.timestamp))
    return f"{esp_name}:{hashlib.sha256(said.encode()).hexdigest()}"[:200]
