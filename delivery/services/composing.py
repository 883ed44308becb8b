"""Makes of a row of the outbox the mail that goes out."""

from dataclasses import replace

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from delivery.engine import return_tokens
from delivery.engine.addressing import OutgoingMail, address_mail
from delivery.records.messages import OutboxMessage
from delivery.services import relays, unsubscribing

Stream = OutboxMessage.Stream
#: Each stream has a sending identity of its own: trouble with one does not spoil the good name of another.
_FROM = {
    Stream.LETTER: "LETTERS_FROM_ADDRESS",
    Stream.RECEIPT: "RECEIPTS_FROM_ADDRESS",
    Stream.ALERT: "ALERTS_FROM_ADDRESS",
    Stream.REPLY: "RECEIPTS_FROM_ADDRESS",
}


def compose(message: OutboxMessage) -> OutgoingMail:
    """The mail that goes out for `message`.

    :raises UnusableAddress: one of its addresses, or our own in the settings, is not one.
    """
    stream = Stream(message.stream)
    mail = relays.compose(message) if stream is Stream.REPLY else _write(message, stream)
    if stream is Stream.ALERT:
        mail = _with_a_way_out(mail, message)
    return replace(mail, envelope_sender=_return_path(message), service_options=_options(stream))


def _write(message: OutboxMessage, stream: OutboxMessage.Stream) -> OutgoingMail:
    return address_mail(
        reference=str(message.pk),
        from_address=getattr(settings, _FROM[stream]),
        sender_name=message.sender_name,
        recipient_name=message.recipient_name,
        recipient_address=message.recipient_address,
        reply_to_address=_reply_to(message),
        subject=message.subject,
        body=message.body,
        is_automatic=stream is not Stream.LETTER,
    )


def _reply_to(message: OutboxMessage) -> str:
    """An address of the letter's own where answers are passed on; the person's stands in the letter all the same."""
    if settings.REPLIES_DOMAIN and message.stream == Stream.LETTER and message.reply_to_address:
        return return_tokens.address(return_tokens.REPLY, message.pk, settings.REPLIES_DOMAIN)
    return message.reply_to_address


def _with_a_way_out(mail: OutgoingMail, message: OutboxMessage) -> OutgoingMail:
    """RFC 8058: one click in the mail program, and the same link below the text. Never on a letter to an office."""
    link = unsubscribing.link(address=message.recipient_address, language=message.language)
    headers = {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    with translation.override(message.language):
        explained = gettext("To get no more mail of this kind, open this page and press the button:")
    return replace(mail, headers={**mail.headers, **headers}, body=f"{mail.body.rstrip()}\n\n{explained}\n{link}\n")


def _return_path(message: OutboxMessage) -> str:
    domain = settings.RETURN_PATH_DOMAIN
    return return_tokens.address(return_tokens.BOUNCE, message.pk, domain) if domain else ""


def _options(stream: OutboxMessage.Stream) -> dict[str, object]:
    return dict(settings.MAIL_STREAM_OPTIONS.get(stream.value, {}))
