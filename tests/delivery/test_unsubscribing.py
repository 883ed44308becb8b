"""One click ends alerts, for mail programs and for people; looking at the link ends nothing."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from anymail.message import AnymailMessage
from django.test import Client
from pytest_django import Settings

from delivery.adapters import mail
from delivery.records.messages import OutboxMessage
from delivery.records.recipients import Suppression
from delivery.selectors import suppressions as listed
from delivery.services import composing, unsubscribing
from tests.factories.delivery import make_message

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ADA = "ada.quill@clinic.example"
ONE_CLICK = "List-Unsubscribe=One-Click"


def _path(language: str = "en") -> str:
    return urlsplit(unsubscribing.link(address=ADA, language=language)).path


def test_a_mail_program_ends_alerts_with_one_post_and_nothing_else() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(
        _path(), ONE_CLICK, content_type="application/x-www-form-urlencoded", headers={"origin": "https://mail.example"}
    )
    assert response.status_code == 200
    assert not response.cookies
    assert listed.is_suppressed(ADA, "alert")
    assert not listed.is_suppressed(ADA, "receipt")
    assert Suppression.objects.get().reason == Suppression.Reason.UNSUBSCRIBED


@pytest.mark.parametrize("content_type", ["multipart/form-data; boundary=x", "text/plain", "application/json"])
def test_whatever_the_mail_program_posts_it_is_heard(content_type: str) -> None:
    assert Client().generic("POST", _path(), b"\xff", content_type=content_type).status_code == 200
    assert listed.is_suppressed(ADA, "alert")


def test_looking_ends_nothing() -> None:
    client = Client()
    page = client.get(_path())
    client.head(_path())
    assert page.status_code == 200
    assert '<form method="post">' in page.content.decode()
    assert not Suppression.objects.exists()
    assert client.put(_path()).status_code == 405


def test_the_button_does_what_the_mail_program_does_and_twice_is_once() -> None:
    for _ in range(2):
        assert Client().post(_path()).status_code == 200
    assert Suppression.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_page_is_kept_and_listed_nowhere(method: str) -> None:
    response = getattr(Client(), method)(_path())
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"


def test_the_page_is_in_the_language_of_the_mail() -> None:
    assert _path("es").startswith("/es/")
    assert 'lang="es"' in Client().get(_path("es")).content.decode()
    assert Client().post(_path("es")).status_code == 200
    assert listed.is_suppressed(ADA, "alert")
    assert _path("tlh") == _path("en")


def test_the_link_names_nobody() -> None:
    link = unsubscribing.link(address=ADA, language="en").lower()
    assert "ada" not in link
    assert "clinic" not in link


def _changed(path: str) -> list[str]:
    token = path.strip("/").rpartition("/")[2]
    value, _dot, signature = token.partition(".")
    other = unsubscribing.link(address="other@clinic.example", language="en").rstrip("/").rpartition("/")[2]
    return [
        value,
        f"{value}.",
        f"{value[:-1]}A.{signature}",
        f"{value}.{other.partition('.')[2]}",
        f"{value}.{signature}x",
        "x" * 5_000,
        "%00",
        "é",
        ".",
    ]


def test_a_link_that_was_changed_does_nothing() -> None:
    for token in _changed(_path()):
        for method in ("get", "post"):
            assert getattr(Client(), method)(f"/unsubscribe/{token}/").status_code == 404, token
    assert not Suppression.objects.exists()


def test_a_new_secret_leaves_links_that_went_out_as_they_are(settings: Settings) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "old", []
    path = _path()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", ["old"]
    assert Client().post(path).status_code == 200
    assert listed.is_suppressed(ADA, "alert")
    settings.SECRET_KEY_FALLBACKS = []
    assert Client().post(path).status_code == 404


@pytest.mark.parametrize("stream", ["letter", "receipt"])
def test_letters_and_receipts_offer_no_way_out(stream: str) -> None:
    outgoing = composing.compose(make_message(stream=stream, recipient_address=ADA))
    assert not [name for name in outgoing.headers if name.lower().startswith("list-")]
    assert "unsubscribe" not in outgoing.body


@pytest.mark.parametrize("language", ["en", "es"])
def test_an_alert_says_how_to_end_them_to_the_program_and_to_the_person(language: str) -> None:
    outgoing = composing.compose(make_message(stream="alert", recipient_address=ADA, language=language))
    link = unsubscribing.link(address=ADA, language=language)
    assert outgoing.headers["List-Unsubscribe"] == f"<{link}>"
    assert outgoing.headers["List-Unsubscribe-Post"] == ONE_CLICK
    assert outgoing.body.rstrip().endswith(link)
    assert outgoing.from_.endswith("<alerts@alder-medical.example>")


# --- What goes along with a mail ---------------------------------------------------------------------


def _handed_over(message: OutboxMessage, settings: Settings, sent: list[Any]) -> AnymailMessage:
    settings.DELIVERY_MODE, settings.EMAIL_BACKEND = "send", "tests.delivery.fakes.SendingAnymailBackend"
    carrier = mail.connect()
    carrier.open()
    carrier.send(composing.compose(message))
    return sent[-1]


@pytest.fixture
def sent(mailoutbox: list[Any]) -> list[Any]:
    return mailoutbox


@pytest.mark.parametrize("stream", ["letter", "receipt", "alert"])
def test_a_service_gets_the_streams_options_our_id_and_the_wish_not_to_watch(
    stream: str, settings: Settings, sent: list[Any]
) -> None:
    options: dict[str, Any] = {"letter": {"MessageStream": "letters"}, "alert": {"MessageStream": "broadcast"}}
    settings.MAIL_STREAM_OPTIONS, settings.RETURN_PATH_DOMAIN = options, "returns.alder-medical.example"
    message = make_message(stream=stream)
    parameters = _handed_over(message, settings, sent).anymail_test_params
    assert parameters["metadata"] == {"message": str(message.pk)}
    assert (parameters["track_opens"], parameters["track_clicks"]) == (False, False)
    assert parameters.get("MessageStream") == options.get(stream, {}).get("MessageStream")
    assert parameters["envelope_sender"].startswith("bounce-")
    assert parameters["envelope_sender"].endswith("@returns.alder-medical.example")


def test_without_a_domain_for_it_the_service_sees_to_returned_mail(settings: Settings, sent: list[Any]) -> None:
    assert "envelope_sender" not in _handed_over(make_message(), settings, sent).anymail_test_params


def test_over_smtp_returned_mail_comes_to_the_mails_own_address(settings: Settings, smtp_sink: Any) -> None:
    settings.RETURN_PATH_DOMAIN = "returns.alder-medical.example"
    carrier = mail.connect()
    carrier.open()
    carrier.send(composing.compose(make_message()))
    carrier.close()
    received = smtp_sink.received[-1]
    assert received.envelope_sender.startswith("bounce-")
    assert "letters@alder-medical.example" in received.message["From"]
