"""Settings that would lie, or leak, are refused before the site starts."""

import pytest
from pytest_django import Settings

from delivery.checks import check_mail_settings

REAL = "delivery.adapters.smtp.SmtpBackend"
CAPTURE = "delivery.adapters.capture.CapturedMailBackend"
OURS = "letters@society.example.net"


def _ids() -> list[str | None]:
    return [problem.id for problem in check_mail_settings(None)]


@pytest.mark.parametrize(
    ("mode", "backend", "address", "expected"),
    [
        ("capture", CAPTURE, "letters@alder-medical.example", []),
        ("capture", "django.core.mail.backends.locmem.EmailBackend", OURS, []),
        ("capture", REAL, OURS, ["delivery.E003"]),
        ("capture", "anymail.backends.postmark.EmailBackend", OURS, ["delivery.E003"]),
        ("send", REAL, OURS, []),
        ("send", CAPTURE, OURS, ["delivery.E004"]),
        ("send", "django.core.mail.backends.console.EmailBackend", OURS, ["delivery.E004"]),
        ("send", "django.core.mail.backends.locmem.EmailBackend", OURS, ["delivery.E004"]),
        ("send", "django.core.mail.backends.smtp.EmailBackend", OURS, ["delivery.W001"]),
        ("send", REAL, "letters@alder-medical.example", ["delivery.E005"] * 2),
        ("send", REAL, "not an address", ["delivery.E002"] * 2),
        ("send", REAL, "Alder <letters@society.example.net>", ["delivery.E002"] * 2),
        ("send", "anymail.backends.postmark.EmailBackend", OURS, ["delivery.W002"]),
        ("Send", REAL, OURS, ["delivery.E001"]),
        ("", REAL, OURS, ["delivery.E001"]),
    ],
)
def test_what_the_check_says(settings: Settings, mode: str, backend: str, address: str, expected: list[str]) -> None:
    settings.DELIVERY_MODE, settings.EMAIL_BACKEND, settings.ANYMAIL = mode, backend, {}
    settings.LETTERS_FROM_ADDRESS = settings.RECEIPTS_FROM_ADDRESS = address
    assert _ids() == expected


def test_a_webhook_secret_satisfies_the_check(settings: Settings) -> None:
    settings.DELIVERY_MODE, settings.EMAIL_BACKEND = "send", "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {"WEBHOOK_SECRET": "user:password"}
    settings.LETTERS_FROM_ADDRESS = settings.RECEIPTS_FROM_ADDRESS = OURS
    assert _ids() == []
