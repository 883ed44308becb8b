"""Reads what Anymail makes of a mail that a service took in for us."""

import hashlib
from collections.abc import Iterable
from email.policy import SMTP
from typing import Any

from anymail.signals import AnymailInboundEvent
from django.conf import settings

from delivery.engine import incoming, relaying
from delivery.engine.incoming import IncomingMail, Kind

#: Where the address that a mail was sent to may stand when the service does not say it.
_RECIPIENT_HEADERS = ("Delivered-To", "X-Original-To", "X-Forwarded-To", "Envelope-To", "To", "Cc", "Bcc")
#: So many addresses are looked at; a mail to thousands is no answer to a letter.
_MOST_RECIPIENTS = 50


def read(event: AnymailInboundEvent) -> IncomingMail:
    """The mail in our own terms. Never fails for a mail that is badly made: what cannot be told is empty."""
    message = event.message
    content = _content(message)
    # The bytes again, so that broken headers are read the way they will be passed on.
    parsed = relaying.parse(content)
    writer = relaying.writer_of(parsed)
    kind = incoming.kind_of(
        parsed,
        from_address=writer.address or str(message.envelope_sender or ""),
        own_addresses=(settings.LETTERS_FROM_ADDRESS, settings.RECEIPTS_FROM_ADDRESS, settings.ALERTS_FROM_ADDRESS),
        own_domains=(settings.REPLIES_DOMAIN, settings.RETURN_PATH_DOMAIN),
    )
    return IncomingMail(
        identity=_identity(parsed, content, str(event.event_id or "")),
        recipients=tuple(dict.fromkeys(_recipients(message, parsed)))[:_MOST_RECIPIENTS],
        from_address=writer.address,
        kind=kind,
        content=content,
        is_spam=bool(message.spam_detected),
        report=incoming.report_of(parsed) if kind is Kind.REPORT else None,
    )


def _content(message: Any) -> bytes:
    try:
        return bytes(message.as_bytes(policy=SMTP.clone(max_line_length=None, refold_source="none")))
    except Exception:
        # Headers that no parser understands; Anymail's own fields still say to whom it came.
        return b""


def _recipients(message: Any, parsed: Any) -> Iterable[str]:
    if message.envelope_recipient:
        # One post an address: the others of the header have posts of their own.
        yield from str(message.envelope_recipient).replace(",", " ").split()
        return
    for header in _RECIPIENT_HEADERS:
        yield from relaying.addresses(parsed, header)


def _identity(parsed: Any, content: bytes, event_id: str) -> str:
    """By its own Message-ID, which a post that is repeated keeps; services number each post anew."""
    message_id = str(parsed.get("Message-ID", "")).strip()
    said = [message_id, str(parsed.get("Date", "")), str(parsed.get("From", "")), str(parsed.get("Subject", ""))]
    if not message_id:
        # The boundaries between the parts are made up at each post, what stands between them is not.
        parts = [part.get_payload(decode=True) for part in parsed.walk() if not part.is_multipart()]
        said += [hashlib.sha256(part if isinstance(part, bytes) else b"").hexdigest() for part in parts]
    if not content:
        said.append(event_id)
    return "\n".join(said)
