"""Reads how old the data is: when each source was last loaded, what it refused, and which outlines are over."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from legislators.records.divisions import BoundarySet, Division
from legislators.records.loads import DataLoad, DataSource
from legislators.records.officials import Official, Term
from legislators.selectors import seats

#: People change: a list of them that is older than this is old.
PEOPLE_GROW_OLD_AFTER = timedelta(days=30)
#: A plan that ends, or a term, is told of this long before.
AHEAD = timedelta(days=60)

KIND_OF_CHAMBER = {chamber: kind for kind, chamber in seats.CHAMBER_OF_KIND.items()}


@dataclass(frozen=True, slots=True)
class LastLoad:
    """The last run of a loader over one source."""

    load: DataLoad
    #: When somebody last made sure that it is up to date: that load, or a sync that found the same file.
    confirmed_at: datetime
    is_old: bool

    @property
    def refused(self) -> int:
        return len(self.load.refused)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """Outlines of one kind and plan, for as many states as share its dates."""

    kind: str
    plan: str
    valid_from: date | None
    valid_to: date | None
    accuracy_metres: int
    states: tuple[str, ...]
    loaded_at: datetime

    @property
    def kind_name(self) -> str:
        return str(Division.Kind(self.kind).label)

    @property
    def is_map_grade(self) -> bool:
        """Simplified for maps: near a line it may put an address on the wrong side."""
        return self.accuracy_metres > 0


@dataclass(frozen=True, slots=True)
class OldOutlines:
    """A chamber with members whose outlines need looking after. `on` is the day from which."""

    class Why:
        MISSING = "missing"
        ENDED = "ended"
        ENDING = "ending"
        NEW_CONGRESS = "new_congress"

    why: str
    kind: str
    states: tuple[str, ...]
    on: date | None = None

    @property
    def kind_name(self) -> str:
        return str(Division.Kind(self.kind).label)


def last_loaded() -> dict[str, datetime]:
    """When each kind of data (`DataLoad.Kind`) was last loaded."""
    rows = DataLoad.objects.filter(finished_at__isnull=False).values("kind").annotate(last=Max("finished_at"))
    return {row["kind"]: row["last"] for row in rows}


def last_loads(now: datetime | None = None) -> list[LastLoad]:
    """The last load of each kind and source, by kind. What stands before the colon of `DataLoad.source` names it."""
    moment = now or timezone.now()
    latest: dict[tuple[str, str], int] = {}
    rows = DataLoad.objects.filter(finished_at__isnull=False).order_by("finished_at", "pk")
    for number, kind, source in rows.values_list("pk", "kind", "source"):
        # Files of outlines, streets and ZIP codes go by names of their own; the last of each kind stands for them.
        latest[(kind, source.partition(":")[0] if kind in _PEOPLE_KINDS else "")] = number
    confirmed = _confirmed()
    found = []
    for load in DataLoad.objects.filter(pk__in=latest.values()).order_by("kind", "source"):
        assert load.finished_at is not None  # noqa: S101 - asked for above
        checked = confirmed.get(load.source.partition(":")[0]) if load.kind in _PEOPLE_KINDS else None
        at = max(filter(None, [load.finished_at, checked]))
        is_old = load.kind in _PEOPLE_KINDS and moment - at > PEOPLE_GROW_OLD_AFTER
        found.append(LastLoad(load, at, is_old))
    return found


_PEOPLE_KINDS = {DataLoad.Kind.LEGISLATORS.value, DataLoad.Kind.COMMITTEES.value}


def _confirmed() -> dict[str, datetime]:
    """When a sync last had each source of people, as a whole or in one of its states."""
    found: dict[str, datetime] = {}
    for key, at in DataSource.objects.filter(succeeded_at__isnull=False).values_list("key", "succeeded_at"):
        name = key.partition(":")[0]
        if at is not None:
            found[name] = max(found.get(name, at), at)
    return found


def people_never_loaded() -> list[str]:
    """Sources that people in office came from without a load that is written down."""
    loaded = {row.load.source.partition(":")[0] for row in last_loads()}
    used = Official.objects.filter(retired_at__isnull=True, is_sample=False).values_list("source", flat=True).distinct()
    return sorted({str(source) for source in used} - loaded - {"", Official.Source.SAMPLE.value})


def plans(day: date | None = None) -> list[PlanRow]:
    """The plans in force on the day or later, those of the same kind, name and dates in one row."""
    today = day or timezone.localdate()
    groups: dict[tuple[object, ...], list[BoundarySet]] = defaultdict(list)
    for one in BoundarySet.objects.select_related("jurisdiction").order_by("kind", "plan", "jurisdiction__name"):
        if one.valid_to is None or one.valid_to > today:
            groups[(one.kind, one.plan, one.valid_from, one.valid_to, one.accuracy_metres)].append(one)
    return [
        PlanRow(
            kind=members[0].kind,
            plan=members[0].plan,
            valid_from=members[0].valid_from,
            valid_to=members[0].valid_to,
            accuracy_metres=members[0].accuracy_metres,
            states=tuple(one.jurisdiction.name for one in members),
            loaded_at=min(one.loaded_at for one in members),
        )
        for members in groups.values()
    ]


def congress_began(day: date) -> date:
    """When the Congress of the day began: 3 January of an odd year (20th Amendment)."""
    year = day.year if day.year % 2 else day.year - 1
    return date(year, 1, 3) if date(year, 1, 3) <= day else date(year - 2, 1, 3)


def old_outlines(day: date | None = None) -> list[OldOutlines]:
    """Chambers with members whose outlines are missing, over, about to be, or from before the present Congress."""
    today = day or timezone.localdate()
    sets: dict[tuple[int, str], list[BoundarySet]] = defaultdict(list)
    for one in BoundarySet.objects.all():
        sets[(one.jurisdiction_id, one.kind)].append(one)
    rows = seats.current_terms(today).exclude(chamber=Term.Chamber.US_SENATE).values_list(
        "division__jurisdiction_id", "division__jurisdiction__name", "chamber"
    )  # fmt: skip
    groups: dict[tuple[str, str, date | None], list[str]] = defaultdict(list)
    for number, name, chamber in sorted(set(rows), key=lambda row: row[1]):
        kind = KIND_OF_CHAMBER[Term.Chamber(chamber)]
        why = _trouble(sets[(number, kind)], kind, today)
        if why is not None:
            groups[(why[0], kind, why[1])].append(name)
    return [OldOutlines(why, kind, tuple(states), on) for (why, kind, on), states in groups.items()]


def _trouble(sets: Iterable[BoundarySet], kind: str, today: date) -> tuple[str, date | None] | None:
    known = list(sets)
    if not known:
        return OldOutlines.Why.MISSING, None
    if not _in_force(known, today):
        return OldOutlines.Why.ENDED, max((one.valid_to for one in known if one.valid_to), default=None)
    ends = [one.valid_to for one in known if one.valid_to and today < one.valid_to <= today + AHEAD]
    if ends and not _in_force(known, max(ends)):
        return OldOutlines.Why.ENDING, max(ends)
    began = congress_began(today)
    if kind == Division.Kind.CONGRESS and all(_newest(one) < began for one in _in_force(known, today)):
        return OldOutlines.Why.NEW_CONGRESS, began
    return None


def _in_force(sets: Iterable[BoundarySet], day: date) -> list[BoundarySet]:
    return [
        one
        for one in sets
        if (one.valid_from is None or one.valid_from <= day) and (one.valid_to is None or one.valid_to > day)
    ]


def _newest(one: BoundarySet) -> date:
    """The last day on which somebody knew these outlines to be right."""
    return max(filter(None, [one.valid_from, timezone.localdate(one.loaded_at)]))
