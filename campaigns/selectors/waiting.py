"""Why a letter has not left yet, in one sentence for the staff."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from campaigns.records.submissions import Letter
from campaigns.selectors import held
from delivery.engine.pacing import RuleBook
from delivery.engine.rulings import WITH_ITS_FORM
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.records.pauses import Pause
from delivery.selectors import pacing

State = OutboxMessage.State
Scope = Pause.Scope
WAITING = (State.QUEUED, State.CLAIMED, State.HELD, State.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is looked up once for all letters of a page."""

    now: datetime
    pauses: Mapping[tuple[str, str], Pause] = field(default_factory=dict)
    #: Of messages that were tried before, why they wait again.
    last_tries: Mapping[uuid.UUID, str] = field(default_factory=dict)
    rules: RuleBook = field(default_factory=RuleBook)


def reasons(letters: Collection[Letter], now: datetime) -> dict[int, str]:
    """By the letter's number, why it waits; a letter that waits for nothing is not named. At most five queries."""
    waiting = [letter for letter in letters if letter.outbox_message.state in WAITING]
    if not waiting:
        return {}
    rows = [letter.outbox_message for letter in waiting]
    known = _Known(now, _pauses(now), _last_tries(rows), _rules(rows))
    # A sentence that ends with "4:39 a.m." has its full stop already.
    return {letter.pk: _reason(letter.outbox_message, known).replace("..", ".") for letter in waiting}


def reason(letter: Letter, now: datetime) -> str:
    """Of one letter; empty where it waits for nothing."""
    return reasons([letter], now).get(letter.pk, "")


def _pauses(now: datetime) -> dict[tuple[str, str], Pause]:
    # What somebody paused is said before what the program paused by itself.
    found: QuerySet[Pause] = Pause.objects.active(now).select_related("by")
    in_order = sorted(found, key=lambda pause: pause.reason == Pause.Reason.STAFF)
    return {(pause.scope, pause.key): pause for pause in in_order}


def _last_tries(rows: Iterable[OutboxMessage]) -> dict[uuid.UUID, str]:
    tried = [row.pk for row in rows if row.state == State.QUEUED and row.attempts]
    if not tried:
        return {}
    events = DeliveryEvent.objects.filter(message__in=tried, state=State.QUEUED).exclude(reason="")
    return {event.message_id: str(event.get_reason_display()) for event in events.order_by("at", "pk")}


def _rules(rows: Iterable[OutboxMessage]) -> RuleBook:
    placed = [row for row in rows if row.state == State.QUEUED and row.planned_at]
    if not placed or not settings.PACE_LETTERS:
        return RuleBook()
    return pacing.rule_book(
        {row.campaign_key for row in placed if row.campaign_key}, {row.recipient_key for row in placed}
    )


def _reason(message: OutboxMessage, known: _Known) -> str:
    match message.state:
        case State.HELD:
            why = " ".join(held.reason_words(key) for key in message.hold_reasons)
            if not WITH_ITS_FORM.isdisjoint(message.hold_reasons):
                return why
            return _("Somebody on the staff has to decide about it. %(why)s") % {"why": why}
        case State.UNCERTAIN:
            return _("The mail service may have it already. It is not sent again before that is known.")
        case State.CLAIMED:
            return _paused(message, known) or _("A worker has it and sends it next.")
    return _paused(message, known) or _turn(message, known)


def _paused(message: OutboxMessage, known: _Known) -> str:
    keys = [(Scope.SITE, "")]
    if message.campaign_key:
        keys.append((Scope.CAMPAIGN, message.campaign_key.hex))
    keys += [(Scope.RECIPIENT, message.recipient_key), (Scope.DOMAIN, message.recipient_domain)]
    found = next((known.pauses[key] for key in keys if key in known.pauses), None)
    return _words_of(found) if found else ""


def _words_of(pause: Pause) -> str:
    until = _time(pause.until) if pause.until else ""
    if pause.reason == Pause.Reason.SOFT_BOUNCES:
        if until:
            return _("The office’s mailbox refuses mail for now. It is tried again from %(time)s.") % {"time": until}
        return _("The office’s mailbox refuses mail for now.")
    what = {
        Scope.SITE: _("Everything is paused"),
        Scope.CAMPAIGN: _("Its campaign is paused"),
        Scope.RECIPIENT: _("Letters to this office are paused"),
        Scope.DOMAIN: _("Letters to this mail domain are paused"),
    }[Scope(pause.scope)]
    values = {"what": what, "who": pause.by.get_username() if pause.by else _("the staff"), "time": until}
    if until:
        return _("%(what)s by %(who)s until %(time)s.") % values
    return _("%(what)s by %(who)s until somebody resumes.") % values


def _turn(message: OutboxMessage, known: _Known) -> str:
    if message.planned_at is None:
        return _("It has no time yet; the pace of its office, its campaign and the site decides.")
    if message.next_attempt_at <= known.now:
        return _("It is due, and waits for a free worker.")
    at = _time(message.next_attempt_at)
    if tried := known.last_tries.get(message.pk):
        return _("%(why)s The next try is at %(time)s.") % {"why": tried, "time": at}
    if not settings.PACE_LETTERS:
        return _("It leaves at %(time)s.") % {"time": at}
    return " ".join(filter(None, [_("Its turn is at %(time)s.") % {"time": at}, _limit(message, known.rules)]))


def _limit(message: OutboxMessage, rules: RuleBook) -> str:
    """What the office may get, as the reason why the turn is not now."""
    campaign = rules.for_campaign(message.campaign_key)
    known = (rules.site.official_per_hour, campaign.official_per_hour, rules.offices.get(message.recipient_key))
    per_hour = min((limit for limit in known if limit), default=None)
    opens, closes = campaign.opens_at, campaign.closes_at
    if per_hour is None or opens is None or closes is None:
        return ""
    values = {"count": per_hour, "opens": _clock(opens), "closes": _clock(closes)}
    if message.channel == OutboxMessage.Channel.CWC:
        return _("Its office gets at most %(count)s letters an hour.") % values
    return _("Its office gets at most %(count)s letters an hour, from %(opens)s to %(closes)s.") % values


def _time(at: datetime) -> str:
    return str(date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT"))


def _clock(at: time) -> str:
    return str(time_format(at, "TIME_FORMAT"))
