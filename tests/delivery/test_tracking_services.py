"""What Postmark, Mailgun and Amazon SES report, posted to the running site."""

import json
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
import requests
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from delivery.adapters import webhooks as readers
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.records.pauses import Pause
from delivery.records.recipients import RecipientRecord, Suppression
from tests.delivery import webhooks
from tests.delivery.webhooks import SERVICES, Post
from tests.factories.delivery import make_message

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
KEY = "official:ma-1"
Send = Callable[[Post], int]
#: By event: the state of the letter afterwards.
EXPECTED = {
    "delivered": "delivered",
    "hard": "needs_handoff",
    "policy": "needs_handoff",
    "soft": "queued",
    "deferred": "accepted",
    "complained": "delivered",
    "filtered": "needs_handoff",
    "unsubscribed": "accepted",
    "rejected": "needs_handoff",
    "opened": "accepted",
    "clicked": "accepted",
}


@pytest.fixture(autouse=True)
def keys(settings: Settings, told_of_handoffs: list[UUID]) -> None:
    settings.ANYMAIL = {"WEBHOOK_SECRET": webhooks.SECRET, "MAILGUN_WEBHOOK_SIGNING_KEY": webhooks.SIGNING_KEY}


@pytest.fixture
def send(live_server: LiveServer) -> Send:
    def post(what: Post) -> int:
        body = what.body if isinstance(what.body, (bytes, str)) else json.dumps(what.body)
        headers = {"Content-Type": "application/json", "Authorization": webhooks.basic(), **what.headers}
        return requests.post(live_server.url + what.path, body, headers=headers, timeout=30).status_code

    return post


@pytest.mark.parametrize("service", SERVICES)
def test_every_kind_of_report_is_understood_and_harmless_when_repeated(service: str, send: Send) -> None:
    for kind in SERVICES[service](make_message()):
        message = make_message(state="accepted", recipient_key=f"official:{kind}")
        post = SERVICES[service](message)[kind]
        assert [send(post), send(post)] == [200, 200], kind
        message.refresh_from_db()
        assert message.state == EXPECTED[kind], kind
        record = RecipientRecord.objects.filter(key=f"official:{kind}").first()
        assert bool(record and record.failing_since) == (kind == "hard"), kind
        assert (record.soft_bounces if record else 0) == (1 if kind in ("soft", "deferred") else 0), kind
        assert Suppression.objects.exists() == (kind in ("complained", "unsubscribed")), kind
        Suppression.objects.all().delete()
        assert message.events.exclude(source_id="").count() == (0 if kind in ("opened", "clicked") else 1), kind
        assert not DeliveryEvent.objects.filter(detail__contains="@").exists(), kind
    assert not Pause.objects.exists()


@pytest.mark.parametrize("service", SERVICES)
def test_a_message_of_somebody_elses_is_taken_and_forgotten(service: str, send: Send) -> None:
    message = make_message(state="accepted")
    unknown = OutboxMessage(recipient_address=message.recipient_address, subject="x")
    for kind, post in SERVICES[service](unknown).items():
        assert send(post) == 200, kind
    assert not DeliveryEvent.objects.exists()


@pytest.mark.parametrize("service", SERVICES)
def test_who_has_no_proof_is_turned_away(service: str, send: Send, settings: Settings) -> None:
    message = make_message(state="accepted", recipient_key=KEY)
    for kind, post in SERVICES[service](message).items():
        for credentials in ("", "Basic !", "Bearer x", webhooks.basic("reports:guess"), webhooks.basic("")):
            assert send(Post(post.path, post.body, {**post.headers, "Authorization": credentials})) in (401, 403), kind
    settings.ANYMAIL = {}
    for kind, post in SERVICES[service](message).items():
        assert send(post) == 404, kind
    assert not DeliveryEvent.objects.exists()
    assert not RecipientRecord.objects.exists()


def test_mailguns_signature_is_proof_enough_and_needed(send: Send, settings: Settings) -> None:
    settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": webhooks.SIGNING_KEY}
    message = make_message(state="accepted")
    forged = webhooks.mailgun(message, "delivered", key="guess")
    tampered = webhooks.mailgun(message, "delivered")
    tampered.body["signature"]["token"] = "0" * 50
    assert [send(forged), send(tampered)] == [403, 403]
    message.refresh_from_db()
    assert message.state == "accepted"
    assert send(webhooks.mailgun(message, "delivered")) == 200
    message.refresh_from_db()
    assert message.state == "delivered"
    # The secret is Mailgun's own: nobody else is believed for it.
    assert send(webhooks.postmark_events(message)["hard"]) == 404


@pytest.mark.parametrize("age_hours", [13, 24 * 365, -1])
def test_an_old_signature_of_mailguns_proves_nothing(age_hours: int, send: Send) -> None:
    message = make_message(state="accepted")
    assert send(webhooks.mailgun(message, "delivered", signed_at=time.time() - age_hours * 3600)) == 403
    message.refresh_from_db()
    assert message.state == "accepted"


def test_mailguns_second_try_with_a_new_token_is_the_same_event(send: Send) -> None:
    message = make_message(state="accepted", recipient_key=KEY)
    for _ in range(3):
        assert send(webhooks.mailgun(message, "failed", severity="temporary", id="the-same")) == 200
    assert message.events.count() == 1
    assert RecipientRecord.objects.get().soft_bounces == 1


BODIES: list[Any] = [
    b"",
    b"not json",
    b"\xff\xfe\x00",
    b"[]",
    b"7",
    b"null",
    b'"text"',
    b"{}",
    b"[" * 100_000,
    b'{"RecordType": []}',
    b'{"RecordType": "Delivery", "DeliveredAt": 7}',
    b'{"RecordType": "Delivery", "DeliveredAt": "2026-99-99T00:00:00Z"}',
    b'{"RecordType": "Delivery", "DeliveredAt": "2026-11-05T16:33:54", "Metadata": {"message": {"x": []}}}',
    b'{"RecordType": "Delivery", "Metadata": [], "MessageID": {}, "Details": ["550"]}',
    b'{"RecordType": "Bounce", "Type": {}, "Metadata": {"message": "\\u0000"}, "MessageID": "\\ud800\\u0000"}',
    b'{"Type": "Notification", "MessageId": "1", "Message": "{}"}',
    b'{"Type": "Notification", "MessageId": "1", "Message": "[]"}',
    b'{"Type": "Notification", "MessageId": "1", "Message": 7}',
    b'{"Type": "Notification", "MessageId": "1", "Message": "{\\"eventType\\": \\"Bounce\\", \\"mail\\": 7}"}',
    b'{"signature": {"token": "1", "timestamp": "x", "signature": "y"}, "event-data": {}}',
    b'{"signature": [], "event-data": 7}',
]


@pytest.mark.parametrize("path", ["postmark", "mailgun", "amazon_ses", "sendgrid", "brevo", "mailjet", "sparkpost"])
def test_nonsense_is_answered_in_one_word(path: str, send: Send, caplog: pytest.LogCaptureFixture) -> None:
    headers = {"x-amz-sns-message-type": "Notification", "x-amz-sns-message-id": "1"}
    for body in BODIES:
        assert send(Post(f"/anymail/{path}/tracking/", body, headers)) in (200, 400, 403), body
    assert not DeliveryEvent.objects.exists()
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("event_data", [None, [], 7, {"event": []}, {"event": "failed", "delivery-status": []}])
def test_nonsense_with_a_signature_is_answered_in_one_word_too(event_data: Any, send: Send) -> None:
    message = make_message(state="accepted")
    signed = webhooks.mailgun(message, "failed").body["signature"]
    post = Post("/anymail/mailgun/tracking/", {"signature": signed, "event-data": event_data})
    assert send(post) in (200, 400)
    mixed = webhooks.mailgun(message, "failed", severity=[], reason={}, timestamp="soon", **{"user-variables": [1]})
    assert send(mixed) in (200, 400)
    message.refresh_from_db()
    assert message.state == "accepted"


def test_a_huge_body_is_not_read(send: Send, settings: Settings) -> None:
    body = json.dumps({"RecordType": "Delivery", "x": "y" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE})
    assert send(Post("/anymail/postmark/tracking/", body)) == 413


class TestSubscription:
    URL = "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f37"

    @pytest.fixture
    def visited(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        visited: list[str] = []

        def get(url: str, **_options: Any) -> requests.Response:
            visited.append(url)
            response = requests.Response()
            response.status_code = 500 if "Token=bad" in url else 200
            return response

        monkeypatch.setattr(readers.requests, "get", get)
        return visited

    def _post(self, url: Any, **changes: Any) -> Post:
        return webhooks.sns(
            "SubscriptionConfirmation", "You have chosen to subscribe", SubscribeURL=url, Token="2336412f37", **changes
        )

    def test_is_confirmed_at_amazon_for_who_knows_the_secret(self, send: Send, visited: list[str]) -> None:
        assert send(self._post(self.URL)) == 200
        assert visited == [self.URL]

    def test_is_asked_for_again_when_amazon_does_not_answer(self, send: Send, visited: list[str]) -> None:
        assert send(self._post("https://sns.us-east-1.amazonaws.com/?Token=bad")) == 503

    @pytest.mark.parametrize(
        "url",
        [
            "http://sns.us-east-1.amazonaws.com/",
            "https://sns.us-east-1.amazonaws.com.evil.example/",
            "https://evil.example/sns.us-east-1.amazonaws.com",
            "https://sns.us-east-1.amazonaws.com@evil.example/",
            "https://sns.us-east-1.amazonaws.com:8443/",
            "https://169.254.169.254/latest/meta-data",
            "https://[::1",
            7,
            None,
        ],
    )
    def test_is_confirmed_nowhere_else(self, url: Any, send: Send, visited: list[str]) -> None:
        assert send(self._post(url)) in (400, 403)
        assert visited == []

    def test_of_a_strangers_topic_is_not_confirmed(self, send: Send, visited: list[str]) -> None:
        assert send(self._post(self.URL, authorization="")) == 401
        assert send(self._post(self.URL, authorization=webhooks.basic("reports:guess"))) == 403
        assert visited == []
