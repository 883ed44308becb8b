"""One contract for every way out, the fake included; and what the errors of other people's libraries mean."""

import smtplib
import stat
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default as modern
from pathlib import Path

import anymail.exceptions
import pytest
import requests
from django.core import mail as django_mail
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection
from pytest_django import Settings
from urllib3 import exceptions as urllib3

from delivery.adapters import mail, mail_errors
from delivery.adapters.carriers import Carrier, NotAccepted
from delivery.adapters.mail import BackendMailer
from delivery.engine.addressing import OutgoingMail
from delivery.engine.failures import Fate
from tests.delivery.fakes import REFUSED, FakeMailer
from tests.delivery.test_smtp import _mail

WAYS_OUT: dict[str, Callable[[], Carrier[OutgoingMail]]] = {
    "fake": FakeMailer,
    "capture": lambda: BackendMailer(get_connection(mail.CAPTURE_BACKEND)),
    "locmem": lambda: BackendMailer(get_connection("django.core.mail.backends.locmem.EmailBackend")),
    "anymail": lambda: BackendMailer(get_connection("tests.delivery.fakes.SendingAnymailBackend")),
    "smtp": lambda: BackendMailer(get_connection("delivery.adapters.smtp.SmtpBackend")),
}


@pytest.fixture(params=WAYS_OUT)
def way_out(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Carrier[OutgoingMail]:
    settings.CAPTURED_MAIL_DIR = tmp_path / "mail"
    if request.param == "smtp":
        request.getfixturevalue("smtp_sink")
    return WAYS_OUT[request.param]()


def test_a_mail_that_is_taken_is_answered_with_an_id(way_out: Carrier[OutgoingMail]) -> None:
    way_out.open()
    assert way_out.send(_mail()).provider_message_id
    way_out.close()


def test_closing_twice_or_before_opening_is_no_trouble(way_out: Carrier[OutgoingMail]) -> None:
    way_out.close()
    way_out.open()
    way_out.close()
    way_out.close()


def test_opening_twice_is_no_trouble(way_out: Carrier[OutgoingMail]) -> None:
    way_out.open()
    way_out.open()
    assert way_out.send(_mail()).provider_message_id
    way_out.close()


def test_a_refusal_is_told_as_our_own_error() -> None:
    mailer = FakeMailer(failure=lambda _mail: REFUSED)
    with pytest.raises(NotAccepted) as caught:
        mailer.send(_mail())
    assert caught.value.failure is REFUSED


def test_anymail_is_given_our_id_and_nothing_else_about_the_people() -> None:
    BackendMailer(get_connection("tests.delivery.fakes.SendingAnymailBackend")).send(_mail())
    [sent] = django_mail.outbox
    assert sent.anymail_test_params["metadata"] == {"message": _mail().reference}  # type: ignore[attr-defined]
    assert sent.anymail_test_params["track_opens"] is False  # type: ignore[attr-defined]
    assert sent.extra_headers["Message-ID"] == _mail().message_id


def test_a_captured_mail_is_a_file_that_only_we_can_read(settings: Settings, tmp_path: Path) -> None:
    settings.CAPTURED_MAIL_DIR = tmp_path / "var" / "mail"
    mailer = BackendMailer(get_connection(mail.CAPTURE_BACKEND))
    mailer.send(_mail(subject="First"))
    mailer.send(_mail(subject="Second"))
    files = sorted((tmp_path / "var" / "mail").iterdir())
    assert [file.suffix for file in files] == [".eml", ".eml"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "var" / "mail").stat().st_mode) == 0o700
    read = [message_from_bytes(file.read_bytes(), policy=modern) for file in files]
    assert [message["Subject"] for message in read] == ["First", "Second"]
    assert read[0]["Message-ID"] == _mail().message_id


def test_a_folder_that_cannot_be_written_keeps_the_letter_for_later(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("in the way")
    settings.CAPTURED_MAIL_DIR = tmp_path / "mail"
    with pytest.raises(NotAccepted) as caught:
        BackendMailer(get_connection(mail.CAPTURE_BACKEND)).send(_mail())
    assert caught.value.failure.fate is Fate.RETRY


def _api_error(status: int) -> anymail.exceptions.AnymailRequestsAPIError:
    response = requests.Response()
    response.status_code = status
    return anymail.exceptions.AnymailRequestsAPIError(response=response)


def _anymail_wrapped(cause: requests.RequestException) -> Exception:
    # As anymail.backends.base_requests does it.
    kind = type("Wrapped", (anymail.exceptions.AnymailRequestsAPIError, type(cause)), {})
    error: Exception = kind("sending failed")
    error.__cause__ = cause
    return error


_REFUSED_CONNECTION = requests.ConnectionError(
    urllib3.MaxRetryError(None, "/", urllib3.NewConnectionError(None, "refused"))  # type: ignore[arg-type]
)
_CUT_OFF = requests.ConnectionError(urllib3.ProtocolError("Connection aborted.", ConnectionResetError(104, "reset")))


@pytest.mark.parametrize(
    ("error", "fate", "is_service_wide"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"5.1.1 a@b.example unknown")}), Fate.FAILED, False),
        (smtplib.SMTPRecipientsRefused({"a@b.example": (450, b"later")}), Fate.RETRY, False),
        (smtplib.SMTPSenderRefused(550, b"no", "us@b.example"), Fate.RETRY, True),
        (smtplib.SMTPAuthenticationError(535, b"no"), Fate.RETRY, True),
        (smtplib.SMTPDataError(554, b"spam"), Fate.FAILED, False),
        (smtplib.SMTPServerDisconnected("gone"), Fate.UNCERTAIN, True),
        (TimeoutError("timed out"), Fate.UNCERTAIN, True),
        (_api_error(422), Fate.FAILED, False),
        (_api_error(429), Fate.RETRY, True),
        (_api_error(401), Fate.RETRY, True),
        (_api_error(500), Fate.UNCERTAIN, True),
        (_anymail_wrapped(requests.ConnectTimeout("slow")), Fate.RETRY, True),
        (_anymail_wrapped(requests.ReadTimeout("slow")), Fate.UNCERTAIN, True),
        (_anymail_wrapped(_REFUSED_CONNECTION), Fate.RETRY, True),
        (_anymail_wrapped(_CUT_OFF), Fate.UNCERTAIN, True),
        (anymail.exceptions.AnymailRecipientsRefused(), Fate.FAILED, False),
        (anymail.exceptions.AnymailUnsupportedFeature("x"), Fate.FAILED, False),
        (anymail.exceptions.AnymailConfigurationError("key"), Fate.RETRY, True),
        (ImproperlyConfigured("key"), Fate.RETRY, True),
        (RuntimeError("what is this"), Fate.UNCERTAIN, False),
    ],
)
def test_what_an_error_says_of_the_message(error: Exception, fate: Fate, is_service_wide: bool) -> None:
    failure = mail_errors.on_sending(error)
    assert (failure.fate, failure.is_service_wide) == (fate, is_service_wide)
    assert "@" not in failure.code


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (smtplib.SMTPServerDisconnected("gone"), Fate.RETRY),
        (TimeoutError(), Fate.RETRY),
        (UnicodeEncodeError("ascii", "ñ", 0, 1, "no"), Fate.FAILED),
        (ValueError("Invalid address"), Fate.FAILED),
        (RuntimeError(), Fate.RETRY),
    ],
)
def test_before_the_text_began_nothing_is_uncertain(error: Exception, fate: Fate) -> None:
    assert mail_errors.on_sending(error, has_begun_content=False).fate is fate


@pytest.mark.parametrize(
    ("mode", "backend", "used"),
    [
        ("capture", "django.core.mail.backends.smtp.EmailBackend", mail.CAPTURE_BACKEND),
        ("capture", "anymail.backends.postmark.EmailBackend", mail.CAPTURE_BACKEND),
        ("", "anymail.backends.postmark.EmailBackend", mail.CAPTURE_BACKEND),
        ("capture", "django.core.mail.backends.locmem.EmailBackend", "django.core.mail.backends.locmem.EmailBackend"),
        ("send", "anymail.backends.postmark.EmailBackend", "anymail.backends.postmark.EmailBackend"),
    ],
)
def test_only_the_mode_lets_mail_leave(settings: Settings, mode: str, backend: str, used: str) -> None:
    settings.DELIVERY_MODE, settings.EMAIL_BACKEND = mode, backend
    assert mail.backend_path() == used
