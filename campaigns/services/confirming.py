"""Asks people to confirm by e-mail, takes their answer, and gives up honestly where none comes."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import Enum

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from campaigns.engine import confirm_tokens
from campaigns.engine.protection import Reason
from campaigns.engine.standing import Standing
from campaigns.engine.texts import unlinked
from campaigns.records.follow_ups import FollowUp
from campaigns.records.submissions import Submission
from campaigns.selectors import follow_ups, standings
from campaigns.services import authorship, clearing, confirmations, registrations
from delivery.adapters import mail
from delivery.engine.drafts import MessageDraft
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import congress_validation, outbox, withholding

#: Mails that ask about one submission, the first and the reminder among them.
MOST_MAILS = 5
#: Between two presses of "send it again".
PAUSE = timedelta(minutes=5)
_BATCH = 100


class Asked(Enum):
    SENT = "sent"
    #: One has just been sent: it may still be on its way.
    TOO_SOON = "too_soon"
    #: `MOST_MAILS` are enough.
    TOO_OFTEN = "too_often"
    #: There is nothing to confirm, or not any more.
    NOT_NEEDED = "not_needed"


def settle(submission: Submission) -> None:
    """Leaves it to the staff where the address has got too many mails from here today to be sent one more."""
    if submission.standing == Standing.UNCONFIRMED and not confirmations.is_due(submission):
        submission.standing = Standing.QUARANTINED.value
        submission.standing_reasons = [*submission.standing_reasons, Reason.TOO_MANY_MAILS.value]
        submission.save(update_fields=["standing", "standing_reasons"])


def ask(*, submission: Submission, email: str) -> None:
    """Puts the mail that asks beside the letters that wait for it, in the caller's transaction.

    :param email: as the person typed it.
    """
    outbox.enqueue(drafts=[_draft(submission, email=email, number=1)])


def ask_again(*, submission_id: int, now: datetime | None = None) -> Asked:
    """The same mail once more, because the person says that it did not come."""
    now = now or timezone.now()
    with transaction.atomic():
        submission = clearing.locked(submission_id)
        if submission is None or not _can_be_confirmed(submission, now):
            return Asked.NOT_NEEDED
        mails = list(_mails(submission))
        if not mails or len(mails) >= MOST_MAILS:
            return Asked.TOO_OFTEN
        if mails[-1].created_at > now - PAUSE:
            return Asked.TOO_SOON
        outbox.enqueue(drafts=[_draft(submission, email=mails[0].recipient_address, number=len(mails) + 1)])
    return Asked.SENT


def confirm(*, submission_id: int, now: datetime | None = None) -> Submission | None:
    """The person pressed the button: the letters go. Pressed again, nothing more happens.

    :returns: the submission as it stands now; None where it is too late.
    """
    now = now or timezone.now()
    with transaction.atomic():
        submission = clearing.locked(submission_id)
        if submission is None:
            return None
        if submission.confirmed_at is not None:
            return submission
        if submission.standing == Standing.UNCONFIRMED and not _can_be_confirmed(submission, now):
            return None
        submission.confirmed_at = now
        submission.save(update_fields=["confirmed_at"])
        authorship.confirm(submission=submission, at=now)
        messages = submission.letters.values_list("outbox_message", flat=True)
        congress_validation.note_confirmed(message_ids=list(messages))
        if cleared := clearing.clear(submission_id=submission_id, only_from=[Standing.UNCONFIRMED]):
            registrations.seat(submission=cleared)
            tell(cleared)
            return cleared
    return submission


def tell(submission: Submission) -> None:
    """Sends the receipt that a submission which was not clear has not got yet, in the caller's transaction."""
    if not OutboxMessage.objects.filter(dedupe_key=submission.receipt_key).exists():
        society = follow_ups.society(submission) or str(settings.WAGTAIL_SITE_NAME)
        confirmations.enqueue(submission=submission, society=society, email=address_of(submission))


def put_mails_back(*, submissions: Iterable[Submission]) -> None:
    """Puts back what did not leave while these were held to be invalid: receipts, and what still has to be confirmed.

    In the transaction that says how they stand.
    """
    keys = [
        key
        for submission in submissions
        for key in (submission.receipt_key, *(_key(submission, number) for number in range(1, MOST_MAILS + 1)))
    ]
    mails = OutboxMessage.objects.filter(dedupe_key__in=keys, state=OutboxMessage.State.CANCELLED)
    # What is not to leave all the same is stopped again at the door: `still_wanted`.
    withholding.restore(message_ids=list(mails.values_list("pk", flat=True)), decision="")


def address_of(submission: Submission) -> str:
    """Where the person reads mail, as they typed it in this form."""
    asked = _mails(submission).first()
    letter = submission.letters.select_related("outbox_message").first()
    typed = letter.outbox_message.reply_to_address if letter else ""
    return (asked.recipient_address if asked else "") or typed or submission.advocate.email


def remind_due(*, now: datetime | None = None) -> int:
    """By the clock: asks once more whoever has not answered; how many that was."""
    now = now or timezone.now()
    return sum(_remind(submission, now) for submission in standings.to_remind(now=now)[:_BATCH])


def give_up_due(*, now: datetime | None = None) -> int:
    """By the clock: stops the letters that nobody confirmed in time; how many that were. Their receipts say so.

    Places at events that such forms hold are passed on.
    """
    now = now or timezone.now()
    _pass_places_on(now)
    late = [
        letter
        for letter in standings.unconfirmed_letters(now=now)[: _BATCH * 5]
        if standings.confirm_until(letter.submission) <= now
    ]
    stopped = 0
    for submission_id in dict.fromkeys(letter.submission_id for letter in late):
        with transaction.atomic():
            submission = clearing.locked(submission_id)
            # Somebody may have confirmed, or the staff released it, just now.
            if submission is None or submission.standing != Standing.UNCONFIRMED:
                continue
            ids = [letter.outbox_message_id for letter in late if letter.submission_id == submission_id]
            stopped += len(withholding.withdraw(message_ids=ids, reason=DeliveryEvent.Reason.NEVER_CONFIRMED))
            submission.standing_reasons = [*submission.standing_reasons, Reason.NEVER_CONFIRMED.value]
            submission.save(update_fields=["standing_reasons"])
    return stopped


def _pass_places_on(now: datetime) -> None:
    for taken in standings.unconfirmed_places(now=now)[:_BATCH]:
        if standings.confirm_until(taken.submission) > now:
            continue
        with transaction.atomic():
            submission = clearing.locked(taken.submission_id)
            if submission is not None and submission.standing == Standing.UNCONFIRMED:
                registrations.lapse(taken=taken)


def _remind(submission: Submission, now: datetime) -> bool:
    try:
        with transaction.atomic():
            follow_up = FollowUp.objects.create(submission=submission, kind=FollowUp.Kind.CONFIRM, at=now)
            mails = list(_mails(submission))
            if not mails or len(mails) >= MOST_MAILS or not _can_be_confirmed(submission, now):
                return False
            draft = _draft(submission, email=mails[0].recipient_address, number=len(mails) + 1, is_reminder=True)
            [follow_up.outbox_message] = outbox.enqueue(drafts=[draft])
            follow_up.save(update_fields=["outbox_message"])
    except IntegrityError:
        # Another clock, or the person's own "send it again", was first.
        return False
    return True


def _can_be_confirmed(submission: Submission, now: datetime) -> bool:
    return submission.standing == Standing.UNCONFIRMED and now < standings.confirm_until(submission)


def _mails(submission: Submission) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(
        dedupe_key__in=[_key(submission, number) for number in range(1, MOST_MAILS + 1)]
    ).order_by("created_at", "pk")


def _key(submission: Submission, number: int) -> str:
    return f"confirm:{submission.key}:{number}"


def _draft(submission: Submission, *, email: str, number: int, is_reminder: bool = False) -> MessageDraft:
    with override(submission.language):
        society = follow_ups.society(submission) or str(settings.WAGTAIL_SITE_NAME)
        path = reverse("campaigns:confirm", args=[confirm_tokens.sign(submission.key)])
        values = {
            "name": unlinked(str(submission.advocate)),
            "campaign": submission.campaign_title,
            "society": society,
            "url": f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}",
            "until": timezone.localtime(standings.confirm_until(submission)),
            "is_reminder": is_reminder,
            "is_capturing_mail": not mail.is_sending(),
        }
        subject = gettext("Please confirm: %(campaign)s") % {"campaign": submission.campaign_title}
        return MessageDraft(
            dedupe_key=_key(submission, number),
            stream=OutboxMessage.Stream.RECEIPT,
            recipient_name=str(submission.advocate),
            recipient_address=email,
            sender_name=society,
            reply_to_address="",
            subject=subject,
            body=render_to_string("emails/campaigns/confirm.txt", values),
            language=submission.language,
        )
