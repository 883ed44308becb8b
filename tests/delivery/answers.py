"""Letters to offices, and what their mail programs and our mail service make of an answer."""

import base64
import json
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from django.test import Client
from pytest_django import Settings

from delivery.engine import return_tokens
from delivery.models import OutboxMessage
from tests.factories.delivery import make_message

State = OutboxMessage.State
DOMAIN = "replies.alder-medical.example"
RETURNS = "returns.alder-medical.example"
SECRET = "Your patient in room 12"


def configure(settings: Settings) -> None:
    """Answers are asked for at an address of each letter's own."""
    settings.REPLIES_DOMAIN, settings.RETURN_PATH_DOMAIN = DOMAIN, RETURNS
    settings.ANYMAIL = {"WEBHOOK_SECRET": "service:sesame", "MAILGUN_API_KEY": "key"}


def make_letter(**changes: Any) -> OutboxMessage:
    values = {"state": State.DELIVERED, "recipient_domain": "legislature.example", **changes}
    return make_message(**values)


def address_of(letter: OutboxMessage) -> str:
    return return_tokens.address(return_tokens.REPLY, letter.pk, DOMAIN)


def make_answer(letter: OutboxMessage, **headers: str) -> EmailMessage:
    """As an office's mail program writes it: text, HTML with a picture, an attachment, letters of other languages."""
    made = EmailMessage(policy=SMTP)
    values = {
        "From": "José Reyes <jose.reyes@legislature.example>",
        "To": address_of(letter),
        "Subject": "Re: Please support telehealth parity – gracias",
        "Date": "Thu, 05 Nov 2026 11:33:54 -0500",
        "Message-ID": "<answer-1@legislature.example>",
        "In-Reply-To": f"<{letter.pk}@alder-medical.example>",
        **headers,
    }
    for name, value in values.items():
        made[name] = value
    made.set_content(f"Dear Dr. Quill,\n\nFrom here on: {SECRET}. ¡Gracias!\n>From the office\n", charset="utf-8")
    made.add_alternative(f"<p>Dear Dr. Quill, <b>{SECRET}</b></p>", subtype="html")
    made.get_payload()[1].add_related(b"\x89PNG\r\n\x1a\nseal", "image", "png", cid="<seal@office>")  # type: ignore[index,union-attr]
    made.add_attachment(b"%PDF-1.7\r\n\x00\xff", maintype="application", subtype="pdf", filename="reply from José.pdf")
    return made


def post(path: str, data: Any, **options: Any) -> int:
    authorization = "Basic " + base64.b64encode(b"service:sesame").decode()
    client = Client(headers={"authorization": authorization})
    return client.post(f"/anymail/{path}/inbound/", data, **options).status_code


def post_raw(letter: OutboxMessage, answer: EmailMessage, **changes: Any) -> int:
    """Postmark's shape, with the raw mail included."""
    payload = {
        "FromFull": {"Email": "jose.reyes@legislature.example", "Name": "José Reyes"},
        "OriginalRecipient": address_of(letter),
        "MessageID": "22c74902-a0c1-4511-804f-341342852c90",
        "RawEmail": answer.as_bytes().decode(),
        "Headers": [{"Name": "Return-Path", "Value": "<jose.reyes@legislature.example>"}],
        **changes,
    }
    return post("postmark", json.dumps(payload), content_type="application/json")


def relay() -> OutboxMessage:
    return OutboxMessage.objects.get(stream=OutboxMessage.Stream.REPLY)


def parts(message: EmailMessage) -> list[tuple[str, str | None, bytes]]:
    return [
        (part.get_content_type(), part.get_filename(), part.get_payload(decode=True))  # type: ignore[misc]
        for part in message.walk()
        if not part.is_multipart()
    ]
