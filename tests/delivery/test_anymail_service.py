"""Letters through Anymail over HTTP, to a server of our own that answers as Postmark does."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import dispatch, outbox, reconciling, sweeping
from tests.factories.delivery import make_draft

State = OutboxMessage.State
pytestmark = pytest.mark.django_db(transaction=True)
ACCEPTED = {"ErrorCode": 0, "Message": "OK", "MessageID": "b7bc2f4a-e38e-4336-af7d-e6c392c2f817"}


@dataclass
class Service:
    """What it was asked, and what it answers."""

    requests: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200
    answer: dict[str, Any] = field(default_factory=lambda: dict(ACCEPTED))
    headers: dict[str, str] = field(default_factory=dict)
    #: Sent as it is, in place of `answer`.
    page: bytes = b""
    #: Takes the letter and says nothing.
    is_silent: bool = False
    is_over: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def service(settings: Settings) -> Iterator[Service]:
    served = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            served.requests.append({"path": self.path, "token": self.headers["X-Postmark-Server-Token"], **body})
            if served.is_silent:
                served.is_over.wait(30)
                return
            answer = served.page or json.dumps({"To": body["To"]} | served.answer).encode()
            self.send_response(served.status)
            self.send_header("Content-Type", "text/html" if served.page else "application/json")
            for name, value in served.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.DELIVERY_MODE = "send"
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {
        "POSTMARK_SERVER_TOKEN": "sesame",
        "POSTMARK_API_URL": f"http://127.0.0.1:{server.server_port}/",
    }
    yield served
    served.is_over.set()
    server.shutdown()
    server.server_close()


def test_a_letter_goes_to_the_service_with_our_id_and_is_then_accepted(service: Service) -> None:
    [message] = outbox.enqueue(drafts=[make_draft(recipient_address="poe@senate.example", subject="Hello")])
    dispatch.drain()
    [request] = service.requests
    assert (request["path"], request["token"]) == ("/email", "sesame")
    assert request["From"] == '"Dr. Ada Quill" <letters@alder-medical.example>'
    assert "ada.quill@clinic.example" in request["ReplyTo"]
    assert "poe@senate.example" in request["To"]
    assert request["Subject"] == "Hello"
    assert request["Metadata"] == {"message": str(message.pk)}
    message.refresh_from_db()
    assert message.state == State.ACCEPTED
    assert message.provider_message_id == ACCEPTED["MessageID"]


def test_a_letter_that_the_service_refuses_for_good_is_not_called_sent(service: Service) -> None:
    service.status, service.answer = 422, {"ErrorCode": 300, "Message": "Invalid 'To' address: 'poe@senate.example'."}
    [message] = outbox.enqueue(drafts=[make_draft(recipient_address="poe@senate.example")])
    dispatch.drain()
    message.refresh_from_db()
    assert message.state == State.NEEDS_HANDOFF
    assert list(message.events.values_list("state", flat=True)) == ["queued", "failed", "needs_handoff"]
    dispatch.drain()
    assert len(service.requests) == 1


def test_an_answer_that_says_neither_yes_nor_no_leaves_the_letter_uncertain(service: Service) -> None:
    service.status, service.answer = 422, {"ErrorCode": 300, "Message": "Invalid 'To' address"}
    [message] = outbox.enqueue(drafts=[make_draft()])
    dispatch.drain()
    message.refresh_from_db()
    assert message.state == State.UNCERTAIN


def test_a_letter_that_the_service_is_too_busy_for_stays_in_the_queue(service: Service) -> None:
    service.status, service.answer = 429, {"ErrorCode": 429, "Message": "Rate limit exceeded"}
    [message] = outbox.enqueue(drafts=[make_draft()])
    dispatch.drain()
    message.refresh_from_db()
    assert message.state == State.QUEUED


def test_a_date_until_which_the_service_wants_to_be_left_alone_is_kept(service: Service) -> None:
    until = timezone.now() + timedelta(minutes=20)
    service.status, service.answer = 429, {"ErrorCode": 429, "Message": "Rate limit exceeded"}
    service.headers["Retry-After"] = format_datetime(until, usegmt=True)
    [message] = outbox.enqueue(drafts=[make_draft()])
    dispatch.drain()
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.QUEUED, 0)
    assert abs(message.next_attempt_at - until) < timedelta(seconds=60)


def _let_days_pass() -> None:
    """All that the clock and the workers do by themselves, two days later."""
    # Else the way through that service still rests.
    ago = timezone.now() - timedelta(days=2)
    DeliveryEvent.objects.update(at=ago)
    OutboxMessage.objects.update(state_changed_at=ago, next_attempt_at=ago)
    later = timezone.now() + timedelta(days=2)
    sweeping.sweep(now=later)
    reconciling.settle(now=later)
    dispatch.drain()


_PAGE = b"<!doctype html><title>Oops</title><p>Something went wrong, ada.quill@clinic.example</p>"


@pytest.mark.parametrize(
    "trouble",
    [
        {"status": 500, "answer": {"ErrorCode": 500, "Message": "Internal server error"}},
        {"status": 500, "page": _PAGE},
        {"status": 502, "page": _PAGE},
        {"status": 504, "page": _PAGE},
        # A proxy between us says "all is well" in its own words.
        {"status": 200, "page": _PAGE},
        # JSON, but none of Postmark's.
        {"status": 200, "page": b"[]"},
        {"status": 200, "page": b'{"Message": "OK"}'},
        {"is_silent": True},
    ],
)
def test_a_letter_that_may_have_been_taken_is_uncertain_and_never_sent_again_by_itself(
    service: Service, settings: Settings, trouble: dict[str, Any]
) -> None:
    settings.ANYMAIL = {**settings.ANYMAIL, "REQUESTS_TIMEOUT": 0.5 if "is_silent" in trouble else 10}
    for name, value in trouble.items():
        setattr(service, name, value)
    [message] = outbox.enqueue(drafts=[make_draft()])
    dispatch.drain()
    message.refresh_from_db()
    event = message.events.last()
    assert event is not None
    assert (message.state, event.reason) == (State.UNCERTAIN, DeliveryEvent.Reason.NO_ANSWER)
    assert "@" not in event.detail
    # The service is well again, and still nobody asks it a second time.
    service.status, service.answer, service.page, service.is_silent = 200, dict(ACCEPTED), b"", False
    service.is_over.set()
    _let_days_pass()
    message.refresh_from_db()
    assert (message.state, len(service.requests)) == (State.UNCERTAIN, 1)


def test_letters_wait_uncounted_while_there_is_no_connection_to_the_service_and_then_arrive_once(
    service: Service, settings: Settings
) -> None:
    there = settings.ANYMAIL
    # Nothing listens there.
    settings.ANYMAIL = {**there, "POSTMARK_API_URL": "http://127.0.0.1:1/"}
    messages = outbox.enqueue(drafts=[make_draft(), make_draft()])
    for _ in range(3):
        OutboxMessage.objects.update(next_attempt_at=timezone.now())
        assert dispatch.drain().is_service_away
        assert set(OutboxMessage.objects.values_list("state", "attempts")) == {(State.QUEUED, 0)}
    settings.ANYMAIL = there
    OutboxMessage.objects.update(next_attempt_at=timezone.now())
    dispatch.drain()
    arrived = sorted(request["Metadata"]["message"] for request in service.requests)
    assert arrived == sorted(str(message.pk) for message in messages)
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {State.ACCEPTED}
