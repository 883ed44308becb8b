"""The e-mail that tells a person what they sent, in plain text and in the language of the form."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from campaigns.engine.texts import unlinked
from campaigns.engine.tokens import sign_receipt
from campaigns.records.submissions import RECEIPT, Submission
from campaigns.selectors import kinds, receipts, sending_words
from delivery.adapters import mail
from delivery.engine.drafts import MessageDraft
from delivery.records.messages import OutboxMessage
from delivery.services import outbox

#: Forms of one person in a day. Anybody can type anybody's address: a mailbox must not be filled from here.
MOST_IN_A_DAY = 10


def is_due(submission: Submission) -> bool:
    """Whether the person is told of this form by e-mail; beyond `MOST_IN_A_DAY` the receipt's page has to do."""
    since = submission.submit_time - timedelta(days=1)
    return Submission.objects.filter(advocate=submission.advocate, submit_time__gt=since).count() <= MOST_IN_A_DAY


def enqueue(*, submission: Submission, society: str, email: str) -> OutboxMessage:
    """Puts the confirmation beside the letters, in the caller's transaction; what it says is written as it leaves.

    :param society: the name of the organization that runs the site.
    :param email: as the person typed it.
    """
    with override(submission.language):
        draft = MessageDraft(
            dedupe_key=submission.receipt_key,
            stream=OutboxMessage.Stream.RECEIPT,
            recipient_name=str(submission.advocate),
            recipient_address=email,
            sender_name=society,
            reply_to_address="",
            subject=gettext("What you sent: %(campaign)s") % {"campaign": submission.campaign_title},
            body="",
            language=submission.language,
        )
    return outbox.enqueue(drafts=[draft])[0]


def renew(submission: Submission) -> None:
    """The person took something back before their receipt left: then it says so."""
    outbox.write_anew(dedupe_key=submission.receipt_key)


def texts(*, messages: Sequence[OutboxMessage]) -> dict[UUID, str]:
    """What each says at this moment, by the id of the message; "" for one that is no confirmation of any form."""
    keys = [message.dedupe_key.removeprefix(RECEIPT) for message in messages if message.dedupe_key.startswith(RECEIPT)]
    found = Submission.objects.select_related("advocate").filter(key__in=keys)
    by_key = {submission.receipt_key: submission for submission in found}
    return {message.pk: _text(by_key.get(message.dedupe_key), message) for message in messages}


def _text(submission: Submission | None, message: OutboxMessage) -> str:
    if submission is None:
        return ""
    with override(message.language):
        return _body(receipts.receipt(submission), message.sender_name)


def _body(receipt: receipts.Receipt, society: str) -> str:
    path = reverse("campaigns:receipt", args=[sign_receipt(receipt.submission.key, is_mailed=True)])
    return render_to_string(
        "emails/campaigns/confirmation.txt",
        {
            "receipt": receipt,
            "mentions": kinds.mentions(receipt.submission),
            "name": unlinked(str(receipt.submission.advocate)),
            "society": society,
            "receipt_url": f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}",
            "link_days": settings.RECEIPT_LINK_DAYS,
            "is_capturing_mail": not mail.is_sending(),
            "congress_notice": sending_words.congress_notice(),
        },
    )
