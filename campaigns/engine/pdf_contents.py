"""Whether a PDF does something by itself, brings files along, or is packed so that nobody can look.

This finds what programs write. Each reader forgives other mistakes in a file, so that somebody who knows one of them
can build a file in which this sees nothing. Therefore nothing here rests on it: such a file lies where no address leads
to, is never shown or opened by the site, and goes to permitted staff as a download (docs/protection.md).
"""

import base64
import re
import zlib
from collections.abc import Iterator

#: A plain page to open at does nothing of that.
_ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE|Movie|Sound|Encrypt)(?![A-Za-z])"
)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
#: Readers forgive blanks, and the wrong end of the line.
_STREAM = re.compile(rb"(?<!end)stream[ \t]*(?:\r\n|\n|\r)?")
#: How a stream is packed: one name, or a list of names.
_FILTER = re.compile(rb"/Filter(?![A-Za-z])\s*(?:/([A-Za-z0-9.]+)|\[([\sA-Za-z0-9./]*)\])?")
#: Those that programs of today have no use for, and that are not unpacked here.
_UNUSUAL = frozenset((b"ASCIIHexDecode", b"AHx", b"LZWDecode", b"LZW", b"RunLengthDecode", b"RL", b"Crypt"))
_AS_TEXT = frozenset((b"ASCII85Decode", b"A85"))
_PACKED = frozenset((b"FlateDecode", b"Fl"))
#: What says of a stream that objects are in it.
_OBJECTS = re.compile(rb"/(?:ObjStm|First)(?![A-Za-z])")
_PREDICTED = re.compile(rb"/Predictor\s*(?!1\b)")
#: So much before a stream is taken for its dictionary.
_DICTIONARY = 2000
_TEXT = re.compile(rb"[!-uz\s]{1,64}")
#: As much of what is packed is looked into; a file with more of it is not taken.
_MAX_UNPACKED = 150_000_000
#: So much of it at a time, since nobody says where a stream ends.
_PIECE = 4096
#: What a stream costs of the limit at least, also one of which nothing can be read.
_LEAST = 256


class _TooMuch(Exception):
    """There is more to look through than anybody needs."""


def does_something(data: bytes) -> bool:
    """Whether the file, or anything packed in it, has such a part, or has too much in it to be looked through."""
    plain = _ESCAPED.sub(_unescaped, data)
    if _ACTIVE.search(plain) or any(_is_unusual(*match.groups()) for match in _FILTER.finditer(plain)):
        return True
    try:
        return any(_ACTIVE.search(_ESCAPED.sub(_unescaped, part)) for part in _unpacked(data))
    except _TooMuch:
        return True


def _is_unusual(name: bytes | None, names: bytes | None) -> bool:
    """Whether a stream is packed in a way that this program does not undo. Nothing where it is written strangely."""
    if name is None and names is None:
        return True
    found = [name] if name is not None else re.findall(rb"/([A-Za-z0-9.]+)", names or b"")
    if not _UNUSUAL.isdisjoint(found):
        return True
    rest = found[1:] if found and found[0] in _AS_TEXT else found
    # A picture may be packed once more; anything else that is packed twice hides something.
    return sum(one in _PACKED for one in rest) > 1 or not _AS_TEXT.isdisjoint(rest)


def _unpacked(data: bytes) -> Iterator[bytes]:
    """What is packed in the file: each stream, whatever is said of it.

    :raises _TooMuch: beyond the limit.
    """
    left = _MAX_UNPACKED
    for match in _STREAM.finditer(data):
        part, read = _inflated(data, match.end(), left)
        if not part and _TEXT.match(data, match.end()):
            part, read = _from_text(data, match.end(), left)
        # What is read counts as well: a file of streams in streams would be read again and again.
        left -= max(len(part), read, _LEAST)
        if left <= 0:
            raise _TooMuch
        if part and _is_predicted(data, match.start()):
            raise _TooMuch
        yield part


def _is_predicted(data: bytes, at: int) -> bool:
    """Whether objects are written as differences, so that their names cannot be seen."""
    before = _ESCAPED.sub(_unescaped, data[max(0, at - _DICTIONARY) : at]).rpartition(b" obj")[2]
    return bool(_PREDICTED.search(before) and _OBJECTS.search(before))


def _from_text(data: bytes, start: int, most: int) -> tuple[bytes, int]:
    """The same of a stream that was made printable first."""
    end = data.find(b"~>", start, start + most)
    if end < 0:
        return b"", min(most, len(data) - start)
    try:
        packed = base64.a85decode(data[start:end])
    except ValueError:
        return b"", end - start
    part, _read = _inflated(packed, 0, most)
    return part or packed, end - start


def _inflated(data: bytes, start: int, most: int) -> tuple[bytes, int]:
    """What a packed stream holds as far as it can be read, and how many bytes of the file that took."""
    inflater = zlib.decompressobj()
    parts: list[bytes] = []
    length, at = 0, start
    while at < len(data) and not inflater.eof and length < most and at - start < most:
        piece = data[at : at + _PIECE]
        try:
            part = inflater.decompress(inflater.unconsumed_tail + piece, most - length)
        except zlib.error:
            break
        parts.append(part)
        length, at = length + len(part), at + len(piece)
    return b"".join(parts), at - start


def _unescaped(match: re.Match[bytes]) -> bytes:
    return bytes([int(match.group(1), 16)])
