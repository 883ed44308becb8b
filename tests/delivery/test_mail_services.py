"""Services that make one mail of two tries under one key: the key goes along from the first, and the repeat is safe."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.utils import timezone
from django.utils.module_loading import import_string
from pytest_django import Settings

from delivery.adapters import mail, mail_services
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import dispatch, outbox, reconciling
from tests.delivery.sink import Sink
from tests.factories.delivery import make_draft

State = OutboxMessage.State
pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Service:
    """Sends once for a key; the first answers may get lost on their way."""

    name: str
    #: Keys of requests, in the order in which they came.
    keys: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    lost_answers: int = 0
    status: int = 200
    answer: dict[str, Any] = field(default_factory=dict)

    def take(self, request: BaseHTTPRequestHandler, body: dict[str, Any]) -> tuple[int, dict[str, Any]] | None:
        key = request.headers.get("Idempotency-Key") if self.name == "resend" else body["headers"].get("idempotencyKey")
        assert key, "no key came with the request"
        is_known = key in self.sent
        self.keys.append(key)
        if self.status != 200:
            return self.status, self.answer
        if not is_known:
            self.sent.append(key)
        if self.lost_answers:
            self.lost_answers -= 1
            return None
        if self.name == "brevo" and is_known:
            return 400, {"code": "duplicate_parameter", "message": "the key was used"}
        return (200, {"id": f"re-{key}"}) if self.name == "resend" else (201, {"messageId": f"<{key}@brevo>"})


@pytest.fixture(params=["resend", "brevo"])
def service(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Service]:
    served = Service(request.param)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = served.take(self, json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            if answer is None:
                self.close_connection = True
                return
            content = json.dumps(answer[1]).encode()
            self.send_response(answer[0])
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.DELIVERY_MODE = "send"
    settings.EMAIL_BACKEND = f"anymail.backends.{served.name}.EmailBackend"
    name = served.name.upper()
    settings.ANYMAIL = {f"{name}_API_KEY": "sesame", f"{name}_API_URL": f"http://127.0.0.1:{server.server_port}/"}
    yield served
    server.shutdown()
    server.server_close()


def _age(minutes: float) -> None:
    """As if so much time had gone by."""
    earlier = timezone.now() - timedelta(minutes=minutes)
    OutboxMessage.objects.update(state_changed_at=earlier, in_doubt_since=earlier)
    DeliveryEvent.objects.update(at=earlier)


def _state(message: OutboxMessage) -> str:
    message.refresh_from_db()
    return message.state


def test_the_key_goes_along_from_the_first_try_and_is_the_rows_own_id(service: Service) -> None:
    messages = outbox.enqueue(drafts=[make_draft(), make_draft()])
    dispatch.drain()
    assert sorted(service.keys) == sorted(str(message.pk) for message in messages)
    assert [_state(message) for message in messages] == [State.ACCEPTED, State.ACCEPTED]


def test_a_try_without_an_answer_is_repeated_under_its_key_and_sent_once(service: Service) -> None:
    service.lost_answers = 1
    [message] = outbox.enqueue(drafts=[make_draft()])
    dispatch.drain()
    assert _state(message) == State.UNCERTAIN
    _age(5)
    assert reconciling.settle().same_key == 1
    dispatch.drain()
    assert _state(message) == State.ACCEPTED
    assert (service.keys, service.sent) == ([str(message.pk)] * 2, [str(message.pk)])
    if service.name == "brevo":
        last = message.events.last()
        assert last is not None
        assert last.reason == DeliveryEvent.Reason.ACCEPTED_BEFORE
        # It names no id of its own for a mail that it knows; ours finds its reports.
        assert message.provider_message_id == f"<{message.pk}@alder-medical.example>"


@pytest.mark.parametrize("answer", [{"code": "invalid_parameter"}, {"code": None}, {}])
def test_any_other_refusal_is_a_refusal(service: Service, answer: dict[str, Any]) -> None:
    service.status, service.answer = 400, answer
    [message] = outbox.enqueue(drafts=[make_draft()])
    dispatch.drain()
    assert _state(message) in (State.FAILED, State.NEEDS_HANDOFF)


def test_a_try_that_is_still_under_way_at_the_service_stays_in_doubt(service: Service) -> None:
    service.status, service.answer = 409, {"name": "concurrent_idempotent_requests"}
    [message] = outbox.enqueue(drafts=[make_draft()])
    dispatch.drain()
    assert _state(message) == State.UNCERTAIN


def test_resend_is_given_the_key_by_smtp_too(smtp_sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    [message] = outbox.enqueue(drafts=[make_draft()])
    monkeypatch.setattr(mail_services, "RESEND_BY_SMTP", "127.0.0.1")
    dispatch.drain()
    [received] = smtp_sink.received
    assert received.message["Resend-Idempotency-Key"] == str(message.pk)


def test_another_mail_server_is_given_no_key(smtp_sink: Sink) -> None:
    outbox.enqueue(drafts=[make_draft()])
    dispatch.drain()
    [received] = smtp_sink.received
    assert not [name for name in received.message if "idempotency" in name.lower()]


@pytest.mark.parametrize("name", mail_services.PROMISES)
def test_every_backend_of_the_table_can_be_imported_and_its_promise_has_a_source(name: str) -> None:
    promise = mail_services.PROMISES[name]
    assert promise.source
    if name != "anymail.backends.amazon_ses.EmailBackend":  # needs Amazon's own library
        assert import_string(name)
    if promise.window is not None:
        assert import_string(promise.backend)


def test_where_mail_is_captured_no_service_stands_in(settings: Settings) -> None:
    settings.DELIVERY_MODE, settings.EMAIL_BACKEND = "capture", "anymail.backends.resend.EmailBackend"
    assert mail.backend_path() == mail.CAPTURE_BACKEND
