"""What a receipt says: each letter's true state in plain words, and who got none and why."""

import datetime
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns.engine.composing import without_footer
from campaigns.engine.targeting import Target, Unwritten, WhyNot
from campaigns.records.submissions import Letter, Submission
from campaigns.selectors import addresses, call_scripts, officials, sending_words
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.records.replies import Reply
from delivery.selectors import pauses
from legislators.engine.contacts import Contact


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One letter on a receipt."""

    message_id: str
    recipient: str
    #: The chamber and the district, or the office of somebody who sits in none.
    office: str
    state: str
    #: good, waiting, warning or bad: what the sign beside the words looks like, never what they say.
    tone: str
    headline: str
    explanation: str
    since: datetime.datetime
    subject: str
    text: str
    #: Of the letter, which may be another than the page's.
    language: str
    #: An `OutboxMessage.Channel` value.
    channel: str = OutboxMessage.Channel.EMAIL.value
    can_be_reported: bool = False
    phone: str = ""
    contact_form_url: str = ""
    #: To which the person may write from their own program; only of a hand-off, and where one is known.
    email: str = ""
    #: What to say on the telephone, in the language of the letter.
    script: str = ""
    #: Which address gives standing here, said where it is not simply the person's home.
    by_address: str = ""
    #: When the office answered through us, where that may be noted.
    answered_at: datetime.datetime | None = None

    @property
    def is_handoff(self) -> bool:
        return self.channel == OutboxMessage.Channel.HANDOFF

    @property
    def mailto_url(self) -> str:
        """Opens the person's own mail program. Without the letter: programs cut off what is long."""
        return f"mailto:{quote(self.email, safe='@')}?subject={quote(self.subject, safe='')}" if self.email else ""

    @property
    def dialable_phone(self) -> str:
        """The number as a `tel:` link takes it."""
        return dialable(self.phone)


@dataclass(frozen=True, slots=True)
class UnwrittenLine:
    who: str
    sentence: str
    #: Nothing is missing here: the letter was written before.
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    submission: Submission
    letters: tuple[LetterLine, ...]
    unwritten: tuple[UnwrittenLine, ...]
    #: False where the page asks for calls or posts, and so nobody is missing a letter.
    is_about_letters: bool = True

    @property
    def by_email(self) -> tuple[LetterLine, ...]:
        return tuple(line for line in self.letters if line.channel == OutboxMessage.Channel.EMAIL)

    @property
    def by_congress(self) -> tuple[LetterLine, ...]:
        return tuple(line for line in self.letters if line.channel == OutboxMessage.Channel.CWC)

    @property
    def handed_over(self) -> tuple[LetterLine, ...]:
        return tuple(line for line in self.letters if line.is_handoff)

    @property
    def written_before(self) -> tuple[UnwrittenLine, ...]:
        return tuple(line for line in self.unwritten if line.is_repeat)

    @property
    def without_letter(self) -> tuple[UnwrittenLine, ...]:
        return tuple(line for line in self.unwritten if not line.is_repeat)

    @property
    def is_settled(self) -> bool:
        """Whether nothing more will change by itself."""
        return all(line.tone != "waiting" for line in self.letters)


def receipt(submission: Submission) -> Receipt:
    """As things stand now, in the active language."""
    letters = list(submission.letters.select_related("outbox_message", "submission").order_by("id"))
    lines = _lines(letters) if letters else []
    stored = [Unwritten(**{**item, "why": WhyNot(item["why"])}) for item in submission.unwritten]
    is_about_letters = bool(letters) or not submission.taken_actions.exists()
    return Receipt(
        submission, tuple(lines), unwritten_lines(stored, is_about_letters=is_about_letters), is_about_letters
    )


def _lines(letters: Sequence[Letter]) -> list[LetterLine]:
    people = officials.contacts({letter.official_id for letter in letters if letter.official_id})
    reasons = _reasons(letters)
    answered = noted_answers([letter.outbox_message_id for letter in letters])
    lines = [
        replace(
            _line(letter, people.get(letter.official_id or 0, Contact()), reasons.get(letter.outbox_message_id, "")),
            answered_at=answered.get(letter.outbox_message_id),
        )
        for letter in letters
    ]
    return _with_times(lines, [letter.outbox_message for letter in letters])


def noted_answers(message_ids: Collection[UUID]) -> dict[UUID, datetime.datetime]:
    """When an office first answered through us, by letter; of those who agreed. Out-of-office notes are none."""
    found = Reply.objects.filter(letter__in=message_ids, is_automatic=False).order_by("-received_at")
    return dict(found.values_list("letter_id", "received_at"))


def sample(submission: Submission) -> Receipt:
    """Two invented letters, for the preview in the page editor."""
    lines = [
        _sample_line(_("Senator Sample"), OutboxMessage.State.DELIVERED),
        _sample_line(_("Representative Example"), OutboxMessage.State.NEEDS_HANDOFF),
    ]
    return Receipt(submission, tuple(lines), ())


def seat_of(target: Target) -> str:
    """Where somebody sits, as a person reads it in the active language: State senate, Harbor."""
    return _seat(target.chamber, target.district or target.office)


def unwritten_lines(items: Iterable[Unwritten], *, is_about_letters: bool = True) -> tuple[UnwrittenLine, ...]:
    """In the active language, for the page on which letters are read and for the receipt."""
    why = why_not if is_about_letters else why_nobody
    return tuple(UnwrittenLine(_who(item), why(item.why), item.why is WhyNot.ALREADY_WRITTEN) for item in items)


def why_nobody(why: WhyNot) -> str:
    """One sentence that says why there is nobody to call or to post to."""
    sentences = {
        WhyNot.VACANT: _("This seat is vacant at the moment."),
        WhyNot.NOT_CHOSEN: _("You told us that you do not know your district."),
        WhyNot.NOT_FOUND: _("We could not find who represents your address here."),
        WhyNot.LEFT_OFFICE: _("Is no longer in office."),
    }
    return sentences.get(why) or why_not(why)


def why_not(why: WhyNot) -> str:
    """One sentence that says why there is no letter."""
    sentences = {
        WhyNot.VACANT: _("This seat is vacant at the moment, so there is nobody to write to."),
        WhyNot.NOT_CHOSEN: _("You told us that you do not know your district, so no letter is written."),
        WhyNot.NOT_FOUND: _("We could not find who represents your address here, so no letter is written."),
        WhyNot.LEFT_OFFICE: _("Is no longer in office, so no letter is written."),
        WhyNot.ALREADY_WRITTEN: _(
            "A letter from this e-mail address was written before in this campaign, so it is not written again."
        ),
    }
    return sentences[why]


def dialable(phone: str) -> str:
    """(617) 555-0123 ext. 4 as 617-555-0123;ext=4 (RFC 3966)."""
    number, _separator, extension = re.sub(r"(?i)\s*(?:ext\.?|x)\s*", ";", phone).partition(";")
    digits = "-".join(re.findall(r"\+?\d+", number))
    inner = "".join(re.findall(r"\d", extension))
    return f"{digits};ext={inner}" if inner else digits


def _line(letter: Letter, contact: Contact, reason: str) -> LetterLine:
    message = letter.outbox_message
    words = sending_words.state_words(message.state, channel=message.channel, chamber=letter.chamber, reason=reason)
    is_handoff = message.channel == OutboxMessage.Channel.HANDOFF
    return LetterLine(
        message_id=str(message.pk),
        recipient=letter.recipient_name,
        office=_seat(letter.chamber, letter.recipient_office),
        state=message.state,
        tone=words.tone,
        headline=words.headline,
        explanation=words.explanation,
        since=message.state_changed_at,
        subject=message.subject,
        text=message.body if message.channel == OutboxMessage.Channel.EMAIL else without_footer(message.body),
        language=message.language,
        channel=message.channel,
        can_be_reported=message.state == OutboxMessage.State.NEEDS_HANDOFF,
        phone=contact.phone,
        contact_form_url=contact.contact_form_url,
        email=(message.recipient_address or contact.email) if is_handoff else "",
        script=call_scripts.script(letter) if is_handoff and contact.phone else "",
        by_address=addresses.written_from(letter.address_kind, has_two=bool(letter.submission.second_address)),
    )


def _with_times(lines: list[LetterLine], messages: Sequence[OutboxMessage]) -> list[LetterLine]:
    """Those of letters that wait say for how long."""
    if all(message.state != OutboxMessage.State.QUEUED for message in messages):
        return lines
    now = timezone.now()
    paused = pauses.in_force(now)
    return [
        replace(line, explanation=sending_words.when_it_leaves(message, paused, now))
        if message.state == OutboxMessage.State.QUEUED
        else line
        for line, message in zip(lines, messages, strict=True)
    ]


def _reasons(letters: Iterable[Letter]) -> dict[UUID, str]:
    """Why each message is in the state in which it is, by its id; nothing where nobody said why."""
    messages = {letter.outbox_message_id: letter.outbox_message.state for letter in letters}
    events = DeliveryEvent.objects.filter(message__in=messages).exclude(reason="").order_by("at", "pk")
    rows = events.values_list("message_id", "state", "reason")
    return {number: reason for number, state, reason in rows if messages[number] == state}


def _sample_line(name: str, state: str) -> LetterLine:
    words = sending_words.state_words(state)
    is_handoff = state == OutboxMessage.State.NEEDS_HANDOFF
    return LetterLine(
        message_id="sample",
        recipient=name,
        office="",
        state=state,
        tone=words.tone,
        headline=words.headline,
        explanation=words.explanation,
        since=timezone.now(),
        subject=_("The subject of the letter"),
        text=_("The text of the letter"),
        language=get_language() or settings.LANGUAGE_CODE,
        channel=OutboxMessage.Channel.HANDOFF if is_handoff else OutboxMessage.Channel.EMAIL,
        phone="555-0100" if is_handoff else "",
    )


def _who(item: Unwritten) -> str:
    seat = _seat(item.chamber, item.district)
    if item.address_kind:
        seat = f"{addresses.your(item.address_kind)}: {seat}"
    if item.name and seat:
        return f"{item.name} ({seat})"
    return item.name or seat


def _seat(chamber: str, place: str) -> str:
    name = officials.chamber_name(chamber) if chamber else ""
    return ", ".join(part for part in (name, place) if part)
