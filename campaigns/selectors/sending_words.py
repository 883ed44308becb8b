"""How a letter stands, in words for the person who wrote it, in the active language.

No state sounds better than it is: "accepted" is not "delivered", and neither is "read".
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from delivery.adapters.cwc import configuration
from delivery.engine.cwc.chambers import SENATE
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.selectors.pauses import Paused

State = OutboxMessage.State
#: What leaves within this time needs no time of day.
SOON = timedelta(minutes=10)
Reason = DeliveryEvent.Reason
#: Reasons for a hand-off that say that there was no address to begin with.
_NO_ADDRESS = {"", Reason.NO_ADDRESS}
_MAIL_FAILED = {
    Reason.UNUSABLE_ADDRESS,
    Reason.ADDRESS_FAILING,
    Reason.REFUSED,
    Reason.GAVE_UP,
    Reason.NEXT_CHANNEL,
    Reason.CANNOT_BE_WRITTEN,
}


@dataclass(frozen=True, slots=True)
class StateWords:
    #: good, waiting, warning or bad: what the sign beside the words looks like, never what they say.
    tone: str
    headline: str
    explanation: str


def state_words(state: str, *, channel: str = "email", chamber: str = "", reason: str = "") -> StateWords:
    """Of a message's state.

    :param chamber: of the recipient, where the channel is Congress's own system.
    :param reason: a `DeliveryEvent.Reason` value of the event that brought it into this state; "" where not known.
    """
    current = State(state)
    if current is State.NEEDS_HANDOFF:
        return _needs_you(reason)
    if current is State.HELD:
        return _held(reason)
    if current is State.CANCELLED and reason == Reason.STAFF_REJECTED:
        return _rejected()
    if current is State.CANCELLED and reason == Reason.STOPPED_IN_DOUBT:
        return _stopped_in_doubt()
    if current is State.CANCELLED and reason in _stopped_with_its_form():
        return StateWords("bad", _("Not sent"), _stopped_with_its_form()[reason])
    if channel == OutboxMessage.Channel.CWC:
        found = _of_congress(current, chamber, reason)
        if found is not None:
            return found
    return _by_email(current)


def when_it_leaves(message: OutboxMessage, paused: Paused, now: datetime) -> str:
    """Of a letter in the queue: why it has not left, and when it does as far as that is known."""
    if paused.keeps(message):
        return _("Sending is paused for now. Your letter is kept safely, and leaves when sending goes on.")
    if message.planned_at is None:
        return _("It is kept safely, and leaves when its turn comes: offices get letters a few at a time.")
    if message.next_attempt_at > now + SOON:
        when = date_format(timezone.localtime(message.next_attempt_at), "DATETIME_FORMAT")
        return _("It is kept safely. Offices get letters a few at a time; yours leaves about %(when)s.") % {
            "when": when
        }
    return _("It is kept safely and leaves soon.")


def congress_notice() -> str:
    """What must be said where letters would go by Congress's own system; "" where they really do."""
    notices = {
        "validate": _(
            "Congress’s system is only asked whether it would take these letters. Nothing is sent, and no office "
            "receives them."
        ),
        "test": _("These letters go to the test system of Congress only. Nothing is sent to an office."),
    }
    return notices.get(configuration.mode(), "")


def _by_email(state: State) -> StateWords:
    words = {
        State.QUEUED: ("waiting", _("Waiting to be sent"), _("It is kept safely and leaves soon.")),
        State.CLAIMED: ("waiting", _("About to be sent"), _("It leaves in a moment.")),
        State.SENDING: ("waiting", _("Being sent"), _("It is leaving right now.")),
        State.ACCEPTED: (
            "waiting",
            _("Sent"),
            _("Our mail service has taken it. We do not know yet whether the office’s mail server has."),
        ),
        State.CAPTURED: (
            "warning",
            _("Not sent: this is a test site"),
            _("The letter was written to a file on this machine. No office received it."),
        ),
        State.DELIVERED: (
            "good",
            pgettext("a letter", "Delivered"),
            _("The office’s mail server has taken it. Nobody can tell whether it has been read."),
        ),
        State.BOUNCED: (
            "bad",
            pgettext("a letter", "Returned"),
            _("The office’s mail server sent it back. You can still call or write to the office."),
        ),
        State.FAILED: ("bad", _("Could not be sent"), _("The letter did not leave. Our staff can see this.")),
        State.UNCERTAIN: (
            "warning",
            _("Not known whether it was sent"),
            _("Sending was interrupted. So that the office does not get it twice, our staff look at it first."),
        ),
        State.HANDED_OFF: ("good", _("Done by you"), _("You told us that you called or wrote yourself. Thank you.")),
        State.CANCELLED: ("bad", pgettext("a letter", "Cancelled"), _("It was stopped before it left.")),
        State.SUPPRESSED: ("bad", _("Not sent"), _("This address takes no such mail from us.")),
    }
    return StateWords(*words[state])


def _of_congress(state: State, chamber: str, reason: str) -> StateWords | None:
    """Where the words differ from those about e-mail."""
    is_senate = chamber == SENATE
    if state is State.ACCEPTED:
        return StateWords(
            # Nothing more is heard of it, unless the office's own system refuses it.
            "good",
            _("Accepted by the Senate’s system") if is_senate else _("Accepted by the House’s system"),
            _("It passes letters on to the offices. Nobody can tell whether yours has been read."),
        )
    if state is State.CAPTURED:
        return StateWords(
            "warning",
            _("Not sent: the way into Congress is not switched on"),
            _("No office received it. You can call the office, or use its contact form."),
        )
    if state is State.UNCERTAIN:
        return StateWords(
            "warning",
            _("Not known whether it was sent"),
            _(
                "The connection was lost before the system of Congress answered. So that the office does not get it "
                "twice, it is looked into first."
            ),
        )
    if state is State.FAILED and reason == Reason.REJECTED_LATE:
        return StateWords(
            "bad",
            pgettext("a letter", "Refused"),
            _("The office’s own system refused it later. You can still call or write to the office."),
        )
    return None


def _needs_you(reason: str) -> StateWords:
    if reason in _NO_ADDRESS:
        why = _("This office takes no e-mail, so we cannot send your letter. You can, in a few minutes.")
    elif reason == Reason.TOO_LONG:
        why = _("Your letter is longer than the system of Congress takes. You can still get it there yourself.")
    elif reason in _MAIL_FAILED:
        why = _("We tried to deliver your letter and could not. You can, in a few minutes.")
    else:
        why = _("We cannot deliver this letter for you. You can, in a few minutes.")
    return StateWords("warning", _("Needs you"), why)


def _rejected() -> StateWords:
    return StateWords(
        "bad",
        _("Not sent by our staff"),
        _("Our staff read your letter and decided not to send it. You can still call or write to the office yourself."),
    )


def _stopped_in_doubt() -> StateWords:
    return StateWords(
        "warning",
        pgettext("a letter", "Cancelled"),
        _("It was stopped. An earlier try may have reached the office."),
    )


def _stopped_with_its_form() -> dict[str, str]:
    return {
        Reason.NEVER_CONFIRMED: _("Nobody confirmed in time that it is yours. You can fill in the form again."),
        Reason.ALREADY_WRITTEN: _("Another letter from this e-mail address goes to this office in this campaign."),
        Reason.WITHDRAWN: _(
            "Our staff could not be sure that a person sent it for themselves. If you did, write to us: it can be "
            "put right."
        ),
    }


def _held(reason: str) -> StateWords:
    if reason == Reason.NOT_CONFIRMED:
        return StateWords(
            "waiting", _("Waits for you"), _("It goes when you have confirmed by e-mail that it is yours.")
        )
    whys = {
        Reason.LEFT_OFFICE: _("Whom you wrote to has left office since. Our staff decide what becomes of it."),
        Reason.SEAT_CHANGED: _(
            "Whom you wrote to sits for another district now. Our staff decide what becomes of your letter."
        ),
    }
    usual = _("Somebody on our staff reads it before it leaves.")
    return StateWords("waiting", _("Waits for our staff"), whys.get(Reason(reason), usual) if reason else usual)
