"""Counts who sits in each chamber before a load and would sit after it, and holds a chamber that shrank too much."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from legislators.engine import chambers
from legislators.engine.states import STATES
from legislators.records.officials import Official, Term

CONGRESS = "us"
_US_CHAMBERS = frozenset({"us_house", "us_senate"})
_NAMES = {
    "state_upper": "State senate", "state_lower": "State house", "us_house": "U.S. House", "us_senate": "U.S. Senate",
}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Chamber:
    """One chamber of one state: `state` is `us` for Congress, or the state whose part of it a load is limited to."""

    state: str
    chamber: str

    def __str__(self) -> str:
        proper = chambers.proper_name(chamber=self.chamber, state=self.state) or _NAMES[self.chamber]
        if self.state == CONGRESS:
            return proper
        where = STATES[self.state].name if self.state in STATES else self.state.upper()
        return f"{proper} of {where}" if self.chamber not in _US_CHAMBERS else f"{proper}, members from {where}"


@dataclass(frozen=True, slots=True)
class Holding:
    """A chamber that keeps its old data."""

    chamber: Chamber
    before: int
    after: int

    @property
    def sentence(self) -> str:
        return (
            f"{self.chamber}: {self.before} members before, {self.after} after this load, which is more than a tenth "
            "fewer; the chamber was kept as it is. If that is right, load it with --accept-retirements."
        )


class RollCall:
    """The chambers for which a load speaks, and who sits there.

    `state` is what the load is limited to (`us` means Congress in the Open States data); without it the load speaks
    for the chambers that somebody in it sits in, or, if the source is congress-legislators, for Congress.
    """

    def __init__(self, *, source: str, state: str, on: date) -> None:
        self._source, self._limit, self._on = source, state, on
        self._before: dict[Chamber, set[int]] = defaultdict(set)
        self._after: dict[Chamber, set[str]] = defaultdict(set)
        self._chambers_of: dict[str, Chamber] = {}
        self._spoken_for: set[str] = {CONGRESS} if source == Official.Source.CONGRESS else set()
        self._source_ids: dict[int, str] = {}
        self._count()

    def chamber(self, state: str, chamber: str) -> Chamber:
        """Congress is counted as a whole, unless the load is limited to the members from one state."""
        is_whole = chamber in _US_CHAMBERS and self._limit in ("", CONGRESS)
        return Chamber(CONGRESS if is_whole else state, chamber)

    def chamber_of(self, source_id: str) -> Chamber | None:
        """Where somebody sat before."""
        return self._chambers_of.get(source_id)

    def seats(self, source_id: str, chamber: Chamber | None) -> None:
        """Somebody whom the load has in office, or whom it lists and leaves as known."""
        if chamber is not None:
            self._after[chamber].add(source_id)

    def lists(self, state: str, chamber: str) -> None:
        """The source lists somebody of that chamber: it speaks for the legislature, or for Congress."""
        self._spoken_for.add(CONGRESS if chamber in _US_CHAMBERS else state)

    def holdings(self) -> list[Holding]:
        """The chambers that would lose more than a tenth of their members, by number: turnover is no loss.

        One member fewer is never too much: of a small delegation that is a tenth, and an ordinary resignation.
        """
        found = []
        for chamber, members in sorted(self._before.items()):
            before, after = len(members), len(self._after[chamber])
            if self._is_in_scope(chamber) and before - after > 1 and (before - after) * 10 > before:
                found.append(Holding(chamber, before, after))
        return found

    def missing(self, listed: Collection[str], held: Collection[Chamber]) -> list[int]:
        """Officials in office before whom the source does not list, in the chambers that it speaks for."""
        return sorted(
            number
            for chamber, members in self._before.items()
            if self._is_in_scope(chamber) and chamber not in held
            for number in members
            if self._source_ids[number] not in listed
        )

    def _is_in_scope(self, chamber: Chamber) -> bool:
        is_congress = chamber.chamber in _US_CHAMBERS
        if self._source == Official.Source.CONGRESS and not is_congress:
            return False
        if not self._limit:
            return (CONGRESS if is_congress else chamber.state) in self._spoken_for
        if self._source == Official.Source.OPENSTATES and is_congress != (self._limit == CONGRESS):
            return False
        return self._limit in (CONGRESS, chamber.state)

    def _count(self) -> None:
        for number, source_id, state, chamber in _last_seats(self._source, self._on):
            where = self.chamber(state, chamber)
            self._before[where].add(number)
            self._chambers_of[source_id] = where
            self._source_ids[number] = source_id


def _last_seats(source: str, on: date) -> Iterable[tuple[int, str, str, str]]:
    """The seat that each official of the source holds, or held last: also where its term has run out since.

    Somebody whose term is over stays with the chamber until a source says who came after: an old file that is loaded
    after an election would otherwise look like a chamber that has always been empty.
    """
    # congress-legislators answers for every member of Congress, also for those whom Open States brought first.
    sources = [source, Official.Source.OPENSTATES] if source == Official.Source.CONGRESS else [source]
    rows = Term.objects.filter(official__source__in=sources, official__retired_at__isnull=True).values_list(
        "official_id", "official__source_id", "division__jurisdiction__code", "chamber", "start", "end"
    )
    latest: dict[int, tuple[tuple[bool, bool, date], tuple[int, str, str, str]]] = {}
    for number, source_id, state, chamber, start, end in rows.iterator(chunk_size=2000):
        has_begun = start is None or start <= on
        rank = (has_begun and (end is None or end > on), has_begun, start or date.min)
        if number not in latest or rank > latest[number][0]:
            latest[number] = (rank, (number, source_id, state, chamber))
    return (seat for _rank, seat in latest.values())
