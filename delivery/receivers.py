"""Takes in Anymail's tracking events and hands each on in our own terms."""

import hashlib
import logging
import re

from anymail.signals import AnymailTrackingEvent
from anymail.utils import get_anymail_setting
from django.utils import timezone

from delivery.engine.tracking import TrackingReport
from delivery.services import tracking

logger = logging.getLogger(__name__)

#: Reply codes (RFC 5321) and enhanced status codes (RFC 3463); the text around them quotes addresses.
_CODES = re.compile(r"(?<![\w.])(?:[245]\.\d{1,3}\.\d{1,3}|[245]\d\d)(?![\w.])")
#: A number in an address is no code: senator289@legislature.example.
_ADDRESS = re.compile(r"\S*@\S*")


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
    )


def _source_id(event: AnymailTrackingEvent, esp_name: str) -> str:
    if event.event_id:
        return f"{esp_name}:{event.event_id}"[:200]
    # Not every service numbers its events: what one says is then what it is known by.
    said = "|".join(str(part) for part in (event.event_type, event.message_id, event.timestamp))
    return f"{esp_name}:{hashlib.sha256(said.encode()).hexdigest()}"[:200]
