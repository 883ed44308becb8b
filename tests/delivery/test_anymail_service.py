"""Letters through Anymail over HTTP, to a server of our own that answers as Postmark does."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pytest_django import Settings

from delivery.records.messages import OutboxMessage
from delivery.services import dispatch, outbox
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


@pytest.fixture
def service(settings: Settings) -> Iterator[Service]:
    served = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            served.requests.append({"path": self.path, "token": self.headers["X-Postmark-Server-Token"], **body})
            answer = json.dumps({"To": body["To"]} | served.answer).encode()
            self.send_response(served.status)
            self.send_header("Content-Type", "application/json")
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
