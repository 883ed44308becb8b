"""A local web service that answers as it is told, badly if need be."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

Query = dict[str, list[str]]


@dataclass
class Service:
    """What the server answers, and what it was asked.

    `troubles` are taken one for each question, the last one for ever: "hang", "drip", "drip_headers", "drop",
    "cut_off", "broken_header", or "" for none.
    """

    url: str = ""
    answer: Callable[[Query], bytes] = lambda query: b"{}"
    statuses: list[int] = field(default_factory=lambda: [200])
    troubles: list[str] = field(default_factory=lambda: [""])
    asked: list[Query] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)

    def body(self, body: bytes) -> None:
        self.answer = lambda query: body

    def next_of(self, plan: list) -> object:
        return plan.pop(0) if len(plan) > 1 else plan[0]


@contextmanager
def running() -> Iterator[Service]:
    """The service, at its `url`, for as long as the block lasts."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            query = parse_qs(parts.query)
            service.asked.append(query | {"path": [parts.path]})
            service.headers.append(dict(self.headers))
            with suppress(OSError):
                _answer(self, service, service.answer(query))

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    service.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield service
    finally:
        service.is_over.set()
        server.shutdown()
        server.server_close()


def _answer(handler: BaseHTTPRequestHandler, service: Service, body: bytes) -> None:
    trouble, status = service.next_of(service.troubles), int(str(service.next_of(service.statuses)))
    if trouble == "hang":
        service.is_over.wait(10)
        return
    if trouble == "drop":
        handler.connection.shutdown(socket.SHUT_RDWR)
        return
    if trouble == "drip_headers":
        _drip(handler, service, b"HTTP/1.0 200 OK\r\n" + b"X-Padding: " + b"x" * 1000)
        return
    handler.send_response(status)
    if 300 <= status < 400:
        handler.send_header("Location", f"{service.url}/elsewhere?street=42+Secret+Hideaway+Ln")
    if trouble == "broken_header":
        handler.wfile.write(b"".join(handler._headers_buffer) + b"no header at all\r\n")
        handler._headers_buffer = []
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    if trouble == "drip":
        _drip(handler, service, body)
    elif trouble == "cut_off":
        handler.wfile.write(body[: len(body) // 2])
        handler.wfile.flush()
    else:
        handler.wfile.write(body)


def _drip(handler: BaseHTTPRequestHandler, service: Service, body: bytes) -> None:
    for one in body:
        handler.wfile.write(bytes([one]))
        handler.wfile.flush()
        if service.is_over.is_set():
            return
        time.sleep(0.03)
