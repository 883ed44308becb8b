"""What each mail service promises about a mail that is handed to it twice under one key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

RESEND_BY_SMTP = "smtp.resend.com"
_SMTP_BACKENDS = frozenset(
    {"delivery.adapters.smtp.SmtpBackend", "django.core.mail.backends.smtp.EmailBackend"},
)


@dataclass(frozen=True, slots=True)
class Promise:
    """What a service's documentation says, and where."""

    #: For so long after the first it makes one mail of all requests under one key. None: it knows no keys.
    window: timedelta | None
    source: str
    #: Our backend in place of Anymail's: it sends the key, or understands what the service says of a known one.
    backend: str = ""


_RESEND = Promise(
    timedelta(hours=24),
    "resend.com/docs/dashboard/emails/idempotency-keys: 24 hours, at most 256 characters; over HTTP and SMTP",
    "delivery.adapters.resend.ResendBackend",
)
_BREVO = Promise(
    # The guide says 30 minutes, the announcement 15: the shorter one is safe either way.
    timedelta(minutes=15),
    "developers.brevo.com/changelog/email-api-now-supports-idempotency: 15 minutes; a repeat is an error of its own",
    "delivery.adapters.brevo.BrevoBackend",
)

#: By the backend that EMAIL_BACKEND names. What is not here has no keys as far as we know.
PROMISES: Mapping[str, Promise] = {
    "anymail.backends.resend.EmailBackend": _RESEND,
    "delivery.adapters.resend.ResendBackend": _RESEND,
    "anymail.backends.brevo.EmailBackend": _BREVO,
    "delivery.adapters.brevo.BrevoBackend": _BREVO,
    "anymail.backends.postmark.EmailBackend": Promise(
        None, "Postmark's support pages (September 2025): no idempotency keys; find a doubtful mail by its metadata"
    ),
    "anymail.backends.amazon_ses.EmailBackend": Promise(
        None, "Amazon SES API v2, SendEmail: no request parameter or header for it"
    ),
    "anymail.backends.mailgun.EmailBackend": Promise(
        None, "Mailgun's reference of POST /v3/{domain}/messages: no parameter or header for it"
    ),
}


def backend_path(named: str) -> str:
    """The backend that stands in for the one that the settings name: usually that one itself."""
    promise = PROMISES.get(named)
    return promise.backend if promise is not None and promise.backend else named


def key_window() -> timedelta | None:
    """For how long the service of the settings in force makes one mail of several tries; None: not at all."""
    if settings.EMAIL_BACKEND in _SMTP_BACKENDS:
        return _RESEND.window if _is_resend_by_smtp() else None
    promise = PROMISES.get(settings.EMAIL_BACKEND)
    return promise.window if promise is not None else None


def key_headers(reference: str) -> dict[str, str]:
    """The header of a mail that carries its key, where the service wants it there. The key is the row's own id.

    Resend over HTTP wants it beside the mail instead: see `delivery.adapters.resend`.
    """
    if settings.EMAIL_BACKEND in _SMTP_BACKENDS and _is_resend_by_smtp():
        return {"Resend-Idempotency-Key": reference}
    if PROMISES.get(settings.EMAIL_BACKEND) is _BREVO:
        return {"idempotencyKey": reference}
    return {}


def _is_resend_by_smtp() -> bool:
    return str(settings.EMAIL_HOST).lower().rstrip(".") == RESEND_BY_SMTP
