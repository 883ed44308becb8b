"""The mail server's record as a mail service would report it: Mailgun's webhooks, signed, in any order."""

import base64
import hashlib
import hmac
import json
import logging
import random
import secrets
import time
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.test import Client

PATH = "/anymail/mailgun/tracking/"


def post_deliveries(references: Iterable[str], chance: random.Random) -> None:
    """Reports each as delivered, shuffled; one in ten is posted twice.

    :raises RuntimeError: the site does not take a report that is in order.
    """
    payloads = [_delivered(reference, is_signed_right=True) for reference in references]
    payloads += [payload for payload in payloads if chance.random() < 0.1]
    chance.shuffle(payloads)
    client = Client()
    for payload in payloads:
        if (status := _post(client, payload)) != 200:
            raise RuntimeError(f"the site answered {status} to a mail service's report")


def post_forged(references: Iterable[str]) -> None:
    """Reports letters that never arrived as delivered, with a signature of somebody else's.

    :raises RuntimeError: the site believes it.
    """
    client = Client()
    # Each is refused with a warning, as it should be.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    for reference in references:
        if (status := _post(client, _delivered(reference, is_signed_right=False))) < 400:
            raise RuntimeError(f"the site answered {status} to a forged report")


def _post(client: Client, payload: dict[str, Any]) -> int:
    authorization = "Basic " + base64.b64encode(str(settings.ANYMAIL["WEBHOOK_SECRET"]).encode()).decode()
    response = client.post(
        PATH, json.dumps(payload), content_type="application/json", headers={"authorization": authorization}
    )
    return response.status_code


def _delivered(reference: str, *, is_signed_right: bool) -> dict[str, Any]:
    """Shaped like Mailgun's "delivered"; the Message-ID is all that it says about which letter it was."""
    key = str(settings.ANYMAIL["MAILGUN_WEBHOOK_SIGNING_KEY"]) if is_signed_right else "another key"
    timestamp, token = str(int(time.time())), secrets.token_hex(25)
    signature = hmac.new(key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    domain = settings.LETTERS_FROM_ADDRESS.rpartition("@")[2]
    return {
        "signature": {"timestamp": timestamp, "token": token, "signature": signature},
        "event-data": {
            "event": "delivered",
            "id": secrets.token_urlsafe(16),
            "timestamp": time.time(),
            "log-level": "info",
            "message": {"headers": {"message-id": f"{reference}@{domain}", "to": "office@legislature.example"}},
            "recipient": "office@legislature.example",
            "user-variables": {},
            "delivery-status": {"code": 250, "message": "OK", "description": "", "attempt-no": 1},
        },
    }
