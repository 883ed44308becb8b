"""What an exception of TLS says about a mail: sent, never sent, or not known."""

import ssl

import pytest
import requests
from urllib3.exceptions import MaxRetryError, SSLError

from delivery.adapters import mail_errors
from delivery.engine.failures import Fate


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
