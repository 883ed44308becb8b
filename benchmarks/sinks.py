"""A mail server and a mail service's API that take everything, as cheaply as Python can, after a set delay.

Run as a process of its own: `python -m benchmarks.sinks LATENCY_SECONDS`; prints the two ports and serves until its
standard input ends.
"""

import asyncio
import json
import sys

_END_OF_TEXT = b"\r\n.\r\n"


class SmtpSink(asyncio.Protocol):
    """Speaks as much SMTP as a sender needs (RFC 5321), and keeps nothing."""

    latency = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]
        self.pending = b""
        self.is_in_text = False
        self.transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self.pending += data
        while self._take():
            pass

    def _take(self) -> bool:
        end = self.pending.find(_END_OF_TEXT if self.is_in_text else b"\r\n")
        if end < 0:
            return False
        if self.is_in_text:
            self.pending = self.pending[end + len(_END_OF_TEXT) :]
            self.is_in_text = False
            # What a mail server takes its time for is the text.
            asyncio.get_running_loop().call_later(self.latency, self.transport.write, b"250 taken\r\n")
            return True
        verb, self.pending = self.pending[:4].upper(), self.pending[end + 2 :]
        if verb == b"DATA":
            self.is_in_text = True
            self.transport.write(b"354 go on\r\n")
        elif verb == b"QUIT":
            self.transport.write(b"221 bye\r\n")
            self.transport.close()
        else:
            self.transport.write(b"250 ok\r\n")
        return True


class HttpSink(asyncio.Protocol):
    """Answers each request as Postmark's API answers a mail that it takes."""

    latency = 0.0
    taken = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]
        self.pending = b""

    def data_received(self, data: bytes) -> None:
        self.pending += data
        while True:
            head, separator, rest = self.pending.partition(b"\r\n\r\n")
            length = self._length(head)
            if not separator or len(rest) < length:
                return
            self.pending = rest[length:]
            recipient = json.loads(rest[:length])["To"]
            asyncio.get_running_loop().call_later(self.latency, self._answer, recipient)

    @staticmethod
    def _length(head: bytes) -> int:
        for line in head.split(b"\r\n"):
            name, _colon, value = line.partition(b":")
            if name.lower() == b"content-length":
                return int(value)
        return 0

    def _answer(self, recipient: str) -> None:
        HttpSink.taken += 1
        number = f"00000000-0000-0000-0000-{HttpSink.taken:012}"
        body = json.dumps({"ErrorCode": 0, "Message": "OK", "MessageID": number, "To": recipient}).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self.transport.write(head.encode() + body)


async def serve(latency: float) -> None:
    SmtpSink.latency = HttpSink.latency = latency
    loop = asyncio.get_running_loop()
    servers = [await loop.create_server(sink, "127.0.0.1", 0) for sink in (SmtpSink, HttpSink)]
    print(*(server.sockets[0].getsockname()[1] for server in servers), flush=True)
    # Ends with whoever started it, however that ends.
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(float(sys.argv[1])))
