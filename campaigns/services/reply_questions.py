"""Asks people some time after their letters whether the offices answered, and keeps what they say."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from campaigns.engine.tokens import sign_question
from campaigns.records.follow_ups import FollowUp, ReplyReport
from campaigns.records.submissions import Letter, Submission
from campaigns.selectors import follow_ups, receipts
from campaigns.services import follow_up_mail
from delivery.engine.drafts import MessageDraft
from delivery.records.messages import OutboxMessage
from delivery.selectors import suppressions
from delivery.services import outbox

#: So many people at a time: the clock has other things to do.
BATCH = 100


@transaction.atomic
def record(*, letter: Letter, has_replied: bool) -> ReplyReport:
    """Keeps what the person says of an office's answer; said again, the last word counts."""
    report, _is_new = ReplyReport.objects.update_or_create(
        letter=letter, defaults={"has_replied": has_replied, "at": timezone.now()}
    )
    return report


def ask_due(*, now: datetime | None = None, limit: int = BATCH) -> int:
    """Asks those whose letters left `REPLY_QUESTION_DAYS` ago, each once for all letters of a form; returns how many.

    Not asked are people to whom no confirmation got through, who want no such mail, or whose every letter is known
    to have been answered: that is decided once as well.
    """
    if settings.REPLY_QUESTION_DAYS <= 0:
        return 0
    due = follow_ups.due_questions(now=now or timezone.now(), days=settings.REPLY_QUESTION_DAYS)[:limit]
    return _write(list(due), FollowUp.Kind.DID_THEY_REPLY, _question)


def remind_due(*, now: datetime | None = None, limit: int = BATCH) -> int:
    """Reminds those who said "not yet" some time ago, once, while the campaign takes letters; returns how many."""
    if settings.REPLY_QUESTION_DAYS <= 0:
        return 0
    due = follow_ups.due_reminders(now=now or timezone.now())[:limit]
    return _write(list(due), FollowUp.Kind.WRITE_AGAIN, _reminder)


Draft = Callable[[Submission, Sequence[Letter]], MessageDraft | None]


def _write(submissions: Iterable[Submission], kind: str, draft: Draft) -> int:
    found = list(submissions)
    reached = follow_ups.confirmed(found)
    return sum(_write_one(each, kind, draft if each.key in reached else None) for each in found)


@transaction.atomic
def _write_one(submission: Submission, kind: str, draft: Draft | None) -> bool:
    follow_up, is_new = FollowUp.objects.get_or_create(
        submission=submission, kind=kind, letter=None, defaults={"at": timezone.now()}
    )
    if not is_new or draft is None:
        return False
    letters = follow_ups.open_letters(submission)
    if not letters or suppressions.is_suppressed(follow_ups.address_of(letters[0]), OutboxMessage.Stream.ALERT):
        return False
    with override(submission.language):
        mail = draft(submission, letters)
    if mail is None:
        return False
    [follow_up.outbox_message] = outbox.enqueue(drafts=[mail])
    follow_up.save(update_fields=["outbox_message"])
    return True


def _question(submission: Submission, letters: Sequence[Letter]) -> MessageDraft:
    everyone = follow_ups.asked_about(submission)
    answered = receipts.noted_answers([letter.outbox_message_id for letter in everyone])
    names = {letter.outbox_message_id: letter.recipient_name for letter in everyone}
    return follow_up_mail.draft(
        submission=submission,
        letter=letters[0],
        key=f"did-they-reply:{submission.key}",
        stream=OutboxMessage.Stream.ALERT,
        subject=gettext("Did they reply?"),
        template="did_they_reply.txt",
        path=_path(submission),
        recipients=[letter.recipient_name for letter in letters],
        answered=[{"name": names[key], "at": at} for key, at in answered.items()],
    )


def _reminder(submission: Submission, letters: Sequence[Letter]) -> MessageDraft | None:
    unanswered = [letter for letter in letters if getattr(letter, "reply_report", None)]
    if not unanswered or follow_ups.open_campaign(submission) is None:
        return None
    return follow_up_mail.draft(
        submission=submission,
        letter=unanswered[0],
        key=f"write-again:{submission.key}",
        stream=OutboxMessage.Stream.ALERT,
        subject=gettext("No answer yet? Write again"),
        template="write_again.txt",
        path=_path(submission),
        recipients=[letter.recipient_name for letter in unanswered],
    )


def _path(submission: Submission) -> str:
    return reverse("campaigns:did_they_reply", args=[sign_question(submission.key)])
