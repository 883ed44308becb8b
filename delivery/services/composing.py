"""Makes of a row of the outbox the mail that goes out."""

from django.conf import settings

from delivery.engine import return_tokens
from delivery.engine.addressing import OutgoingMail, address_mail
from delivery.records.messages import OutboxMessage
from delivery.services import relays

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
    if stream is Stream.REPLY:
        return relays.compose(message)
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
