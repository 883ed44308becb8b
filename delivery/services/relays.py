"""Makes of a sealed answer the mail that passes it on, and empties what has been passed on."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, override

from delivery.adapters import sealing
from delivery.adapters.sealing import CannotBeOpened
from delivery.engine import addressing, incoming, relaying
from delivery.engine.addressing import OutgoingMail, UnusableAddress
from delivery.records.messages import OutboxMessage
from delivery.records.replies import InboundMail
from delivery.selectors import society

State = OutboxMessage.State
#: An answer that could not be passed on is kept for the staff to try again, unread, and then no longer.
KEPT_FOR = timedelta(days=30)
#: Services give up posting a mail again after days; a hash is no use after that.
HASHES_KEPT_FOR = timedelta(days=90)
#: Nothing more will be sent of these.
_OVER = (State.ACCEPTED, State.CAPTURED, State.DELIVERED, State.BOUNCED, State.CANCELLED, State.SUPPRESSED)


def compose(message: OutboxMessage) -> OutgoingMail:
    """The office's mail under our address: what its writer wrote unchanged, answers to whoever wrote it.

    :param message: of the stream REPLY.
    :raises UnusableAddress: the constituent's address is none, or the answer cannot be opened any more.
    """
    try:
        content = sealing.unseal(message.sealed or b"")
    except CannotBeOpened:
        raise UnusableAddress("what was sealed cannot be opened any more") from None
    parsed = relaying.parse(content)
    writer = relaying.writer_of(parsed)
    with override(message.language):
        name = society.name()
        shown = writer.name.strip() or message.sender_name
        sender = gettext("%(writer)s, through %(society)s") % {"writer": shown, "society": name}
        note = gettext("An answer to your letter, passed on unchanged by %(society)s. Your answer goes to the office.")
    sent = addressing.address_mail(
        reference=str(message.pk),
        from_address=settings.RECEIPTS_FROM_ADDRESS,
        sender_name=sender,
        recipient_name=message.recipient_name,
        recipient_address=message.recipient_address,
        reply_to_address="",
        subject=relaying.subject_of(parsed),
        body="",
        is_automatic=True,
    )
    reply_to = addressing.mailbox(shown, writer.answers_to) if writer.answers_to else ""
    headers = {
        # RFC 3834: an out-of-office program is not to answer the office's answer.
        "Auto-Submitted": "auto-generated",
        incoming.PASSED_ON_HEADER: addressing.one_line(name, max_length=addressing.MAX_DISPLAY_NAME),
        "Comments": addressing.one_line(note % {"society": name}, max_length=addressing.MAX_SUBJECT),
    }
    if addressing.is_usable(writer.address):
        headers["X-Original-From"] = addressing.mailbox(shown, writer.address)
    envelope = {"From": sent.from_, "To": sent.to, **({"Reply-To": reply_to} if reply_to else {})}
    original = relaying.passed_on(content, {**envelope, "Message-ID": sent.message_id, **headers})
    return OutgoingMail(
        from_=sent.from_,
        to=sent.to,
        reply_to=reply_to,
        subject=sent.subject,
        body="",
        message_id=sent.message_id,
        reference=sent.reference,
        headers=headers,
        original=original,
    )


def forget(*, now: datetime | None = None) -> int:
    """Empties the answers that were passed on, or that nobody could pass on for `KEPT_FOR`; returns how many."""
    now = now or timezone.now()
    InboundMail.objects.filter(received_at__lt=now - HASHES_KEPT_FOR).delete()
    is_over = Q(state__in=_OVER) | Q(created_at__lt=now - KEPT_FOR)
    answers = OutboxMessage.objects.filter(is_over, stream=OutboxMessage.Stream.REPLY, sealed__isnull=False)
    return answers.update(sealed=None)
