"""A mail server for tests: it keeps what it is given, and misbehaves as it is told."""

import asyncio
import email
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default as modern
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True)
class Received:
    recipients: list[str]
    envelope_sender: str
    content: bytes

    @property
    def message(self) -> EmailMessage:
        return cast(EmailMessage, email.message_from_bytes(self.content, policy=modern))


@dataclass
class Sink:
    """`rcpt_reply` and `data_reply` answer instead of "250" when they are set."""

    received: list[Received] = field(default_factory=list)
    sessions: int = 0
    rcpt_reply: str = ""
    data_reply: str = ""
    #: Takes the message and hangs up without a word.
    hangs_up_after_data: bool = False
    #: Hangs up at the first command about a message.
    hangs_up_at_mail: bool = False
    delay_seconds: float = 0.0
    port: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's own names
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.sessions += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.hangs_up_at_mail:
            server.transport.abort()
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.rcpt_reply:
            return self.rcpt_reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.data_reply:
            return self.data_reply
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        with self.lock:
            self.received.append(Received(list(envelope.rcpt_tos), str(envelope.mail_from), content))
        if self.delay_seconds:
            await asyncio.sleep(self.delay_seconds)
        if self.hangs_up_after_data:
            server.transport.abort()
        return "250 OK"


@contextmanager
def running_sink() -> Iterator[Sink]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    sink = Sink(port=port)
    controller = Controller(cast(Any, sink), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
