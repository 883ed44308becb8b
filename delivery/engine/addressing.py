"""Builds the headers of a mail out of what people typed, so that nothing typed can become a header or a recipient."""

import re
import unicodedata
from dataclasses import dataclass, field
from email.headerregistry import Address

#: A header line holds 998 characters (RFC 5322 section 2.1.1); a name needs fewer, and offices read it in a list.
MAX_DISPLAY_NAME = 78
MAX_SUBJECT = 250
#: RFC 5321 section 4.5.3.1.3: a path holds 256 characters, two of them the brackets.
MAX_ADDRESS = 254

_LOCAL_PART = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
#: What `message_id` makes, with or without its brackets.
_MESSAGE_ID = re.compile(
    r"\s*<?(?P<reference>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})@[A-Za-z0-9.-]+>?\s*", re.ASCII | re.IGNORECASE
)
_ADDRESS = re.compile(rf"(?P<local>{_LOCAL_PART})@(?P<domain>{_LABEL}(?:\.{_LABEL})+)", re.ASCII)
#: Control, format (which hides the direction of text), surrogate, private, unassigned; line and paragraph ends.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
#: Neither a database nor a mail can carry these.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
#: A name that looks like an address misleads the reader and trips spam filters.
_ADDRESS_MARKS = str.maketrans("@<>", "   ")


class UnusableAddress(ValueError):
    """The address is not one that mail can be sent to. The message names no address."""


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """A mail as it goes to the mail service: every field is safe to be a header, one recipient, plain text."""

    from_: str
    to: str
    reply_to: str
    subject: str
    body: str
    message_id: str
    #: Our own id of the row, which the mail service sends back with its tracking events.
    reference: str
    headers: dict[str, str] = field(default_factory=dict)
    #: Where the mail comes back to if it is returned; empty leaves that to the mail service.
    envelope_sender: str = ""
    #: For the mail service alone, as it documents them (Anymail's `esp_extra`).
    service_options: dict[str, object] = field(default_factory=dict)
    #: The whole mail, ready to go, where it is somebody else's that is passed on: what stands above repeats it.
    original: bytes = b""


def one_line(text: str, *, max_length: int) -> str:
    """`text` without line ends, control or hidden characters, at most `max_length` characters long."""
    # Ten times the length is enough to judge; a name of megabytes is not worth looking at.
    visible = text[: max_length * 10]
    if not (visible.isascii() and visible.isprintable()):
        visible = "".join(" " if unicodedata.category(char) in _INVISIBLE else char for char in visible)
    # "=?" would begin an encoded word (RFC 2047), in which a line end can hide until a mail program reads it.
    line = " ".join(visible.split()).replace("=?", "= ?")
    return line if len(line) <= max_length else line[: max_length - 1].rstrip() + "…"


def storable(text: str) -> str:
    """`text` without the characters that a database or a mail cannot carry; line ends become newlines."""
    if text.isascii() and "\0" not in text and "\r" not in text:
        return text
    return _UNSTORABLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def mailbox_address(address: str) -> str:
    """`address` with its domain in ASCII.

    :raises UnusableAddress: it is not one plain address (RFC 5321's dot-string form; no comments, no quotes).
    """
    local, at, domain = address.strip().rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii") if not domain.isascii() else domain
    except UnicodeError:
        raise UnusableAddress("the domain cannot be written in ASCII") from None
    plain = f"{local}{at}{ascii_domain}"
    match = _ADDRESS.fullmatch(plain)
    if match is None or len(plain) > MAX_ADDRESS or len(match["local"]) > 64:
        raise UnusableAddress("not one plain e-mail address")
    return plain


def is_usable(address: str) -> bool:
    """Whether mail can be sent to `address`."""
    try:
        mailbox_address(address)
    except UnusableAddress:
        return False
    return True


def mailbox(display_name: str, address: str) -> str:
    """`display_name` and `address` as one mailbox of RFC 5322, quoted where it must be.

    :raises UnusableAddress: see `mailbox_address`.
    """
    name = one_line(display_name.translate(_ADDRESS_MARKS), max_length=MAX_DISPLAY_NAME)
    # `Address` quotes what needs quoting and refuses line ends; joining strings does neither.
    local, _at, domain = mailbox_address(address).rpartition("@")
    # In two parts: one plain address does not have to be taken apart a second time, slowly.
    return str(Address(display_name=name, username=local, domain=domain))


def message_id(reference: str, from_address: str) -> str:
    """The Message-ID of row `reference`: the same at every try, so that mail programs can tell a repeat."""
    return f"<{reference}@{mailbox_address(from_address).rpartition('@')[2]}>"


def reference_of(message_id: str) -> str:
    """The row that a Message-ID of ours names, or an empty text if it is not one that `message_id` makes.

    The domain is not looked at: the society may have changed it since.
    """
    match = _MESSAGE_ID.fullmatch(message_id)
    return match["reference"].lower() if match else ""


def address_mail(
    *,
    reference: str,
    from_address: str,
    sender_name: str,
    recipient_name: str,
    recipient_address: str,
    reply_to_address: str,
    subject: str,
    body: str,
    is_automatic: bool,
) -> OutgoingMail:
    """A mail from our own `from_address` under the sender's name; answers go to `reply_to_address` if there is one.

    The person's own address is never in From: their domain's DMARC policy would have the mail thrown away.

    :param is_automatic: nobody wrote it by hand; out-of-office answers are not wanted (RFC 3834).
    :raises UnusableAddress: one of the three addresses is not one.
    """
    headers = {"Auto-Submitted": "auto-generated"} if is_automatic else {}
    return OutgoingMail(
        from_=mailbox(sender_name, from_address),
        to=mailbox(recipient_name, recipient_address),
        reply_to=mailbox(sender_name, reply_to_address) if reply_to_address else "",
        subject=one_line(subject, max_length=MAX_SUBJECT),
        body=storable(body),
        message_id=message_id(reference, from_address),
        reference=reference,
        headers=headers,
    )
