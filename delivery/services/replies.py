"""Takes in the mail that offices send back: answers go on to the person who wrote, reports to their letter."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, override

from delivery.adapters import sealing
from delivery.engine import addressing, return_tokens
from delivery.engine.drafts import MessageDraft
from delivery.engine.incoming import DeliveryReport, IncomingMail, Kind
from delivery.engine.tracking import TrackingReport
from delivery.records.messages import OutboxMessage
from delivery.records.replies import InboundMail, Reply
from delivery.selectors import society
from delivery.services import outbox, tracking

logger = logging.getLogger(__name__)

_SALT = "delivery.replies"
#: An office answers once or twice; more in a day is two programs that answer each other.
MOST_IN_A_DAY = 20
MEGABYTE = 1_000_000


def take_in(*, mail: IncomingMail, at: datetime | None = None) -> list[str]:
    """Does with a mail what is to be done with it, once for each letter that it belongs to, however often it comes.

    Returns what became of it, in words of the log: "passed on", "too large", "report", "loop", "spam",
    "unknown address", "repeated", "nobody to pass it on to", "too many". Nothing personal is in them.
    """
    at = at or timezone.now()
    found = [*_letters_of(mail, return_tokens.REPLY, settings.REPLIES_DOMAIN)]
    returned = [*_letters_of(mail, return_tokens.BOUNCE, settings.RETURN_PATH_DOMAIN)]
    outcomes = [_take_in_once(mail, key, at, is_return_path=False) for key in found]
    outcomes += [_take_in_once(mail, key, at, is_return_path=True) for key in returned]
    outcomes = outcomes or ["unknown address"]
    logger.info("mail that came in: %s", ", ".join(outcomes))
    return outcomes


def _letters_of(mail: IncomingMail, kind: str, domain: str) -> list[UUID]:
    read = (return_tokens.read(address, kind=kind, domain=domain) for address in mail.recipients)
    return list(dict.fromkeys(key for key in read if key is not None))


@transaction.atomic
def _take_in_once(mail: IncomingMail, key: UUID, at: datetime, *, is_return_path: bool) -> str:
    # The row is the lock: a second post of the same mail waits here until the first is done, and then finds it.
    source_hash = salted_hmac(_SALT, f"{key}\n{mail.identity}", algorithm="sha256").hexdigest()
    inbound, is_new = InboundMail.objects.get_or_create(source_hash=source_hash, defaults={"received_at": at})
    if not is_new:
        return "repeated"
    letter = OutboxMessage.objects.filter(pk=key).first()
    if letter is None:
        return "unknown address"
    if mail.kind is Kind.REPORT:
        return _record(mail.report, letter, source_hash, at)
    if is_return_path:
        # Out-of-office programs answer the envelope; people do not.
        return "automatic answer to the return path"
    if letter.stream != OutboxMessage.Stream.LETTER:
        return "unknown address"
    return _answer(mail, letter, inbound, at)


def _record(report: DeliveryReport | None, message: OutboxMessage, source_hash: str, at: datetime) -> str:
    if report is None:
        return "report that says nothing"
    tracking.record(
        report=TrackingReport(
            kind=report.kind,
            at=at,
            source_id=f"returned:{source_hash}",
            reference=str(message.pk),
            provider_message_id="",
            code=report.code,
        )
    )
    return "report"


def _answer(mail: IncomingMail, letter: OutboxMessage, inbound: InboundMail, at: datetime) -> str:
    refusal = _refusal(mail, letter, at)
    if refusal:
        return refusal
    limit = settings.REPLIES_MAX_MEGABYTES * MEGABYTE
    is_whole = bool(mail.content) and len(mail.content) <= limit
    [relay] = outbox.enqueue(drafts=[_relay(letter, inbound) if is_whole else _notice(mail, letter, inbound, at)])
    if is_whole:
        OutboxMessage.objects.filter(pk=relay.pk).update(sealed=sealing.seal(mail.content))
    inbound.relay = relay
    inbound.save(update_fields=["relay"])
    if letter.may_record_reply:
        Reply.objects.create(letter=letter, received_at=at, is_automatic=mail.kind is Kind.AUTOMATIC)
    return "passed on" if is_whole else "too large"


def _refusal(mail: IncomingMail, letter: OutboxMessage, at: datetime) -> str:
    """Why the mail is not passed on; empty: it is."""
    if mail.kind is Kind.LOOP:
        return "loop"
    if not addressing.is_usable(letter.reply_to_address):
        return "nobody to pass it on to"
    if mail.from_address.lower() == letter.reply_to_address.lower():
        # Their own answer to the office, with our address among the recipients.
        return "loop"
    domain = mail.from_address.lower().rpartition("@")[2]
    if mail.is_spam and domain != letter.recipient_domain:
        # From the office's own domain it is passed on all the same: a filter errs more often than an office floods.
        return "spam"
    since = at - timedelta(days=1)
    count = InboundMail.objects.filter(relay__dedupe_key__startswith=_relays_of(letter), received_at__gt=since).count()
    return "too many" if count >= MOST_IN_A_DAY else ""


def _relays_of(letter: OutboxMessage) -> str:
    return f"reply:{letter.pk}:"


def _relay(letter: OutboxMessage, inbound: InboundMail) -> MessageDraft:
    """A row without a word of the answer: what it says and who wrote it are sealed."""
    return MessageDraft(
        dedupe_key=f"{_relays_of(letter)}{inbound.source_hash}",
        stream=OutboxMessage.Stream.REPLY,
        recipient_name=letter.sender_name,
        recipient_address=letter.reply_to_address,
        sender_name=letter.recipient_name,
        reply_to_address="",
        subject="",
        body="",
        language=letter.language,
        routes=("email",),
    )


def _notice(mail: IncomingMail, letter: OutboxMessage, inbound: InboundMail, at: datetime) -> MessageDraft:
    """That the office answered, and why we could not pass the answer on."""
    with override(letter.language):
        values = {
            "name": letter.sender_name,
            "office": letter.recipient_name,
            "subject": letter.subject,
            "at": at,
            "limit": settings.REPLIES_MAX_MEGABYTES,
            "is_readable": bool(mail.content),
            "society": society.name(),
        }
        return MessageDraft(
            dedupe_key=f"{_relays_of(letter)}{inbound.source_hash}",
            stream=OutboxMessage.Stream.RECEIPT,
            recipient_name=letter.sender_name,
            recipient_address=letter.reply_to_address,
            sender_name=society.name(),
            reply_to_address="",
            subject=gettext("%(office)s answered you") % {"office": letter.recipient_name},
            body=render_to_string("emails/delivery/answer_not_passed_on.txt", values),
            language=letter.language,
            routes=("email",),
        )
