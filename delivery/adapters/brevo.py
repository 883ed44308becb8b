"""Anymail's backend for Brevo, which understands that a known key means a mail that was taken before."""

from typing import Any

from anymail.backends.brevo import EmailBackend
from anymail.message import AnymailRecipientStatus
from requests import Response

#: What the API says to a key that it has seen within its time (developers.brevo.com, "Idempotency for batch emails").
_KNOWN_KEY = "duplicate_parameter"


class BrevoBackend(EmailBackend):
    """Takes the place of Anymail's own wherever the settings name that one. The key itself is one of the headers."""

    def raise_for_status(self, response: Response, payload: Any, message: Any) -> None:
        if not _says_known(response):
            super().raise_for_status(response, payload, message)

    def parse_recipient_status(self, response: Response, payload: Any, message: Any) -> Any:
        if not _says_known(response):
            return super().parse_recipient_status(response, payload, message)
        message.was_accepted_before = True
        # The answer names no message; our own Message-ID finds it again.
        status = AnymailRecipientStatus(message_id=None, status="queued")
        return {recipient.addr_spec: status for recipient in payload.all_recipients}


def _says_known(response: Response) -> bool:
    if response.status_code != 400:
        return False
    try:
        answer = response.json()
    except ValueError:
        return False
    return isinstance(answer, dict) and answer.get("code") == _KNOWN_KEY
