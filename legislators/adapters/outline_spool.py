"""Keeps outlines in a temporary file between reading and storing, so that a whole country needs little memory."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO


class OutlineSpool:
    """Gives back what it was given, by the place that it named."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._end = 0

    def keep(self, content: bytes) -> tuple[int, int]:
        """Where the content is from now on: offset and length."""
        place = (self._end, len(content))
        self._file.seek(self._end)
        self._file.write(content)
        self._end += len(content)
        return place

    def read(self, place: tuple[int, int]) -> bytes:
        offset, length = place
        self._file.seek(offset)
        return self._file.read(length)


@contextmanager
def opened() -> Iterator[OutlineSpool]:
    """A spool that is gone afterwards, whatever happens."""
    with tempfile.TemporaryFile(prefix="outlines-") as file:
        yield OutlineSpool(file)
