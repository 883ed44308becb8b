"""Reads what this site has to do with one official: open campaigns that write to the seat, and letters, as counts."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Count
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from campaigns.engine.standing import Standing
from campaigns.records.submissions import Letter
from campaigns.selectors.pages import open_campaigns
from delivery.records.messages import OutboxMessage
from legislators.records.officials import Official
from legislators.selectors.seats import seat_of

#: No smaller number is published: of few letters somebody who knows one writer could tell what became of it.
LEAST_SHOWN = 5
State = OutboxMessage.State


@dataclass(frozen=True, slots=True)
class Line:
    """How many letters stand how, in words of the active language."""

    words: str
    #: `fewer than 5` where there are not enough.
    number: str


@dataclass(frozen=True, slots=True)
class OfficialNumbers:
    #: All letters that people have confirmed here; empty where there is none.
    written: str
    lines: tuple[Line, ...]


def numbers_of(official: Official) -> OfficialNumbers:
    """Letters that people wrote here to an official, by how they stand now. One query."""
    rows = (
        Letter.objects.filter(official=official, submission__standing=Standing.CLEAR)
        .values_list("outbox_message__state")
        .annotate(Count("pk"))
    )
    counted = Counter(dict(rows.order_by()))
    groups = [(words, sum(counted[state] for state in states)) for words, states in _groups()]
    lines = tuple(Line(words, _published(count)) for words, count in groups if count)
    return OfficialNumbers(_total(counted.total(), [count for _words, count in groups if count]), lines)


def campaigns_that_write_to(official: Official, locale: Locale) -> list[Page]:
    """Open campaigns of a language whose form writes to the official, or to whoever holds such a seat."""
    seat = seat_of(official)
    if seat is None:
        return []
    found = open_campaigns(locale, limit=100)
    writing = _campaigns_with_target(found, chamber=seat.chamber, official_id=official.pk)
    return [page for page in found if page.pk in writing]


def _groups() -> list[tuple[str, tuple[State, ...]]]:
    """Every state once, in the order in which a letter passes through them; none sounds better than it is."""
    return [
        (_("waiting to be sent"), (State.QUEUED, State.CLAIMED, State.SENDING, State.HELD)),
        (_("accepted by our mail service, with no word yet from the office’s mail server"), (State.ACCEPTED,)),
        (_("delivered to the office’s mail server"), (State.DELIVERED,)),
        (_("left to the supporters, since the office takes no e-mail"), (State.NEEDS_HANDOFF,)),
        (_("brought to the office by the supporters themselves, as they told us"), (State.HANDED_OFF,)),
        (_("not known whether they were sent"), (State.UNCERTAIN,)),
        (_("returned, not sent or cancelled"), (State.BOUNCED, State.FAILED, State.CANCELLED, State.SUPPRESSED)),
        (_("only written to a file on this test site, not sent"), (State.CAPTURED,)),
    ]


def _published(count: int) -> str:
    if count < LEAST_SHOWN:
        return _("fewer than %(number)s") % {"number": LEAST_SHOWN}
    return str(count)


def _total(total: int, groups: list[int]) -> str:
    """Says no more than the groups do: the exact sum would give away a group that is too small to publish."""
    if not total:
        return ""
    if total < LEAST_SHOWN or min(groups) >= LEAST_SHOWN:
        return _published(total)
    shown = sum(count for count in groups if count >= LEAST_SHOWN)
    return _("at least %(number)s") % {"number": max(shown, LEAST_SHOWN)}


def _campaigns_with_target(campaigns: list[Page], *, chamber: str, official_id: int) -> set[int]:
    """Ids of the campaigns with an action page below them that names the chamber or the official."""
    above = {page.path: page.pk for page in campaigns}
    forms: Any = apps.get_model("campaigns", "ActionPage").objects.live().public()
    return {
        campaign_id
        for form in forms.filter(locale__in={page.locale_id for page in campaigns})
        if (campaign_id := above.get(form.path[: -Page.steplen])) is not None
        and any(_names(rule, chamber=chamber, official_id=official_id) for rule in form.targets.raw_data)
    }


def _names(rule: Any, *, chamber: str, official_id: int) -> bool:
    """The stream as it is stored: the blocks stand above this module, so their class cannot be asked."""
    if rule["type"] == "official":
        return bool(rule["value"].get("official") == official_id)
    return bool(rule["type"] == chamber)
