"""A mail that is passed on: as it came where the mail service takes raw mail, part by part where it does not."""

from collections.abc import Mapping
from email.message import Message
from email.mime.base import MIMEBase
from email.policy import SMTP
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from delivery.engine import relaying
from delivery.engine.addressing import OutgoingMail


class _Raw:
    """What mail backends ask of a message that is ready: its bytes."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def as_bytes(self, unixfrom: bool = False, linesep: str = "\n") -> bytes:
        return self.content if linesep == "\r\n" else self.content.replace(b"\r\n", b"\n")


class RelayedMail(EmailMultiAlternatives):
    """SMTP and the capture send `message()`; Anymail's services are given the parts."""

    def __init__(self, *arguments: Any, original: bytes, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.original = original

    def message(self, **_options: Any) -> Any:
        return _Raw(self.original)


def email(outgoing: OutgoingMail, connection: BaseEmailBackend, headers: Mapping[str, str]) -> RelayedMail:
    """`outgoing.original` for any backend. What is neither its text, nor its HTML, nor an attachment goes along as one.

    :param headers: for the services that are given the parts.
    """
    text, html, others = _parts(relaying.parse(outgoing.original))
    mail = RelayedMail(
        subject=outgoing.subject,
        body=_text(text) if text is not None else "",
        from_email=outgoing.from_,
        to=[outgoing.to],
        reply_to=[outgoing.reply_to] if outgoing.reply_to else [],
        headers=dict(headers),
        connection=connection,
        original=outgoing.original,
    )
    if html is not None:
        mail.attach_alternative(_text(html), "text/html")
    for part in others:
        mail.attach(_attachment(part))
    return mail


def _parts(message: Message) -> tuple[Message | None, Message | None, list[Message]]:
    """The first text, the first HTML, and whatever else there is, in order."""
    text: Message | None = None
    html: Message | None = None
    others = []
    for part in _leaves(message):
        is_attached = part.get_content_disposition() == "attachment" or part.get_filename() is not None
        content_type = part.get_content_type()
        if content_type == "text/plain" and text is None and not is_attached:
            text = part
        elif content_type == "text/html" and html is None and not is_attached:
            html = part
        else:
            others.append(part)
    return text, html, others


def _leaves(message: Message) -> list[Message]:
    # A mail inside the mail is one attachment, not its parts.
    if message.get_content_maintype() != "multipart" or not message.is_multipart():
        return [message]
    return [leaf for part in message.get_payload() for leaf in _leaves(part)]  # type: ignore[union-attr,arg-type]


def _text(part: Message) -> str:
    content = _content(part)
    charset = part.get_content_charset() or "utf-8"
    try:
        text = content.decode(charset, errors="replace")
    except LookupError:
        text = content.decode("utf-8", errors="replace")
    return text.replace("\r\n", "\n")


def _content(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    if isinstance(payload, bytes):
        return payload
    inner = part.get_payload()
    return inner[0].as_bytes(policy=SMTP) if isinstance(inner, list) and inner else b""  # type: ignore[union-attr]


def _attachment(part: Message) -> MIMEBase:
    # A mail inside goes as a file that mail programs open: services do not take it as anything else.
    main, sub = part.get_content_maintype(), part.get_content_subtype()
    is_mail = main in ("message", "multipart")
    made = MIMEBase(*(("application", "octet-stream") if is_mail else (main, sub)))
    made.set_payload(_content(part))
    content_id = part.get("Content-ID")
    disposition = "inline" if content_id and part.get_content_disposition() != "attachment" else "attachment"
    name = part.get_filename() or ("message.eml" if is_mail else f"part.{sub if sub.isalnum() else 'bin'}")
    made.add_header("Content-Disposition", disposition, filename=" ".join(name.split()))
    if content_id:
        made["Content-ID"] = " ".join(str(content_id).split())
    if charset := part.get_content_charset():
        made.set_param("charset", charset)
    return made
