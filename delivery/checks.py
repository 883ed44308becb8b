"""Refuses settings under which a letter would be called sent that was not, or would leave where none should."""

from collections.abc import Sequence
from typing import Any

from anymail.utils import get_anymail_setting
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from delivery.adapters import mail
from delivery.engine import addressing


def check_mail_settings(app_configs: Sequence[Any] | None, **_kwargs: Any) -> list[CheckMessage]:
    """Every problem of the mail settings, each with what to do about it."""
    if settings.DELIVERY_MODE not in (mail.SEND, mail.CAPTURE):
        return [
            Error(
                f"DELIVERY_MODE is {settings.DELIVERY_MODE!r}.",
                hint='Set it to "capture" (mail is written to files) or "send" (mail leaves).',
                id="delivery.E001",
            )
        ]
    problems = _check_addresses()
    if settings.DELIVERY_MODE == mail.SEND:
        return problems + _check_sending()
    return problems + _check_capturing()


def _check_addresses() -> list[CheckMessage]:
    return [
        Error(f"{name} is not one plain e-mail address.", id="delivery.E002")
        for name in ("LETTERS_FROM_ADDRESS", "RECEIPTS_FROM_ADDRESS")
        if not addressing.is_usable(getattr(settings, name))
    ]


def _check_capturing() -> list[CheckMessage]:
    if settings.EMAIL_BACKEND in mail.HARMLESS_BACKENDS:
        return []
    return [
        Error(
            "EMAIL_BACKEND would let mail leave although DELIVERY_MODE is capture.",
            hint=f"Set EMAIL_BACKEND to {mail.CAPTURE_BACKEND}, or DELIVERY_MODE to send.",
            id="delivery.E003",
        )
    ]


def _check_sending() -> list[CheckMessage]:
    problems: list[CheckMessage] = []
    if settings.EMAIL_BACKEND in mail.HARMLESS_BACKENDS:
        problems.append(
            Error(
                "DELIVERY_MODE is send, but EMAIL_BACKEND sends nothing.",
                hint="Set EMAIL_BACKEND to delivery.adapters.smtp.SmtpBackend or to one of Anymail's backends.",
                id="delivery.E004",
            )
        )
    if settings.EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend":
        problems.append(
            Warning(
                "Django's SMTP backend cannot say how far a letter came when the line broke.",
                hint="Set EMAIL_BACKEND to delivery.adapters.smtp.SmtpBackend: fewer letters end as uncertain.",
                id="delivery.W001",
            )
        )
    problems += [
        Error(
            f"{name} is in the domain of the sample site.",
            hint="Set it to an address of your own domain, for which SPF, DKIM and DMARC are set up.",
            id="delivery.E005",
        )
        for name in ("LETTERS_FROM_ADDRESS", "RECEIPTS_FROM_ADDRESS")
        if getattr(settings, name).lower().rstrip(".").endswith((".example", "@example.com", "@example.org"))
    ]
    if settings.EMAIL_BACKEND.startswith("anymail.") and not get_anymail_setting("webhook_secret", default=""):
        problems.append(
            Warning(
                "The mail service's tracking events are not believed without ANYMAIL_WEBHOOK_SECRET.",
                hint="Set ANYMAIL_WEBHOOK_SECRET=user:password and put the same into the webhook URL at the service.",
                id="delivery.W002",
            )
        )
    return problems
