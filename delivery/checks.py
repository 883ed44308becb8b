"""Refuses settings under which a letter would be called sent that was not, or would leave where none should."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from delivery.adapters import mail, mail_options, webhooks
from delivery.engine import addressing

_FROM_ADDRESSES = ("LETTERS_FROM_ADDRESS", "RECEIPTS_FROM_ADDRESS", "ALERTS_FROM_ADDRESS")
_SMTP_BACKENDS = ("delivery.adapters.smtp.SmtpBackend", "django.core.mail.backends.smtp.EmailBackend")
#: By the module of Anymail's backend: the service's name in Anymail's settings and reports.
_SERVICE_NAMES = {
    "amazon_ses": "Amazon SES",
    "mailersend": "MailerSend",
    "mailgun": "Mailgun",
    "mandrill": "Mandrill",
    "postal": "Postal",
    "resend": "Resend",
    "sendgrid": "SendGrid",
    "sparkpost": "SparkPost",
    "unisender_go": "Unisender Go",
}


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
    problems += _check_own_domains() + _check_stream_options() + _check_verification_key()
    if settings.DELIVERY_MODE == mail.SEND:
        return problems + _check_sending() + _check_identities() + _check_return_path()
    return problems + _check_capturing()


def _check_addresses() -> list[CheckMessage]:
    return [
        Error(f"{name} is not one plain e-mail address.", id="delivery.E002")
        for name in _FROM_ADDRESSES
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
        for name in _FROM_ADDRESSES
        if getattr(settings, name).lower().rstrip(".").endswith((".example", "@example.com", "@example.org"))
    ]
    service = _service()
    if service is not None and not webhooks.has_proof(service):
        problems.append(
            Warning(
                "The mail service's tracking events are not believed without ANYMAIL_WEBHOOK_SECRET.",
                hint="Set ANYMAIL_WEBHOOK_SECRET=user:password and put the same into the webhook URL at the service.",
                id="delivery.W002",
            )
        )
    return problems


def _service() -> str | None:
    """Anymail's name of the service that mail leaves through; empty for one that signs nothing, None for none."""
    for path in ("anymail.backends.", "delivery.adapters.resend.", "delivery.adapters.brevo."):
        if settings.EMAIL_BACKEND.startswith(path):
            return _SERVICE_NAMES.get(settings.EMAIL_BACKEND.split(".")[2], "")
    return None


def _check_identities() -> list[CheckMessage]:
    """A receiving server trusts a signature whose domain is that of From, or above it (DMARC, RFC 7489 section 3.1)."""
    signed = settings.MAIL_DKIM_DOMAIN.lower().rstrip(".")
    problems: list[CheckMessage] = [
        Error(
            f"{name} is not in {signed}, for which the mail service signs (MAIL_DKIM_DOMAIN).",
            hint="Offices throw such mail away or take it for spam. Use an address in that domain or below it.",
            id="delivery.E006",
        )
        for name in _FROM_ADDRESSES
        if signed and addressing.is_usable(getattr(settings, name)) and not _is_in(_domain_of(name), signed)
    ]
    if not signed:
        problems.append(
            Warning(
                "MAIL_DKIM_DOMAIN is not set: nothing checks that mail is signed for the domain that it comes from.",
                hint="Set it to the domain (d=) with which your mail service signs.",
                id="delivery.W003",
            )
        )
    if settings.ALERTS_FROM_ADDRESS.lower() == settings.LETTERS_FROM_ADDRESS.lower():
        problems.append(
            Warning(
                "Letters and alerts leave from one address.",
                hint="Whoever marks an alert as spam spoils the good name of the letters. Give each its own address.",
                id="delivery.W004",
            )
        )
    return problems


def _check_own_domains() -> list[CheckMessage]:
    problems: list[CheckMessage] = []
    for name in ("MAIL_DKIM_DOMAIN", "RETURN_PATH_DOMAIN", "REPLIES_DOMAIN"):
        domain = getattr(settings, name)
        if domain and not addressing.is_usable(f"x@{domain}"):
            problems.append(
                Error(f"{name} is not a domain.", hint="Write it like mail.society.org.", id="delivery.E007")
            )
    taken = {_domain_of(name) for name in _FROM_ADDRESSES}
    problems += [
        Warning(
            f"{name} is also a domain that mail leaves from.",
            hint="All mail to it comes to this site: give it a subdomain of its own.",
            id="delivery.W005",
        )
        for name in ("RETURN_PATH_DOMAIN", "REPLIES_DOMAIN")
        if getattr(settings, name).lower() in taken
    ]
    return problems


def _check_stream_options() -> list[CheckMessage]:
    given = settings.MAIL_STREAM_OPTIONS
    known = {"letter", "receipt", "alert", "reply"}
    if isinstance(given, dict) and set(given) <= known and all(isinstance(each, dict) for each in given.values()):
        return []
    return [
        Error(
            "MAIL_STREAM_OPTIONS is not a JSON object of objects by stream.",
            hint='The streams are letter, receipt, alert and reply: {"alert": {"MessageStream": "broadcast"}}.',
            id="delivery.E008",
        )
    ]


def _check_verification_key() -> list[CheckMessage]:
    if not webhooks.has_unreadable_key():
        return []
    return [
        Error(
            "SENDGRID_TRACKING_WEBHOOK_VERIFICATION_KEY is not a key: SendGrid's tracking events are turned away.",
            hint="Copy the verification key whole, in one line, from the settings of SendGrid's event webhook.",
            id="delivery.E009",
        )
    ]


def _check_return_path() -> list[CheckMessage]:
    if not settings.RETURN_PATH_DOMAIN or settings.EMAIL_BACKEND in _SMTP_BACKENDS:
        return []
    if _service() in mail_options.TAKES_RETURN_ADDRESS:
        return []
    return [
        Warning(
            "RETURN_PATH_DOMAIN is set, but this mail service takes returned mail itself.",
            hint="Nothing is lost: its reports say what was returned. Leave RETURN_PATH_DOMAIN empty.",
            id="delivery.W006",
        )
    ]


def _domain_of(name: str) -> str:
    return str(getattr(settings, name)).rpartition("@")[2].lower().rstrip(".")


def _is_in(domain: str, parent: str) -> bool:
    return domain == parent or domain.endswith(f".{parent}")
