"""Settings that would lie, or leak, are refused before the site starts."""

import pytest
from pytest_django import Settings

from delivery.checks import check_mail_settings

REAL = "delivery.adapters.smtp.SmtpBackend"
CAPTURE = "delivery.adapters.capture.CapturedMailBackend"
OURS, ALERTS = "letters@society.example.net", "alerts@news.society.example.net"
#: That no domain is named for signatures, and that one address serves two streams.
ADVICE = {"delivery.W003", "delivery.W004"}


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
        ("send", REAL, "letters@alder-medical.example", ["delivery.E005"] * 3),
        ("send", REAL, "not an address", ["delivery.E002"] * 3),
        ("send", REAL, "Alder <letters@society.example.net>", ["delivery.E002"] * 3),
        ("send", "anymail.backends.postmark.EmailBackend", OURS, ["delivery.W002"]),
        ("Send", REAL, OURS, ["delivery.E001"]),
        ("", REAL, OURS, ["delivery.E001"]),
    ],
)
def test_what_the_check_says(settings: Settings, mode: str, backend: str, address: str, expected: list[str]) -> None:
    settings.DELIVERY_MODE, settings.EMAIL_BACKEND, settings.ANYMAIL = mode, backend, {}
    settings.LETTERS_FROM_ADDRESS = settings.RECEIPTS_FROM_ADDRESS = settings.ALERTS_FROM_ADDRESS = address
    assert [each for each in _ids() if each not in ADVICE] == expected


def test_a_webhook_secret_satisfies_the_check(settings: Settings) -> None:
    settings.DELIVERY_MODE, settings.EMAIL_BACKEND = "send", "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {"WEBHOOK_SECRET": "user:password"}
    settings.LETTERS_FROM_ADDRESS, settings.RECEIPTS_FROM_ADDRESS, settings.ALERTS_FROM_ADDRESS = OURS, OURS, ALERTS
    settings.MAIL_DKIM_DOMAIN = "society.example.net"
    assert _ids() == []


@pytest.fixture
def sound(settings: Settings) -> Settings:
    """A site that sends, about which there is nothing to say."""
    settings.DELIVERY_MODE, settings.EMAIL_BACKEND, settings.ANYMAIL = "send", REAL, {}
    settings.LETTERS_FROM_ADDRESS, settings.RECEIPTS_FROM_ADDRESS, settings.ALERTS_FROM_ADDRESS = OURS, OURS, ALERTS
    settings.MAIL_DKIM_DOMAIN = "society.example.net"
    settings.RETURN_PATH_DOMAIN, settings.REPLIES_DOMAIN = "returns.society.example.net", "replies.society.example.net"
    settings.MAIL_STREAM_OPTIONS = {"alert": {"MessageStream": "broadcast"}}
    return settings


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("MAIL_DKIM_DOMAIN", "Society.Example.Net", []),
        ("MAIL_DKIM_DOMAIN", "example.net", []),
        ("MAIL_DKIM_DOMAIN", "news.society.example.net", ["delivery.E006"] * 2),
        ("MAIL_DKIM_DOMAIN", "ciety.example.net", ["delivery.E006"] * 3),
        ("MAIL_DKIM_DOMAIN", "", ["delivery.W003"]),
        ("MAIL_DKIM_DOMAIN", "not a domain", ["delivery.E007"] + ["delivery.E006"] * 3),
        ("ALERTS_FROM_ADDRESS", "alerts@elsewhere.net", ["delivery.E006"]),
        ("ALERTS_FROM_ADDRESS", OURS.upper(), ["delivery.W004"]),
        ("RETURN_PATH_DOMAIN", "https://returns.society.example.net", ["delivery.E007"]),
        ("REPLIES_DOMAIN", "localhost", ["delivery.E007"]),
        ("REPLIES_DOMAIN", "news.society.example.net", ["delivery.W005"]),
        ("MAIL_STREAM_OPTIONS", {"alerts": {}}, ["delivery.E008"]),
        ("MAIL_STREAM_OPTIONS", {"alert": "broadcast"}, ["delivery.E008"]),
        ("MAIL_STREAM_OPTIONS", [], ["delivery.E008"]),
        ("EMAIL_BACKEND", "anymail.backends.postmark.EmailBackend", ["delivery.W002", "delivery.W006"]),
        ("EMAIL_BACKEND", "anymail.backends.sparkpost.EmailBackend", ["delivery.W002"]),
    ],
)
def test_identities_and_domains_have_to_fit_each_other(
    sound: Settings, name: str, value: object, expected: list[str]
) -> None:
    assert _ids() == []
    setattr(sound, name, value)
    assert _ids() == expected


def test_mailguns_signing_key_is_as_good_as_a_secret(sound: Settings) -> None:
    sound.EMAIL_BACKEND, sound.RETURN_PATH_DOMAIN = "anymail.backends.mailgun.EmailBackend", ""
    assert _ids() == ["delivery.W002"]
    sound.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": "x"}
    assert _ids() == []
