"""What a receipt says: each letter's true state in plain words, and who got none and why."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns.engine.targeting import Target, Unwritten, WhyNot
from campaigns.records.submissions import Letter, Submission
from campaigns.selectors import addresses, officials
from delivery.records.messages import OutboxMessage


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
    is_handoff: bool = False
    can_be_reported: bool = False
    phone: str = ""
    contact_form_url: str = ""
    #: Which address gives standing here, said where it is not simply the person's home.
    by_address: str = ""

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

    @property
    def sent_by_us(self) -> tuple[LetterLine, ...]:
        return tuple(line for line in self.letters if not line.is_handoff)

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
    people = officials.facts({letter.official_id for letter in letters if letter.official_id})
    lines = []
    for letter in letters:
        facts = people.get(letter.official_id or 0)
        lines.append(_line(letter, facts.phone if facts else "", facts.contact_form_url if facts else ""))
    stored = [Unwritten(**{**item, "why": WhyNot(item["why"])}) for item in submission.unwritten]
    return Receipt(submission, tuple(lines), unwritten_lines(stored))


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


def unwritten_lines(items: Iterable[Unwritten]) -> tuple[UnwrittenLine, ...]:
    """In the active language, for the page on which letters are read and for the receipt."""
    return tuple(UnwrittenLine(_who(item), why_not(item.why), item.why is WhyNot.ALREADY_WRITTEN) for item in items)


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


def state_words(state: str) -> tuple[str, str, str]:
    """Tone, headline and explanation of a message's state, in the active language.

    No state sounds better than it is: "accepted" is not "delivered", and neither is "read".
    """
    states = OutboxMessage.State
    words = {
        states.QUEUED: ("waiting", _("Waiting to be sent"), _("It is kept safely and leaves soon.")),
        states.CLAIMED: ("waiting", _("About to be sent"), _("It leaves in a moment.")),
        states.SENDING: ("waiting", _("Being sent"), _("It is leaving right now.")),
        states.ACCEPTED: (
            "waiting",
            _("Sent"),
            _("Our mail service has taken it. We do not know yet whether the office’s mail server has."),
        ),
        states.CAPTURED: (
            "warning",
            _("Not sent: this is a test site"),
            _("The letter was written to a file on this machine. No office received it."),
        ),
        states.DELIVERED: (
            "good",
            _("Delivered"),
            _("The office’s mail server has taken it. Nobody can tell whether it has been read."),
        ),
        states.BOUNCED: (
            "bad",
            _("Returned"),
            _("The office’s mail server sent it back. You can still call or write to the office."),
        ),
        states.FAILED: ("bad", _("Could not be sent"), _("The letter did not leave. Our staff can see this.")),
        states.UNCERTAIN: (
            "warning",
            _("Not known whether it was sent"),
            _("Sending was interrupted. So that the office does not get it twice, our staff look at it first."),
        ),
        states.NEEDS_HANDOFF: (
            "warning",
            _("Needs you"),
            _("This office takes no e-mail, so we cannot send your letter. You can, in a few minutes."),
        ),
        states.HANDED_OFF: ("good", _("Done by you"), _("You told us that you called or wrote yourself. Thank you.")),
        states.CANCELLED: ("bad", _("Cancelled"), _("It was stopped before it left.")),
        states.HELD: ("waiting", _("Waits for our staff"), _("Somebody on our staff looks at it before it leaves.")),
        states.SUPPRESSED: ("bad", _("Not sent"), _("This address takes no such mail from us.")),
    }
    return words[states(state)]


def dialable(phone: str) -> str:
    """(617) 555-0123 ext. 4 as 617-555-0123;ext=4 (RFC 3966)."""
    number, _separator, extension = re.sub(r"(?i)\s*(?:ext\.?|x)\s*", ";", phone).partition(";")
    digits = "-".join(re.findall(r"\+?\d+", number))
    inner = "".join(re.findall(r"\d", extension))
    return f"{digits};ext={inner}" if inner else digits


def is_capturing() -> bool:
    """Whether mail is only written to files here."""
    return bool(settings.DELIVERY_MODE != "send")


def _line(letter: Letter, phone: str, contact_form_url: str) -> LetterLine:
    message = letter.outbox_message
    tone, headline, explanation = state_words(message.state)
    return LetterLine(
        message_id=str(message.pk),
        recipient=letter.recipient_name,
        office=_seat(letter.chamber, letter.recipient_office),
        state=message.state,
        tone=tone,
        headline=headline,
        explanation=explanation,
        since=message.state_changed_at,
        subject=message.subject,
        text=message.body,
        language=message.language,
        is_handoff=message.channel == OutboxMessage.Channel.HANDOFF,
        can_be_reported=message.state == OutboxMessage.State.NEEDS_HANDOFF,
        phone=phone,
        contact_form_url=contact_form_url,
        by_address=addresses.written_from(letter.address_kind, has_two=bool(letter.submission.second_address)),
    )


def _sample_line(name: str, state: str) -> LetterLine:
    tone, headline, explanation = state_words(state)
    is_handoff = state == OutboxMessage.State.NEEDS_HANDOFF
    return LetterLine(
        message_id="sample",
        recipient=name,
        office="",
        state=state,
        tone=tone,
        headline=headline,
        explanation=explanation,
        since=timezone.now(),
        subject=_("The subject of the letter"),
        text=_("The text of the letter"),
        language=get_language() or settings.LANGUAGE_CODE,
        is_handoff=is_handoff,
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
