"""What rings, in plain sentences that say what to do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.selectors import officials
from delivery.selectors.alarms import Alarm, Kind


@dataclass(frozen=True, slots=True)
class Sentence:
    what: str
    what_to_do: str


def sentence(alarm: Alarm) -> Sentence:
    """In the active language."""
    return _SENTENCES[alarm.kind](alarm)


def _oldest_due(alarm: Alarm) -> Sentence:
    what = ngettext(
        "Mail that is due has waited for %(count)s minute.",
        "Mail that is due has waited for %(count)s minutes.",
        alarm.count,
    )
    return Sentence(
        what % {"count": alarm.count},
        _("See whether workers run and whether the mail service answers. Nothing is lost: it waits."),
    )


def _queue_away(alarm: Alarm) -> Sentence:
    return Sentence(
        _("The queue server (Redis) does not answer."),
        _("The clock sends what is due, more slowly. Ask whoever runs the server to start Redis again."),
    )


def _no_worker(alarm: Alarm) -> Sentence:
    return Sentence(
        _("No worker listens to the queue “%(queue)s”.") % {"queue": alarm.subject},
        _("The clock sends what is due, more slowly. Ask whoever runs the server to start a worker."),
    )


def _failures(alarm: Alarm) -> Sentence:
    what = _("Of a hundred messages of the last hour, %(count)s failed or came back; the alarm is set to %(limit)s.")
    return Sentence(
        what % {"count": alarm.count, "limit": settings.ALARM_FAILURE_PERCENT},
        _("See in the ledger of letters why. If many offices refuse, pause everything and ask the mail service."),
    )


def _uncertain(alarm: Alarm) -> Sentence:
    what = ngettext(
        "Of %(count)s message it is not known whether it was sent.",
        "Of %(count)s messages it is not known whether they were sent.",
        alarm.count,
    )
    return Sentence(
        what % {"count": alarm.count},
        _("Look them up at the mail service. Send again only what it does not know: the office would get it twice."),
    )


def _clock_stopped(alarm: Alarm) -> Sentence:
    what = ngettext(
        "The clock has not been at work for %(count)s minute.",
        "The clock has not been at work for %(count)s minutes.",
        alarm.count,
    )
    return Sentence(
        what % {"count": alarm.count} if alarm.count else _("The clock has never been at work."),
        _("What a worker left behind stays there until it runs. Ask whoever runs the server to start the clock."),
    )


def _cwc_list(alarm: Alarm) -> Sentence:
    chamber = officials.chamber_name(alarm.subject)
    return Sentence(
        _("The list of offices that take letters by CWC could not be brought up to date: %(chamber)s.")
        % {"chamber": chamber},
        _("The list of before is used. If this lasts for days, ask Congress’s help desk."),
    )


def _webhooks_silent(alarm: Alarm) -> Sentence:
    return Sentence(
        _("The mail service has reported nothing for a day, although it took mail."),
        _("Perhaps its webhook is not set up, or its secret changed. Until it reports, nothing is called delivered."),
    )


_SENTENCES: Mapping[Kind, Callable[[Alarm], Sentence]] = {
    Kind.OLDEST_DUE: _oldest_due,
    Kind.QUEUE_AWAY: _queue_away,
    Kind.NO_WORKER: _no_worker,
    Kind.FAILURES: _failures,
    Kind.UNCERTAIN: _uncertain,
    Kind.CLOCK_STOPPED: _clock_stopped,
    Kind.CWC_LIST: _cwc_list,
    Kind.WEBHOOKS_SILENT: _webhooks_silent,
}
