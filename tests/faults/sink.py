"""A mail server of its own process: it writes down what it takes before it says yes, and misbehaves at random.

`python -m tests.faults.sink PORT RECORD SEED [calm]`. One line of JSON for each message taken or refused for good.
"""

import asyncio
import contextlib
import json
import os
import random
import re
import sys
import time

_MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([^@>\s]+)@[^>\s]+>", re.IGNORECASE | re.MULTILINE)
#: How often it does what, of a hundred messages; the rest are taken as they should be.
MANNERS = (("for_now", 6), ("for_good", 3), ("hangs_up_before", 2), ("hangs_up_after", 2), ("slow", 12))
SLOW_SECONDS = (0.05, 0.4)


class Sink:
    def __init__(self, record: str, seed: int, *, is_calm: bool) -> None:
        # One write of a whole line each: a server that is killed leaves no half of one.
        self._record = os.open(record, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._chance = random.Random(seed)
        self._is_calm = is_calm

    def _manner(self) -> str:
        if self._is_calm:
            return "well"
        drawn = self._chance.uniform(0, 100)
        for manner, share in MANNERS:
            drawn -= share
            if drawn < 0:
                return manner
        return "well"

    def _write(self, what: str, reference: str) -> None:
        line = json.dumps({"what": what, "reference": reference, "at": time.time()}) + "\n"
        os.write(self._record, line.encode())

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await self._converse(reader, writer)
        writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _say(writer, b"220 sink.example")
        while line := await reader.readline():
            verb = line[:4].upper().strip()
            if verb == b"DATA":
                if not await self._take(reader, writer):
                    writer.transport.abort()
                    return
            elif verb == b"QUIT":
                await _say(writer, b"221 Bye")
                return
            else:
                await _say(writer, b"250 OK")

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Whether the conversation goes on."""
        manner = self._manner()
        await _say(writer, b"354 Go on")
        if manner == "hangs_up_before" and self._chance.random() < 0.5:
            # In the middle of the text, as far as it has come.
            await reader.readline()
            return False
        content = await reader.readuntil(b"\r\n.\r\n")
        found = _MESSAGE_ID.search(content)
        reference = found[1].decode() if found else ""
        if manner == "hangs_up_before":
            return False
        if manner == "for_now":
            await _say(writer, b"451 4.3.0 Try again later")
        elif manner == "for_good":
            self._write("refused", reference)
            await _say(writer, b"550 5.1.1 No such mailbox")
        else:
            if manner == "slow":
                await asyncio.sleep(self._chance.uniform(*SLOW_SECONDS))
            self._write("taken", reference)
            if manner == "hangs_up_after":
                return False
            await _say(writer, b"250 2.0.0 Taken")
        return True


async def _say(writer: asyncio.StreamWriter, line: bytes) -> None:
    writer.write(line + b"\r\n")
    await writer.drain()


async def main(port: int, record: str, seed: int, *, is_calm: bool) -> None:
    sink = Sink(record, seed, is_calm=is_calm)
    server = await asyncio.start_server(sink.serve, "127.0.0.1", port, limit=2**20)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), is_calm="calm" in sys.argv[4:]))
