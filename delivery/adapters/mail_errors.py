"""Reads what SMTP, HTTP and Anymail raise as one of our own failures."""

import re
import smtplib
import ssl
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests
from anymail import exceptions as anymail
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from urllib3 import exceptions as urllib3

from delivery.engine import failures
from delivery.engine.failures import Failure, Fate

#: Raised while the request was being put together: nothing has gone out.
_NEVER_LEFT = (
    anymail.AnymailInvalidAddress,
    anymail.AnymailUnsupportedFeature,
    anymail.AnymailSerializationError,
    anymail.AnymailCancelSend,
)
_ENHANCED_CODE = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?!\S)")
_SECONDS = re.compile(r"[0-9]{1,6}")
#: What six figures can say; a date may be further away.
_MOST_SECONDS = 999_999.0
#: A connection that was never there.
_NEVER_CONNECTED = (
    urllib3.NewConnectionError,
    urllib3.ConnectTimeoutError,
    urllib3.NameResolutionError,
    urllib3.ProxyError,
    ssl.SSLCertVerificationError,
)
#: TLS that failed before there was a connection. Any other trouble with TLS may have come after the mail had gone.
_HANDSHAKE_REASONS = frozenset(
    {"WRONG_VERSION_NUMBER", "UNSUPPORTED_PROTOCOL", "SSLV3_ALERT_HANDSHAKE_FAILURE", "TLSV1_ALERT_PROTOCOL_VERSION"}
)


def on_opening(error: Exception) -> Failure:
    """Whatever went wrong before there was a connection, log-in included: no message is to blame."""
    if isinstance(error, smtplib.SMTPResponseException):
        return Failure(Fate.RETRY, f"SMTP {error.smtp_code}", is_service_wide=True)
    return Failure(Fate.RETRY, type(error).__name__, is_service_wide=True)


def on_sending(error: Exception, *, has_begun_content: bool = True) -> Failure:
    """What `error`, raised by a send, says about the message.

    :param has_begun_content: the text may have begun to go out; assume so where it is not known.
    """
    if isinstance(error, anymail.AnymailRecipientsRefused):
        return Failure(Fate.FAILED, "refused by the mail service")
    if isinstance(error, _NEVER_LEFT):
        return Failure(Fate.FAILED, type(error).__name__)
    if isinstance(error, ImproperlyConfigured):
        return Failure(Fate.RETRY, type(error).__name__, is_service_wide=True)
    if isinstance(error, smtplib.SMTPException):
        return _smtp(error, has_begun_content)
    if isinstance(error, requests.RequestException):
        return _http(error)
    if isinstance(error, anymail.AnymailAPIError) and error.status_code is not None:
        return failures.by_http_status(int(error.status_code), retry_after_seconds=_retry_after(error))
    if not has_begun_content:
        return _before_content(error)
    return Failure(Fate.UNCERTAIN, type(error).__name__, is_service_wide=isinstance(error, OSError))


def _before_content(error: Exception) -> Failure:
    if isinstance(error, (ValueError, TypeError)):
        # Python's own mail package would not write it.
        return Failure(Fate.FAILED, type(error).__name__)
    return Failure(Fate.RETRY, type(error).__name__, is_service_wide=True)


def _smtp(error: smtplib.SMTPException, has_begun_content: bool) -> Failure:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        # A message of ours has one recipient.
        code, text = next(iter(error.recipients.values()))
        failure = failures.by_smtp_reply(code)
        if failure.fate is not Fate.FAILED:
            return failure
        return replace(failure, code=f"{failure.code} {_enhanced_code(text)}".strip(), is_about_recipient=True)
    if isinstance(error, smtplib.SMTPSenderRefused):
        return failures.by_smtp_reply(error.smtp_code, is_about_sender=True)
    if isinstance(error, (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError)):
        return on_opening(error)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return on_opening(error)
    if isinstance(error, smtplib.SMTPResponseException):
        return failures.by_smtp_reply(error.smtp_code)
    if not has_begun_content:
        return _before_content(error)
    return Failure(Fate.UNCERTAIN, type(error).__name__, is_service_wide=True)


def _http(error: requests.RequestException) -> Failure:
    status = getattr(error, "status_code", None)
    if status is None and error.response is not None:
        status = error.response.status_code
    if status is not None:
        return failures.by_http_status(int(status), retry_after_seconds=_retry_after(error))
    if isinstance(error, requests.ConnectTimeout) or _never_connected(error):
        return Failure(Fate.RETRY, "no connection", is_service_wide=True)
    return Failure(Fate.UNCERTAIN, "no answer", is_service_wide=True)


def _enhanced_code(text: bytes | str) -> str:
    """The enhanced status code (RFC 3463) at the start of a reply, or nothing; the rest quotes addresses."""
    words = text.decode("ascii", "replace") if isinstance(text, bytes) else str(text)
    found = _ENHANCED_CODE.match(words)
    return found[0] if found else ""


def _retry_after(error: Exception) -> float | None:
    """The seconds that the service asked for, as a number or as a date (RFC 9110 section 10.2.3); None: it did not."""
    said = getattr(getattr(error, "response", None), "headers", {}).get("Retry-After", "").strip()
    if _SECONDS.fullmatch(said):
        return float(said)
    until = _http_date(said)
    if until is None:
        return None
    # A date that has passed is no wait.
    return min(max((until - timezone.now()).total_seconds(), 0.0), _MOST_SECONDS)


def _http_date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    # An HTTP date is in GMT, named or not (RFC 9110 section 5.6.7).
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _never_connected(error: BaseException) -> bool:
    """Whether the chain of causes ends in a connection that was never made (requests wraps urllib3 twice)."""
    seen: set[int] = set()
    pending: list[object] = [error]
    while pending:
        current = pending.pop()
        if not isinstance(current, BaseException) or id(current) in seen:
            continue
        seen.add(id(current))
        if isinstance(current, _NEVER_CONNECTED):
            return True
        if isinstance(current, ssl.SSLError) and current.reason in _HANDSHAKE_REASONS:
            return True
        pending += [current.__cause__, current.__context__, getattr(current, "reason", None), *current.args]
    return False
