"""The systems of both chambers as the published accounts describe them, on this machine, and misbehaving as told."""

import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

HOUSE_KEY, SENATE_KEY = "house-secret-key", "senate-secret-key"
#: Path: (chamber, what it does).
PATHS = {
    "/house/v2/message": ("us_house", "send"),
    "/house-test/v2/message": ("us_house", "test"),
    "/house-test/v2/validate": ("us_house", "validate"),
    "/senate/production-messages/": ("us_senate", "send"),
    "/senate/testing-messages/": ("us_senate", "test"),
}
MAINTENANCE_PAGE = b"<!DOCTYPE html><html><body>Down for maintenance</body></html>"


@dataclass(frozen=True)
class Received:
    path: str
    content_type: str
    document: bytes

    @property
    def delivery_id(self) -> str:
        return ElementTree.fromstring(self.document).findtext("Delivery/DeliveryId") or ""

    def text(self, path: str) -> str:
        return ElementTree.fromstring(self.document).findtext(path) or ""


@dataclass
class CwcServer:
    """`troubles` are taken one for each posted letter, the last one for ever: "" for none, "hang" (takes the letter
    and says nothing), "drop" (takes it and hangs up), "refuse" (hangs up before), "html", "redirect", or a status.
    """

    url: str = ""
    troubles: list[str] = field(default_factory=lambda: [""])
    #: What a letter is complained of with, inside <Error> elements.
    complaints: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    #: Documents that were taken for delivery, by path; a test system's stay apart.
    taken: list[Received] = field(default_factory=list)
    asked: list[Received] = field(default_factory=list)
    house_offices: Any = field(default_factory=lambda: ["HMA05", "HAK00", "HDC00"])
    senate_offices: Any = field(
        default_factory=lambda: [{"name": "Elizabeth Warren [bioguide_id: W000817]", "office_code": "SMA01"}]
    )
    #: Instead of a list: "html", a status, or "hang".
    offices_trouble: str = ""
    house_knows_repeats: bool = False
    is_over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def delivered(self) -> list[Received]:
        """What offices would have received."""
        return [received for received in self.taken if PATHS[received.path][1] == "send"]

    def next_trouble(self) -> str:
        with self.lock:
            return self.troubles.pop(0) if len(self.troubles) > 1 else self.troubles[0]


@contextmanager
def running() -> Iterator[CwcServer]:
    """The server, at its `url`, for as long as the block lasts."""
    service = CwcServer()

    class Handler(_Handler):
        server_state = service

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


class _Handler(BaseHTTPRequestHandler):
    server_state: CwcServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        house = parts.path == "/house/offices"
        if not house and parts.path != "/senate/active_offices":
            return self._say(404, b"no such page")
        if self._key() != (HOUSE_KEY if house else SENATE_KEY):
            return self._say(401, b"")
        trouble = self.server_state.offices_trouble
        if trouble == "html":
            return self._say(200, MAINTENANCE_PAGE, "text/html")
        if trouble == "hang":
            self.server_state.is_over.wait(10)
            return None
        if trouble:
            return self._say(int(trouble), b"")
        found = self.server_state.house_offices if house else self.server_state.senate_offices
        return self._say(200, found if isinstance(found, bytes) else json.dumps(found).encode(), "application/json")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        path = urlsplit(self.path).path
        state = self.server_state
        received = Received(path, self.headers.get("Content-Type", ""), body)
        with state.lock:
            state.asked.append(received)
        trouble = state.next_trouble()
        with suppress(OSError):
            self._answer(received, trouble)

    def _answer(self, received: Received, trouble: str) -> None:
        state = self.server_state
        if trouble == "refuse":
            self.connection.shutdown(socket.SHUT_RDWR)
            return None
        if trouble == "html":
            return self._say(200, MAINTENANCE_PAGE, "text/html")
        if trouble == "redirect":
            return self._say(302, b"", headers={"Location": f"{state.url}/elsewhere?apikey={HOUSE_KEY}"})
        if trouble.isdigit():
            return self._say(int(trouble), b"trouble")
        status, body = self._judge(received)
        if trouble in ("hang", "drop"):
            if trouble == "hang":
                state.is_over.wait(10)
            self.connection.shutdown(socket.SHUT_RDWR)
            return None
        return self._say(status, body)

    def _judge(self, received: Received) -> tuple[int, bytes]:
        if received.path not in PATHS:
            return 404, b"no such page"
        chamber, purpose = PATHS[received.path]
        state = self.server_state
        if self._key() != (HOUSE_KEY if chamber == "us_house" else SENATE_KEY):
            return 401, b""
        if received.content_type != "application/xml":
            return 415, b""
        complaints = state.complaints or _complaints(received)
        if complaints:
            errors = "".join(f"<Error>{complaint}</Error>" for complaint in complaints)
            return 400, f"<Errors>{errors}</Errors>".encode()
        if purpose == "validate":
            return 200, b""
        knows_repeats = chamber == "us_senate" or state.house_knows_repeats
        with state.lock:
            same = [other for other in state.taken if other.delivery_id == received.delivery_id]
            if knows_repeats and any(other.path == received.path for other in same):
                return 409, b"<Error>DeliveryId already used</Error>"
            state.taken.append(received)
        return (200, b"") if chamber == "us_house" else (201, b"")

    def _key(self) -> str:
        return parse_qs(urlsplit(self.path).query).get("apikey", [""])[0]

    def _say(
        self, status: int, body: bytes, content_type: str = "application/xml", headers: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        for name, value in {**self.server_state.headers, **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        pass


def _complaints(received: Received) -> list[str]:
    """A little of what the real ones look at."""
    try:
        root = ElementTree.fromstring(received.document)
    except ElementTree.ParseError:
        return ["The document is not valid XML"]
    found = []
    if not re.fullmatch(r"[A-Za-z0-9]{32}", root.findtext("Delivery/DeliveryId") or ""):
        found.append("Element 'DeliveryId' does not match")
    zip_code = root.findtext("Constituent/Zip") or ""
    if not re.fullmatch(r"[0-9]{5}(-[0-9]{4})?", zip_code):
        found.append(f"Element Zip: '{zip_code}' is not valid")
    return found
