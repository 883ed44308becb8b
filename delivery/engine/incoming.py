"""A mail that came in, as far as the program has to understand it: whose letter it answers, and what kind it is."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.message import Message
from enum import Enum

#: In every mail that we pass on: one that carries it has come back to us.
PASSED_ON_HEADER = "X-Passed-On-By"
#: Programs that answer by themselves say so in one of these.
_AUTOMATIC_PRECEDENCE = frozenset({"auto_reply", "bulk", "junk", "list"})
_AUTOMATIC_HEADERS = ("X-Autoreply", "X-Autorespond", "List-Id")
#: Mailboxes that only programs write from.
_DAEMON = re.compile(r"(?:mailer-daemon|postmaster)", re.IGNORECASE)
#: RFC 3463: class, subject, detail.
_STATUS = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])")
#: The reports' own words (RFC 3464 section 2.3.3) and Anymail's.
_ACTIONS = {"failed": "bounced", "delayed": "deferred", "delivered": "delivered", "relayed": "sent", "expanded": "sent"}
#: The worst of what a report says about several recipients counts; ours has one.
_WORST_FIRST = ("bounced", "deferred", "delivered", "sent")
#: More trips than this are a loop (RFC 5321 section 6.3 suggests no fewer than a hundred; offices need a dozen).
_MOST_HOPS = 50


class Kind(Enum):
    #: Somebody wrote it.
    ANSWER = "answer"
    #: A program wrote it: out of office, "we have received your message".
    AUTOMATIC = "automatic"
    #: A mail server says what became of a mail of ours.
    REPORT = "report"
    #: Ours, come back.
    LOOP = "loop"


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a report (RFC 3464) says: one of Anymail's event types, and codes only."""

    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class IncomingMail:
    """Lives in memory only. Everything in it is personal."""

    #: The same mail posted again has the same.
    identity: str
    #: Addresses that it came to, as far as anybody says; ours is one of them.
    recipients: tuple[str, ...]
    from_address: str
    kind: Kind
    #: The mail as it came; empty where it cannot be written down again.
    content: bytes
    #: The mail service takes it for spam.
    is_spam: bool = False
    report: DeliveryReport | None = None


def kind_of(message: Message, *, from_address: str, own_addresses: Iterable[str], own_domains: Iterable[str]) -> Kind:
    """What kind of mail it is, by its headers (RFC 3834 section 2).

    :param own_addresses: from which this site sends.
    :param own_domains: to which mail for this site comes; empty ones are passed over.
    """
    sender = from_address.lower()
    domain = sender.rpartition("@")[2]
    if PASSED_ON_HEADER in message or len(message.get_all("Received") or ()) > _MOST_HOPS:
        return Kind.LOOP
    if sender in {each.lower() for each in own_addresses} or domain in {each.lower() for each in own_domains if each}:
        return Kind.LOOP
    if message.get_content_type() == "multipart/report" and _report_type(message) != "disposition-notification":
        return Kind.REPORT
    if _DAEMON.fullmatch(sender.partition("@")[0]):
        return Kind.REPORT
    return Kind.AUTOMATIC if _is_automatic(message) else Kind.ANSWER


def report_of(message: Message) -> DeliveryReport | None:
    """What a mail server's report says of the one mail that it is about; None where it says nothing clear."""
    said = [_said(part) for part in message.walk() if part.get_content_type() == "message/delivery-status"]
    found = [each for group in said for each in group]
    for kind in _WORST_FIRST:
        codes = [code for said_kind, code in found if said_kind == kind]
        if codes:
            return DeliveryReport(kind, " ".join(dict.fromkeys(code for code in codes if code)))
    return None


def _said(part: Message) -> Sequence[tuple[str, str]]:
    """Kind and code for each recipient; the first block of fields is about the whole mail."""
    blocks = part.get_payload()
    if not isinstance(blocks, list):
        return []
    found = []
    for block in blocks:
        if not isinstance(block, Message):
            continue
        action = str(block.get("Action", "")).split("(")[0].strip().lower()
        if action in _ACTIONS:
            status = _STATUS.search(str(block.get("Status", "")))
            found.append((_ACTIONS[action], status.group() if status else ""))
    return found


def _is_automatic(message: Message) -> bool:
    submitted = str(message.get("Auto-Submitted", "no")).split(";")[0].strip().lower()
    precedence = str(message.get("Precedence", "")).strip().lower()
    return (
        submitted not in ("", "no")
        or precedence in _AUTOMATIC_PRECEDENCE
        or any(name in message for name in _AUTOMATIC_HEADERS)
    )


def _report_type(message: Message) -> str:
    return str(message.get_param("report-type", "") or "").lower()
