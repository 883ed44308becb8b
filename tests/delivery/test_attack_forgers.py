"""Whoever can prove nothing is believed by none of the addresses that take reports and mail."""

import base64
import json
import uuid

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from pytest_django import Settings

from config import webhooks
from delivery.checks import check_mail_settings
from delivery.records.messages import DeliveryEvent
from delivery.records.replies import InboundMail
from tests.delivery.webhooks import basic
from tests.factories.delivery import make_message

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ADDRESSES = sorted(str(each.pattern) for each in webhooks.addresses())
#: What each service that signs is set up with; none of it is known to who forges.
SIGNING = {
    "MAILERSEND_SIGNING_SECRET": "s1",
    "MAILERSEND_INBOUND_SECRET": "s2",
    "MAILGUN_WEBHOOK_SIGNING_KEY": "s3",
    "MAILGUN_API_KEY": "s4",
    "MANDRILL_API_KEY": "s5",
    "MANDRILL_WEBHOOK_KEY": "s6",
    "POSTAL_WEBHOOK_KEY": "s7",
    "RESEND_SIGNING_SECRET": "whsec_czg=",
    "SENDGRID_TRACKING_WEBHOOK_VERIFICATION_KEY": base64.b64encode(
        ec.generate_private_key(ec.SECP256R1())
        .public_key()
        .public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    ).decode(),
    "UNISENDER_GO_API_KEY": "s10",
}


def _forgeries() -> list[tuple[bytes, str]]:
    """Reports that a letter came back, as several services would put it, and as a form."""
    message = make_message(state="accepted", provider_message_id="known")
    body = {
        "RecordType": "Bounce",
        "Type": "HardBounce",
        "ID": 1,
        "MessageID": "known",
        "Metadata": {"message": str(message.pk)},
        "event": "hard_bounce",
        "message-id": f"<{message.pk}@alder-medical.example>",
        "email": message.recipient_address,
        "date": "2026-01-01 00:00:00",
        "auth": "",
        "signature": {"timestamp": "0", "token": "t", "signature": ""},
    }
    single, many = json.dumps(body).encode(), json.dumps([body]).encode()
    form = b"mandrill_events=%5B%5D&timestamp=0&token=t&signature="
    return [(single, "application/json"), (many, "application/json"), (form, "application/x-www-form-urlencoded")]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("setup", ["nothing", "signatures", "secret"])
@pytest.mark.parametrize("authorization", ["", basic("eve:guess"), "Basic Og==", "Basic !!"])
def test_no_address_believes_a_stranger(
    address: str, setup: str, authorization: str, client: Client, settings: Settings
) -> None:
    settings.REPLIES_DOMAIN = settings.RETURN_PATH_DOMAIN = "replies.alder-medical.example"
    settings.ANYMAIL = {
        "nothing": {},
        "signatures": SIGNING,
        "secret": {"WEBHOOK_SECRET": "site:secret"},
    }[setup]
    client.raise_request_exception = False
    headers = {"Authorization": authorization} if authorization else {}
    for body, content_type in _forgeries():
        response = client.post(f"/anymail/{address}", body, content_type=content_type, headers=headers)
        assert response.status_code in (400, 401, 403, 404), response.status_code
    assert (DeliveryEvent.objects.count(), InboundMail.objects.count()) == (0, 0)


def test_a_guessed_reference_leads_nowhere(client: Client, settings: Settings) -> None:
    settings.ANYMAIL = {"WEBHOOK_SECRET": "site:secret"}
    body = {"RecordType": "Delivery", "MessageID": str(uuid.uuid4()), "Metadata": {"message": "' OR 1=1 --"}}
    headers = {"Authorization": basic("site:secret")}
    response = client.post("/anymail/postmark/tracking/", body, content_type="application/json", headers=headers)
    assert (response.status_code, DeliveryEvent.objects.count()) == (200, 0)


@pytest.mark.parametrize("key", ["not a key", "AAAA", "MFk", "é"])
@pytest.mark.parametrize("secret", ["", "site:secret"])
def test_a_key_that_is_none_closes_the_address_and_stops_the_start(
    key: str, secret: str, client: Client, settings: Settings
) -> None:
    settings.ANYMAIL = {"SENDGRID_TRACKING_WEBHOOK_VERIFICATION_KEY": key, "WEBHOOK_SECRET": secret}
    client.raise_request_exception = False
    headers = {"Authorization": basic("site:secret")}
    response = client.post("/anymail/sendgrid/tracking/", b"[]", content_type="application/json", headers=headers)
    assert response.status_code == 404
    assert "delivery.E009" in {problem.id for problem in check_mail_settings(None)}


def test_a_key_that_is_one_passes_the_check(settings: Settings) -> None:
    settings.ANYMAIL = SIGNING
    assert "delivery.E009" not in {problem.id for problem in check_mail_settings(None)}
