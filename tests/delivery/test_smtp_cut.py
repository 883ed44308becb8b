"""Letters whose line breaks while their text is on the way: whoever was at the other end may have kept them."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import dispatch, reconciling, sweeping
from tests.factories.delivery import make_message

State = OutboxMessage.State
pytestmark = pytest.mark.django_db(transaction=True)

#: Little enough that all of it is on the way when the line breaks, and more than fits on the way.
SHORT, LONG = "Please support the bill.\n" * 200, "Please support the bill.\n" * 400_000
_READ_BYTES = 1_000
_END = b"\r\n.\r\n"


@dataclass
class Server:
    """It reads some of the first text, and then does as `trouble` says: reset, close, or stall."""

    trouble: str = ""
    port: int = 0
    parts: list[bytes] = field(default_factory=list)
    taken: list[bytes] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)


class _Listener(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def server_bind(self) -> None:
        # A small window: a long text is still being written when the line breaks.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        super().server_bind()


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    state = Server()

    class Conversation(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 sink.example")
            while line := self.rfile.readline():
                command = line[:4].upper().strip()
                if command == b"DATA":
                    self._say("354 Go on")
                    if state.trouble:
                        self._break_off()
                        return
                    state.taken.append(self._text())
                if command == b"QUIT":
                    self._say("221 Bye")
                    return
                self._say("250 OK")

        def _say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def _text(self) -> bytes:
            text = b""
            while not text.endswith(_END):
                text += self.rfile.readline()
            return text

        def _break_off(self) -> None:
            state.parts.append(self.rfile.read(_READ_BYTES))
            if state.trouble == "stall":
                state.is_over.wait(30)
            if state.trouble == "reset":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    with _Listener(("127.0.0.1", 0), Conversation) as listener:
        threading.Thread(target=listener.serve_forever, daemon=True).start()
        state.port = listener.server_address[1]
        settings.DELIVERY_MODE = "send"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", state.port, 1
        yield state
        state.is_over.set()
        listener.shutdown()


def _let_days_pass() -> None:
    """All that the clock and the workers do by themselves, two days later."""
    later = timezone.now() + timedelta(days=2)
    sweeping.sweep(now=later)
    reconciling.settle(now=later)
    # Else the way through that service still rests.
    ago = timezone.now() - timedelta(days=2)
    DeliveryEvent.objects.update(at=ago)
    OutboxMessage.objects.update(state_changed_at=ago, next_attempt_at=ago)
    dispatch.drain()


@pytest.mark.parametrize(
    "backend", ["delivery.adapters.smtp.SmtpBackend", "django.core.mail.backends.smtp.EmailBackend"]
)
@pytest.mark.parametrize("body", [SHORT, LONG], ids=["short", "long"])
@pytest.mark.parametrize("trouble", ["reset", "close", "stall"])
def test_a_letter_whose_line_breaks_within_its_text_is_uncertain_and_never_sent_again_by_itself(
    server: Server, settings: Settings, trouble: str, body: str, backend: str
) -> None:
    settings.EMAIL_BACKEND = backend
    server.trouble = trouble
    cut = make_message(subject="The first", body=body)
    dispatch.drain()
    cut.refresh_from_db()
    event = cut.events.last()
    assert event is not None
    assert (cut.state, event.reason) == (State.UNCERTAIN, DeliveryEvent.Reason.NO_ANSWER)
    assert [len(part) for part in server.parts] == [_READ_BYTES]
    assert b"Subject: The first" in server.parts[0]
    # The server is well again; who waited behind that letter is heard, and it is not tried a second time.
    server.trouble = ""
    behind = make_message(subject="The second")
    _let_days_pass()
    cut.refresh_from_db()
    behind.refresh_from_db()
    assert (cut.state, behind.state) == (State.UNCERTAIN, State.ACCEPTED)
    [taken] = server.taken
    assert b"Subject: The second" in taken
