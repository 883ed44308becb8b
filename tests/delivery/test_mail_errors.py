"""What an exception says about a mail: sent, never sent, or not known; and how long its service is to be left alone."""

import ssl
from datetime import UTC, datetime

import pytest
import requests
from urllib3.exceptions import MaxRetryError, SSLError

from delivery.adapters import mail_errors
from delivery.engine.failures import Failure, Fate


def _as_requests_wraps(error: ssl.SSLError) -> requests.exceptions.SSLError:
    return requests.exceptions.SSLError(MaxRetryError(None, "/email", SSLError(error)))  # type: ignore[arg-type]


def _tls(reason: str) -> ssl.SSLError:
    error = ssl.SSLError(1, f"[SSL: {reason}]")
    error.reason = reason
    return error


def test_a_line_that_tls_cuts_while_the_answer_is_read_leaves_the_mail_uncertain() -> None:
    failure = mail_errors.on_sending(_as_requests_wraps(_tls("UNEXPECTED_EOF_WHILE_READING")))
    assert failure.fate is Fate.UNCERTAIN


@pytest.mark.parametrize(
    "error", [ssl.SSLCertVerificationError(1, "certificate verify failed"), _tls("WRONG_VERSION_NUMBER")]
)
def test_a_service_that_cannot_be_trusted_has_got_nothing(error: ssl.SSLError) -> None:
    failure = mail_errors.on_sending(_as_requests_wraps(error))
    assert failure.fate is Fate.RETRY
    assert failure.is_service_wide


#: A Friday.
_NOW = datetime(2026, 3, 13, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("90", 90),
        (" 90 ", 90),
        ("0", 0),
        ("Fri, 13 Mar 2026 07:02:30 GMT", 150),
        # The two older forms of RFC 9110, which recipients have to read as well.
        ("Friday, 13-Mar-26 07:02:30 GMT", 150),
        ("Fri Mar 13 07:02:30 2026", 150),
        ("Fri, 13 Mar 2026 07:02:30 -0000", 150),
        ("Fri, 13 Mar 2026 09:02:30 +0200", 150),
        ("Fri, 13 Mar 2026 06:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 999_999),
    ],
)
def test_how_long_a_service_wants_to_be_left_alone_is_read_as_a_number_and_as_a_date(
    monkeypatch: pytest.MonkeyPatch, said: str, seconds: float
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: _NOW)
    assert mail_errors.on_sending(_answered(429, said)) == Failure(
        Fate.RETRY, "HTTP 429", is_service_wide=True, retry_after_seconds=seconds
    )


@pytest.mark.parametrize(
    "said",
    ["", "soon", "-90", "90.5", "9999999", "٩٠", "Fri, 99 Mar 2026 07:00:00 GMT", "Fri, 13 Mar 2026 07:00:00 +9999999"],
)
def test_a_wait_that_cannot_be_read_is_none(said: str) -> None:
    assert mail_errors.on_sending(_answered(503, said)).retry_after_seconds is None


def _answered(status: int, retry_after: str) -> requests.HTTPError:
    response = requests.Response()
    response.status_code, response.headers["Retry-After"] = status, retry_after
    return requests.HTTPError(response=response)
