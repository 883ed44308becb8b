"""Reads which seats are empty and which terms are about to end."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legislators.records.officials import Term
from legislators.selectors import seats
from legislators.selectors.seats import Vacancy

_NATIONAL = {Term.Chamber.US_HOUSE.value, Term.Chamber.US_SENATE.value}
AHEAD = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class EndingTerms:
    """Terms of one chamber that end on one day with nobody known to follow. `state` is empty for Congress."""

    chamber: str
    state: str
    end: date
    count: int

    @property
    def sentence(self) -> str:
        chamber = str(Term.Chamber(self.chamber).label)
        where = _("%(chamber)s of %(state)s") % {"chamber": chamber, "state": self.state} if self.state else chamber
        words = ngettext(
            "%(count)s term of the %(where)s ends on %(end)s",
            "%(count)s terms of the %(where)s end on %(end)s",
            self.count,
        )
        return words % {"count": self.count, "where": where, "end": self.end.isoformat()}

    @property
    def advice(self) -> str:
        if self.chamber in _NATIONAL and (self.end.month, self.end.day) == (1, 3):
            return _("load the new Congress")
        return _("load who comes after")


@dataclass(frozen=True, slots=True)
class EmptySeats:
    """The empty seats of one chamber of one state; of Congress too, for a seat there is a state's as well."""

    chamber: str
    state: str
    vacancies: tuple[Vacancy, ...]

    @property
    def chamber_name(self) -> str:
        return str(Term.Chamber(self.chamber).label)

    @property
    def seats(self) -> int:
        return sum(one.seats for one in self.vacancies)


def ending_terms(day: date | None = None) -> list[EndingTerms]:
    """Terms in force that end within 60 days of the day, those of a chamber and date together, the soonest first.

    A seat whose next term has been loaded is looked after, and is not among them.
    """
    today = day or timezone.localdate()
    following = Term.objects.filter(
        Q(end__isnull=True) | Q(end__gt=OuterRef("end")),
        division=OuterRef("division"),
        chamber=OuterRef("chamber"),
        start__gt=today,
        start__lte=OuterRef("end"),
    )
    rows = (
        seats.current_terms(today)
        .filter(~Exists(following), end__lte=today + AHEAD)
        .values("chamber", "end", state=F("division__jurisdiction__name"))
        .annotate(count=Count("official_id", distinct=True))
    )
    counts: dict[tuple[date, str, str], int] = defaultdict(int)
    for row in rows:
        end = row["end"]
        assert end is not None  # noqa: S101 - asked for above
        counts[(end, row["chamber"], "" if row["chamber"] in _NATIONAL else row["state"])] += row["count"]
    return [EndingTerms(chamber, state, end, count) for (end, chamber, state), count in sorted(counts.items())]


def empty_seats(day: date | None = None) -> list[EmptySeats]:
    """Vacancies by state and chamber, in the order of the states' names."""
    groups: dict[tuple[str, str], list[Vacancy]] = defaultdict(list)
    for vacancy in seats.vacancies(on=day):
        groups[(vacancy.division.jurisdiction.name, vacancy.chamber)].append(vacancy)
    return [EmptySeats(chamber, state, tuple(found)) for (state, chamber), found in sorted(groups.items())]
