"""Where Anymail's readers of mail services' reports do less than this project promises."""

import json
import re
import time
from typing import Any
from urllib.parse import urlsplit

import requests
from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.utils import get_anymail_setting
from anymail.webhooks.amazon_ses import AmazonSESBaseWebhookView, AmazonSESTrackingWebhookView
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from django.http import HttpRequest

#: By Anymail's name of the service: the setting without which it takes no unsigned report, or with which it does not.
_SIGNING_SETTINGS = {
    "MailerSend": ("signing_secret",),
    "Mailgun": ("webhook_signing_key", "api_key"),
    "Mandrill": ("webhook_key",),
    "Postal": ("webhook_key",),
    "Resend": ("signing_secret",),
    "SendGrid": ("tracking_webhook_verification_key",),
    "Unisender Go": ("api_key",),
}
#: Mailgun tries for eight hours; what was signed earlier is a copy of something old.
_LONGEST_TRY_SECONDS = 12 * 3_600
_CLOCK_TOLERANCE_SECONDS = 600
_SNS_HOST = re.compile(r"sns\.[a-z0-9-]+\.amazonaws\.com(\.cn)?", re.ASCII)
_CONFIRM_TIMEOUT_SECONDS = 10


class NotConfirmed(Exception):
    """Amazon did not take our yes to a subscription; it will ask again."""


def has_proof(esp_name: str) -> bool:
    """Whether whoever reports delivery as the service `esp_name` has to prove it: by a secret, or by a signature.

    Anymail believes everybody where neither is set.
    """
    if get_anymail_setting("webhook_secret", default=""):
        return True
    names = _SIGNING_SETTINGS.get(esp_name, ())
    return any(get_anymail_setting(name, esp_name=esp_name, default="", allow_bare=True) for name in names)


def has_unreadable_key() -> bool:
    """Whether SendGrid's verification key is set and is none, so that nothing which SendGrid reports can be believed.

    It is the public key of an elliptic curve, in base64, as SendGrid shows it
    (twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features).
    """
    key = get_anymail_setting("tracking_webhook_verification_key", esp_name="SendGrid", default="", allow_bare=True)
    if not key:
        return False
    try:
        lines = f"-----BEGIN PUBLIC KEY-----\n{key}\n-----END PUBLIC KEY-----"
        return not isinstance(serialization.load_pem_public_key(lines.encode()), EllipticCurvePublicKey)
    except (ValueError, UnsupportedAlgorithm):
        return True


class FreshMailgunTracking(MailgunTrackingWebhookView):
    """Mailgun signs a time and a token, not what it reports: a signature that is not new proves nothing."""

    def validate_request(self, request: HttpRequest) -> None:
        # Anymail calls this of every class in turn: the signature is its own part.
        if request.content_type == "application/json":
            signed_at = json.loads(request.body)["signature"]["timestamp"]
        else:
            signed_at = request.POST["timestamp"]
        age = time.time() - float(signed_at)
        if not -_CLOCK_TOLERANCE_SECONDS < age < _LONGEST_TRY_SECONDS:
            raise AnymailWebhookValidationFailure("Mailgun webhook called with an old signature")


class SesTracking(AmazonSESTrackingWebhookView):
    """Takes Amazon's reports without Amazon's own library, which is needed to send through its API only."""

    def __init__(self, **kwargs: Any) -> None:
        self.auto_confirm_enabled = get_anymail_setting(
            "auto_confirm_sns_subscriptions", esp_name=self.esp_name, kwargs=kwargs, default=True
        )
        # Past Anymail's own, whose first act is to ask for that library.
        super(AmazonSESBaseWebhookView, self).__init__(**kwargs)

    def auto_confirm_sns_subscription(self, sns_message: dict[str, Any]) -> None:
        """Says yes to a subscription whose request carried our secret, at the address that Amazon gives for it.

        https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html

        :raises NotConfirmed: Amazon could not be reached, or said no.
        """
        if not self.auto_confirm_enabled:
            return
        address = urlsplit(str(sns_message["SubscribeURL"]))
        if address.scheme != "https" or not _SNS_HOST.fullmatch(address.netloc) or not self.basic_auth:
            raise AnymailWebhookValidationFailure("a subscription is to be confirmed somewhere else than at Amazon")
        try:
            response = requests.get(address.geturl(), timeout=_CONFIRM_TIMEOUT_SECONDS, allow_redirects=False)
        except requests.RequestException as error:
            raise NotConfirmed(type(error).__name__) from None
        if not response.ok:
            raise NotConfirmed(f"HTTP {response.status_code}")
