"""Keeps who is elected where in this process's memory, and notices when the data has changed."""

import threading
import time
from collections import OrderedDict
from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from legislators.engine.atlas import Day, DivisionFacts, Facts, OutlineFacts, PlanFacts, StateFacts, TermFacts
from legislators.engine.collecting import without_collecting
from legislators.engine.outlines import OutlineIndex, OutlineStore
from legislators.records.divisions import Boundary, BoundarySet, Division
from legislators.records.jurisdictions import Jurisdiction
from legislators.records.loads import DataLoad
from legislators.records.officials import Term
from legislators.records.places import ZipDivision

#: Today, and what somebody asks about tomorrow or the day after an election.
_MOST_DAYS = 4

#: The last run of a loader: any that changed something wrote one down.
Version = tuple[int, datetime | None]


class AtlasDay(Day):
    """One day, with the outlines that are asked on it."""

    def __init__(self, atlas: "Atlas", on: date) -> None:
        super().__init__(atlas.facts, on)
        self.atlas = atlas
        self._index: OutlineIndex | None = None

    @property
    def index(self) -> OutlineIndex:
        if self._index is None:
            self._index = OutlineIndex(self.atlas.store, self.facts.outlines, self.places)
        return self._index


class Atlas:
    """All that a look-up needs. Outlines and ZIP codes are read when they are first asked for, state by state."""

    def __init__(self, version: Version, known: "Atlas | None" = None) -> None:
        """Reads the facts in a handful of queries; lines of unchanged plans are taken over from an earlier atlas."""
        self.version = version
        #: Changes when street ranges are loaded: a geocoder of our own may then know more.
        self.streets_version = (
            DataLoad.objects.filter(kind=DataLoad.Kind.STREETS).order_by("-pk").values_list("pk", flat=True).first()
            or 0
        )
        with without_collecting():
            self.facts = _facts()
        self.store: OutlineStore = OutlineStore(self.facts.outlines, _read_outlines, known.store if known else None)
        #: The day in the site's own time zone when somebody last looked at the clock; see `today`.
        self.date = timezone.localdate(timezone=timezone.get_default_timezone())
        self._days: OrderedDict[date, AtlasDay] = OrderedDict()
        self._zips: dict[str, dict[str, tuple[int, ...]]] = {}
        self._lock = threading.Lock()

    def on(self, day: date) -> AtlasDay:
        """What counts on a day: plans and terms change by themselves at midnight."""
        found = self._days.get(day)
        if found is None:
            with self._lock:
                found = self._days.setdefault(day, AtlasDay(self, day))
                while len(self._days) > _MOST_DAYS:
                    self._days.popitem(last=False)
        return found

    def divisions_of_zip(self, state: str, zip_code: str) -> tuple[int, ...]:
        """Numbers of the state's divisions that a ZIP code is known to touch."""
        known = self._zips.get(state)
        if known is None:
            known = self._zips[state] = _zips(state)
        return known.get(zip_code, ())


_lock = threading.RLock()
_held: Atlas | None = None
_check_at = 0.0


def current() -> Atlas:
    """The atlas of the data as it is now, or was a moment ago.

    Whether a loader has run since, in whatever process, is looked up every `settings.ATLAS_CHECK_SECONDS`. At 0
    nothing is kept from one question to the next: what tests want, which write rows without a loader.
    """
    global _held, _check_at
    held = _held
    if held is not None and time.monotonic() < _check_at:
        return held
    with _lock:
        seconds = settings.ATLAS_CHECK_SECONDS
        if seconds <= 0:
            return Atlas(_version())
        if _held is None or time.monotonic() >= _check_at:
            version = _version()
            if _held is None or _held.version != version:
                _held = Atlas(version, _held)
            _held.date = timezone.localdate(timezone=timezone.get_default_timezone())
            _check_at = time.monotonic() + seconds
        return _held


def on(day: date | None = None) -> AtlasDay:
    """What counts on a day; today, by the site's own clock, unless given."""
    atlas = current()
    return atlas.on(day or atlas.date)


def forget() -> None:
    """Has this process read everything anew with the next question; the others notice by themselves."""
    global _held, _check_at
    with _lock:
        _held, _check_at = None, 0.0


def _version() -> Version:
    last = DataLoad.objects.order_by("-pk").values_list("pk", "finished_at").first()
    return last or (0, None)


def _facts() -> Facts:
    states = {
        number: StateFacts(code, is_sample, tuple(prefixes))
        for number, code, is_sample, prefixes in Jurisdiction.objects.values_list(
            "pk", "code", "is_sample", "zip_prefixes"
        )
    }
    divisions = [
        DivisionFacts(number, ocd_id, states[state].code, kind, name, seats)
        for number, ocd_id, state, kind, name, seats in Division.objects.values_list(
            "pk", "ocd_id", "jurisdiction_id", "kind", "name", "seats"
        )
    ]
    plans = {
        row[0]: PlanFacts(row[0], states[row[1]].code, *row[2:])
        for row in BoundarySet.objects.values_list(
            "pk", "jurisdiction_id", "kind", "plan", "checksum", "valid_from", "valid_to", "accuracy_metres",
            "loaded_at",
        )
    }  # fmt: skip
    return Facts(
        states=states.values(), divisions=divisions, plans=plans.values(), outlines=_outlines(plans), terms=_terms()
    )


def _outlines(plans: dict[int, PlanFacts]) -> Iterable[OutlineFacts]:
    rows = Boundary.objects.order_by("pk").values_list(
        "pk", "boundary_set_id", "division_id", "geoid", "west", "south", "east", "north"
    )
    for number, plan_number, division, geoid, *box in rows:
        plan = plans.get(plan_number)
        if plan is None:
            # Loaded between two of these queries: the next look at the version brings it.
            continue
        west, south, east, north = box
        yield OutlineFacts(
            number=number,
            plan=plan_number,
            plan_checksum=plan.checksum,
            state=plan.state,
            kind=plan.kind,
            division=division,
            geoid=geoid,
            # Two seats on one outline have the same code: they are one answer, not a doubt.
            shape=geoid or f"#{number}",
            accuracy_metres=plan.accuracy_metres,
            box=(west, south, east, north),
        )


def _terms() -> Iterable[TermFacts]:
    rows = Term.objects.order_by("official__family_name", "official__name", "official_id").values_list(
        "official_id", "division_id", "chamber", "start", "end", "official__retired_at"
    )
    for official, division, chamber, start, end, retired_at in rows:
        retired_on = timezone.localtime(retired_at).date() if retired_at else None
        yield TermFacts(official, division, chamber, start, end, retired_on)


def _read_outlines(plans: Collection[int]) -> Iterable[tuple[int, bytes]]:
    rows = Boundary.objects.filter(boundary_set__in=plans).values_list("pk", "wkb")
    return ((number, bytes(wkb)) for number, wkb in rows)


def _zips(state: str) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    rows = ZipDivision.objects.filter(division__jurisdiction__code=state).order_by("division_id")
    for zip_code, division in rows.values_list("zip_code", "division_id"):
        found[zip_code] = (*found.get(zip_code, ()), division)
    return found
