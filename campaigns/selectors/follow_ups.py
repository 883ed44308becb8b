"""Reads whom to ask or tell something after their letters, and what the page of that question shows."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from wagtail.models import Page, Site

from campaigns.engine.standing import Standing
from campaigns.records.follow_ups import FollowUp, ReplyReport
from campaigns.records.submissions import Letter, Submission
from campaigns.selectors import call_scripts, officials, receipts
from campaigns.selectors.receipts import LetterLine
from delivery.records.messages import OutboxMessage
from delivery.records.replies import Reply
from home.content.settings import OrganisationSettings
from legislators.engine.contacts import Contact

State = OutboxMessage.State
#: Reached the office, as far as anybody knows: by us, or by the person themselves.
LEFT = (State.ACCEPTED, State.DELIVERED, State.HANDED_OFF)
#: May still leave by themselves, and soon.
ON_THE_WAY = (State.QUEUED, State.CLAIMED, State.SENDING)
#: What left longer ago than this after the question was due is not asked about: nobody is asked about old letters
#: on the day on which a site begins to ask.
ASKED_WITHIN = datetime.timedelta(days=30)
#: After "not yet".
WRITE_AGAIN_DAYS = 14


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One letter of which the person is asked whether the office answered."""

    line: LetterLine
    #: When the answer came through us; None where none did, or where it may not be noted.
    answered_at: datetime.datetime | None
    #: What the person said; None: nothing yet.
    has_replied: bool | None
    phone: str
    contact_form_url: str
    script: str

    @property
    def dialable_phone(self) -> str:
        return receipts.dialable(self.phone)

    @property
    def is_open(self) -> bool:
        """Whether nobody has said yet that the office answered."""
        return self.answered_at is None and self.has_replied is not True


@dataclass(frozen=True, slots=True)
class ReplyNumbers:
    """Of a campaign: what people said, and what came through us from those who agreed that it is noted."""

    asked: int
    yes: int
    not_yet: int
    noted: int

    @property
    def has_any(self) -> bool:
        return bool(self.asked or self.yes or self.not_yet or self.noted)


def society(submission: Submission) -> str:
    """The name of the organization that runs the site of the form; without a site, none."""
    site = submission.page.get_site() if submission.page else None
    site = site or Site.objects.filter(is_default_site=True).first()
    return OrganisationSettings.for_site(site).name if site else ""


def address_of(letter: Letter) -> str:
    """Where the person reads mail, as they typed it with this letter."""
    return letter.outbox_message.reply_to_address or letter.advocate.email


def asked_about(submission: Submission) -> list[Letter]:
    """The letters of which the office can have answered, in the order of the receipt."""
    letters = submission.letters.filter(outbox_message__state__in=LEFT)
    return list(letters.select_related("outbox_message", "submission", "advocate", "reply_report").order_by("pk"))


def question(submission: Submission) -> tuple[QuestionLine, ...]:
    """What the page shows, in the active language."""
    letters = asked_about(submission)
    lines = {line.message_id: line for line in receipts.receipt(submission).letters}
    answered = receipts.noted_answers([letter.outbox_message_id for letter in letters])
    contacts = officials.contacts({letter.official_id for letter in letters if letter.official_id})
    found = []
    for letter in letters:
        contact = contacts.get(letter.official_id or 0, Contact())
        found.append(
            QuestionLine(
                line=lines[str(letter.outbox_message_id)],
                answered_at=answered.get(letter.outbox_message_id),
                has_replied=_said(letter),
                phone=contact.phone,
                contact_form_url=contact.contact_form_url,
                script=call_scripts.script(letter) if contact.phone else "",
            )
        )
    return tuple(found)


def open_letters(submission: Submission) -> list[Letter]:
    """Those of which nobody has said that the office answered."""
    letters = asked_about(submission)
    answered = receipts.noted_answers([letter.outbox_message_id for letter in letters])
    return [letter for letter in letters if letter.outbox_message_id not in answered and _said(letter) is not True]


def open_campaign(submission: Submission) -> Page | None:
    """The campaign's public page in the active language, or in that of the form, while it takes letters."""
    model: Any = apps.get_model("campaigns", "CampaignPage")
    found = model.objects.live().public().filter(translation_key=submission.campaign_key, alias_of__isnull=True)
    pages = {page.locale.language_code: page for page in found.select_related("locale")}
    page = pages.get(submission.language) or next(iter(pages.values()), None)
    return page if page is not None and page.phase.value == "open" else None


def due_questions(*, now: datetime.datetime, days: int) -> QuerySet[Submission]:
    """Submissions whose letters have all left `days` ago or more, and that were not asked; the oldest first."""
    due = now - datetime.timedelta(days=days)
    letters = Letter.objects.filter(submission=OuterRef("pk"))
    left = letters.filter(
        outbox_message__state__in=LEFT,
        outbox_message__state_changed_at__lte=due,
        outbox_message__state_changed_at__gt=due - ASKED_WITHIN,
    )
    is_too_early = Q(outbox_message__state__in=ON_THE_WAY) | Q(
        outbox_message__state__in=LEFT, outbox_message__state_changed_at__gt=due
    )
    asked = FollowUp.objects.filter(submission=OuterRef("pk"), kind=FollowUp.Kind.DID_THEY_REPLY)
    found = _clear().filter(Exists(left), ~Exists(letters.filter(is_too_early)), ~Exists(asked))
    return found.select_related("advocate", "page").order_by("submit_time")


def due_reminders(*, now: datetime.datetime) -> QuerySet[Submission]:
    """Submissions of which somebody said "not yet" `WRITE_AGAIN_DAYS` ago, and who were not reminded."""
    due = now - datetime.timedelta(days=WRITE_AGAIN_DAYS)
    reports = ReplyReport.objects.filter(letter__submission=OuterRef("pk"), has_replied=False)
    said = reports.filter(at__lte=due, at__gt=due - ASKED_WITHIN)
    reminded = FollowUp.objects.filter(submission=OuterRef("pk"), kind=FollowUp.Kind.WRITE_AGAIN)
    found = _clear().filter(Exists(said), ~Exists(reminded))
    return found.select_related("advocate", "page").order_by("submit_time")


def _clear() -> QuerySet[Submission]:
    """Nobody is asked about letters that the staff found to be somebody else's doing."""
    return Submission.objects.filter(standing=Standing.CLEAR.value)


def confirmed(submissions: Iterable[Submission]) -> set[UUID]:
    """The keys of those whose confirmation was taken and has not come back: mail reaches these people."""
    keys = {submission.receipt_key: submission.key for submission in submissions}
    taken = OutboxMessage.objects.filter(dedupe_key__in=keys, state__in=(State.ACCEPTED, State.DELIVERED))
    return {keys[key] for key in taken.values_list("dedupe_key", flat=True)}


def reply_numbers(campaign_key: UUID) -> ReplyNumbers:
    """Counts only: who said what stays with them."""
    said = ReplyReport.objects.filter(letter__campaign_key=campaign_key).aggregate(
        yes=Count("pk", filter=Q(has_replied=True)), not_yet=Count("pk", filter=Q(has_replied=False))
    )
    asked = FollowUp.objects.filter(
        submission__campaign_key=campaign_key, kind=FollowUp.Kind.DID_THEY_REPLY, outbox_message__isnull=False
    )
    noted = Reply.objects.filter(letter__letter__campaign_key=campaign_key, is_automatic=False)
    return ReplyNumbers(asked.count(), said["yes"], said["not_yet"], noted.values("letter").distinct().count())


def _said(letter: Letter) -> bool | None:
    report: ReplyReport | None = getattr(letter, "reply_report", None)
    return report.has_replied if report else None
