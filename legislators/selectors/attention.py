"""Reads what of the data wants looking after, in a sentence each: for the report's head and the admin's first page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legislators.records.loads import DataSource
from legislators.selectors import doubts, freshness, geocoders, reachability, turnover
from legislators.selectors.freshness import OldOutlines

#: More than these of a kind are counted, not listed.
_MOST_OF_A_KIND = 4
GEOCODER_DAYS = 7
#: A geocoder that failed more often than once in so many times, of at least so many, is told of.
_ONE_IN, _LEAST_ASKED = 5, 5


@dataclass(frozen=True, slots=True)
class Attention:
    """`anchor` is the section of the report that says more."""

    sentence: str
    anchor: str

    @property
    def is_doubts(self) -> bool:
        return self.anchor == "doubts"


def sources(configured: Sequence[str]) -> list[DataSource]:
    """The sources that the site keeps itself in line with, in the order of the setting."""
    rows = {row.key: row for row in DataSource.objects.filter(key__in=configured)}
    return [rows.get(key) or DataSource(key=key) for key in configured]


def listed(configured: Sequence[str], day: date | None = None) -> list[Attention]:
    """Everything that wants looking after, the most urgent first; empty while all is well.

    :param configured: the sources that the site keeps itself in line with.
    """
    today = day or timezone.localdate()
    return [
        *_of_sources(configured),
        *_of_people(),
        *_of_terms(today),
        *_of_outlines(today),
        *_of_geocoders(today),
        *_of_overrides(today),
        *_of_doubts(),
    ]


def _of_sources(configured: Sequence[str]) -> list[Attention]:
    failing = [row for row in sources(configured) if row.problem]
    if len(failing) > _MOST_OF_A_KIND:
        sentence = _("%(count)s sources could not be brought up to date, or only in part.") % {"count": len(failing)}
        return [Attention(sentence, "sync")]
    return [Attention(f"{row.key}: {_shortened(row.problem)}", "sync") for row in failing]


def _of_people() -> list[Attention]:
    found = [
        Attention(
            _("%(source)s was last loaded on %(day)s; people in office change within weeks.")
            % {"source": row.load.source.partition(":")[0], "day": timezone.localdate(row.confirmed_at).isoformat()},
            "loads",
        )
        for row in freshness.last_loads()
        if row.is_old
    ]
    return found + [
        Attention(_("It is not known when the people of %(source)s were loaded.") % {"source": name}, "loads")
        for name in freshness.people_never_loaded()
    ]


def _of_terms(today: date) -> list[Attention]:
    """A chamber of Congress by itself; those of the states together where they are many."""
    ending = turnover.ending_terms(today)
    of_congress, of_states = [row for row in ending if not row.state], [row for row in ending if row.state]
    found = [Attention(f"{row.sentence}: {row.advice}", "terms") for row in of_congress]
    if len(of_states) <= _MOST_OF_A_KIND:
        return found + [Attention(f"{row.sentence}: {row.advice}", "terms") for row in of_states]
    total = sum(row.count for row in of_states)
    sentence = ngettext(
        "%(count)s term in a state legislature ends within 60 days.",
        "%(count)s terms in state legislatures end within 60 days.",
        total,
    )
    return [*found, Attention(sentence % {"count": total}, "terms")]


def _of_outlines(today: date) -> list[Attention]:
    return [Attention(_outline_sentence(row), "outlines") for row in freshness.old_outlines(today)][:_MOST_OF_A_KIND]


def _outline_sentence(row: OldOutlines) -> str:
    where = ", ".join(row.states) if len(row.states) <= _MOST_OF_A_KIND else _("%(count)s states") % {
        "count": len(row.states)
    }  # fmt: skip
    values = {"kind": row.kind_name, "where": where, "day": row.on.isoformat() if row.on else ""}
    match row.why:
        case OldOutlines.Why.MISSING:
            return _("%(kind)s, %(where)s: no outlines are loaded, so no address can be placed.") % values
        case OldOutlines.Why.ENDED:
            return _("%(kind)s, %(where)s: the outlines are over since %(day)s; load the new plan.") % values
        case OldOutlines.Why.ENDING:
            return _("%(kind)s, %(where)s: the outlines end on %(day)s; load the plan that follows.") % values
    return (
        _("%(kind)s, %(where)s: a new Congress began on %(day)s; load its outlines, or the same again if they stayed.")
        % values
    )


def _of_geocoders(today: date) -> list[Attention]:
    return [
        Attention(
            _("The geocoder %(name)s failed %(failed)s times out of %(asked)s within a week.")
            % {"name": row.name, "failed": row.failed, "asked": row.asked},
            "geocoders",
        )
        for row in geocoders.health(days=GEOCODER_DAYS, on=today)
        if row.asked >= _LEAST_ASKED and row.failed * _ONE_IN > row.asked
    ]


def _of_overrides(today: date) -> list[Attention]:
    count = reachability.expiring_overrides(today).count()
    if not count:
        return []
    sentence = ngettext(
        "%(count)s corrected contact ends within two weeks, or has ended.",
        "%(count)s corrected contacts end within two weeks, or have ended.",
        count,
    ) % {"count": count}
    return [Attention(sentence, "overrides")]


def _of_doubts() -> list[Attention]:
    count = doubts.waiting().count()
    if not count:
        return []
    sentence = ngettext(
        "A visitor said “this is not my legislator” once, and nobody has looked into it.",
        "Visitors said “this is not my legislator” %(count)s times, and nobody has looked into it.",
        count,
    ) % {"count": count}
    return [Attention(sentence, "doubts")]


def _shortened(text: str, most: int = 160) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
