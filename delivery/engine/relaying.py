"""Passes a mail on as it came: new headers around a body of which no byte is changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import SMTP, compat32
from email.utils import getaddresses

from delivery.engine import addressing

_LINE_END = re.compile(rb"\r\n|\r|\n")
#: A header goes on in the lines that begin with white space (RFC 5322 section 2.2.3).
_FIELD_END = re.compile(rb"\r\n(?![ \t])")
#: What the body cannot be read without, and what tells mail programs which conversation it belongs to.
_KEPT = frozenset(
    {
        *("mime-version", "content-type", "content-transfer-encoding", "content-language", "content-disposition"),
        *("subject", "date", "references", "in-reply-to", "thread-topic", "thread-index", "importance"),
    }
)


@dataclass(frozen=True, slots=True)
class Writer:
    """Who wrote a mail, as its headers say."""

    name: str
    address: str
    #: Where answers are to go: Reply-To, else From; empty where neither can be used.
    answers_to: str


def parse(content: bytes) -> Message:
    """The mail with every header as it stands in it."""
    return BytesParser(policy=compat32).parsebytes(content)


def writer_of(message: Message) -> Writer:
    """From whom the mail is and where an answer belongs; never fails, whatever the headers hold."""
    senders = _addresses(message, "From")
    name, address = senders[0] if senders else ("", "")
    answers = [each for _name, each in (*_addresses(message, "Reply-To"), *senders) if addressing.is_usable(each)]
    return Writer(name, address, answers[0] if answers else "")


def addresses(message: Message, header: str) -> list[str]:
    """Every address in the headers of that name."""
    return [address for _name, address in _addresses(message, header)]


def subject_of(message: Message) -> str:
    """In plain characters, on one line."""
    return addressing.one_line(_decoded(message.get("Subject", "")), max_length=addressing.MAX_SUBJECT)


def passed_on(content: bytes, headers: Mapping[str, str]) -> bytes:
    """`content` under `headers`, with lines that end as mail's do; no byte of the body changes.

    Of the old headers those of the body and of the conversation stay. The others go: signatures that no longer fit,
    addresses of ours, the names of servers.

    :param headers: safe to be headers (`delivery.engine.addressing`).
    """
    head, _separator, body = _as_crlf(content).partition(b"\r\n\r\n")
    if content[:1] in b"\r\n":
        # A mail without headers begins with the empty line.
        head, body = b"", _as_crlf(content)[2:]
    ours = {name.lower() for name in headers}
    kept = [field for field in _FIELD_END.split(head) if (name := _name(field)) in _KEPT and name not in ours]
    new = [
        SMTP.fold(name, SMTP.header_factory(name, value)).encode("ascii", "replace") for name, value in headers.items()
    ]
    return b"".join([*new, *(field + b"\r\n" for field in kept), b"\r\n", body])


def _folded(name: str, value: str) -> bytes:
    return SMTP.fold(name, SMTP.header_factory(name, value)).encode("ascii", "replace")


def _as_crlf(content: bytes) -> bytes:
    return _LINE_END.sub(b"\r\n", content)


def _name(field: bytes) -> str:
    return field.partition(b":")[0].strip().lower().decode("ascii", "replace")


def _addresses(message: Message, header: str) -> list[tuple[str, str]]:
    values = [_decoded_mailboxes(value) for value in message.get_all(header) or ()]
    return [(name, address.strip()) for found in values for name, address in found if address.strip()]


def _decoded_mailboxes(value: object) -> list[tuple[str, str]]:
    # Taken apart before it is decoded: a comma or a bracket inside an encoded name is part of the name.
    return [(_decoded(name), address) for name, address in getaddresses([str(value)])]


def _decoded(value: object) -> str:
    try:
        return str(make_header(decode_header(value)))  # type: ignore[arg-type]
    except (LookupError, ValueError):
        # An encoding that nobody knows: the characters as they are beat nothing.
        return str(value)
