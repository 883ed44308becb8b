"""Brings the outlines of districting plans in line with a file."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from legislators.adapters import boundary_files, outline_spool
from legislators.adapters.outline_spool import OutlineSpool
from legislators.adapters.source_files import UnreadableSourceError
from legislators.engine.people import Refusal
from legislators.records.divisions import BoundarySet
from legislators.records.jurisdictions import Jurisdiction
from legislators.records.loads import DataLoad
from legislators.services import boundary_sets, jurisdictions, loading, reading_boundaries
from legislators.services.boundary_sets import SetRefusedError
from legislators.services.loading import LoadError, LoadReport, Progress
from legislators.services.reading_boundaries import OutlineSet, PlanDates, SetKey

__all__ = ["PlanDates", "load"]

#: What a file means also depends on how it is read: counted up when the rules of mapping or repairing change.
_RULES = 1


def load(
    *,
    path: Path,
    state: str = "",
    dates: PlanDates | None = None,
    accept_losses: bool = False,
    progress: Progress = loading.silent,
) -> LoadReport:
    """Loads district outlines from GeoJSON or shapefiles; all that can be read, or nothing.

    The whole source is read before anything is stored, so that damage anywhere in it changes nothing; meanwhile the
    outlines lie in a temporary file. A plan of a state that lost outlines is refused, and its old outlines are kept.

    :param state: only this state's, as a two-letter code.
    :param dates: name and dates of the plan, over what the file says.
    :param accept_losses: take plans with fewer districts than a state has, or than were loaded before.
    :raises LoadError: with nothing changed.
    """
    dates = dates or PlanDates()
    if dates.valid_from and dates.valid_to and dates.valid_to <= dates.valid_from:
        raise LoadError(f"a plan cannot end on {dates.valid_to} that begins on {dates.valid_from}")
    report = LoadReport()
    progress(f"Reading {path} …")
    try:
        fingerprint = _fingerprint(path, state, dates)
        earlier = _loaded_before(fingerprint)
        if earlier is not None:
            return _nothing_new(earlier, report, progress)
        with outline_spool.opened() as spool:
            sets = reading_boundaries.collect(
                boundary_files.read(path), spool=spool, state=state, dates=dates, report=report, progress=progress
            )
            if not sets:
                why = f" ({report.refused[0].where}: {report.refused[0].why})" if report.refused else ""
                raise LoadError(f"{path}: no district outline{f' of {state}' if state else ''} is in there{why}")
            run = _Run(spool, dates, path.name, fingerprint, accept_losses, report, progress)
            run.store(sets)
    except UnreadableSourceError as error:
        raise LoadError(str(error)) from None
    return report


def _fingerprint(path: Path, state: str, dates: PlanDates) -> str:
    rules = f"{_RULES} {version('openstates-metadata')}"
    content = boundary_files.fingerprint(path)
    return hashlib.sha256(repr((rules, content, state, dates)).encode()).hexdigest()


def _loaded_before(fingerprint: str) -> DataLoad | None:
    """The last run over the same file, if every outline of it is still here and comes from it."""
    earlier = DataLoad.objects.filter(kind=DataLoad.Kind.BOUNDARIES, checksum=fingerprint).first()
    if earlier is None:
        return None
    loaded = earlier.added + earlier.changed + earlier.unchanged
    sets = BoundarySet.objects.filter(file_checksum=fingerprint).annotate(outlines=Count("boundaries"))
    return earlier if loaded and sum(one.outlines for one in sets) == loaded else None


@transaction.atomic
def _nothing_new(earlier: DataLoad, report: LoadReport, progress: Progress) -> LoadReport:
    report.unchanged = earlier.added + earlier.changed + earlier.unchanged
    report.refused = [Refusal(one["where"], one["why"]) for one in earlier.refused]
    report.notes = list(earlier.notes)
    loading.record(report, kind=DataLoad.Kind.BOUNDARIES, source=earlier.source, checksum=earlier.checksum)
    progress(f"This is the file that was loaded on {timezone.localtime(earlier.started_at):%Y-%m-%d %H:%M}.")
    return report


class _Run:
    """One file's plans on their way into the tables."""

    def __init__(
        self,
        spool: OutlineSpool,
        dates: PlanDates,
        label: str,
        fingerprint: str,
        accept_losses: bool,
        report: LoadReport,
        progress: Progress,
    ) -> None:
        self.spool, self.dates, self.label, self.fingerprint = spool, dates, label, fingerprint
        self.accept_losses, self.report, self.progress = accept_losses, report, progress
        self._drawn_for_maps: dict[tuple[str, int], list[str]] = defaultdict(list)

    @transaction.atomic
    def store(self, sets: dict[SetKey, OutlineSet]) -> None:
        """All of them, and the run's record.

        :raises LoadError: where not one can be taken.
        """
        order = sorted(sets, key=lambda key: (key.state, key.kind, sets[key].plan.name))
        known: dict[str, Jurisdiction | None] = {}
        refused: list[Refusal] = []
        for place, key in enumerate(order, start=1):
            if key.state not in known:
                known[key.state] = self._jurisdiction(key.state, sets[key].outlines, refused)
            jurisdiction = known[key.state]
            if jurisdiction is None:
                continue
            try:
                self._store_one(jurisdiction, key, sets[key])
            except SetRefusedError as error:
                refused.append(Refusal(f"{jurisdiction.name}, {key.kind}, {key.plan}", str(error)))
                self.progress(f"[{place}/{len(order)}] {jurisdiction.name}: {key.kind} refused.")
                continue
            self.progress(
                f"[{place}/{len(order)}] {jurisdiction.name}: {len(sets[key].outlines)} outlines of {key.kind}, "
                f"{key.plan}."
            )
        self.report.refused += refused
        if len(refused) >= len(order) and not self.report.added + self.report.changed + self.report.unchanged:
            raise LoadError(f"{refused[0].where}: {refused[0].why}")
        self.report.notes += [
            f"{plan} is drawn for maps, up to {metres} m off ({', '.join(states)}): used only where no exact outlines "
            "are loaded, and then with a wide margin of doubt"
            for (plan, metres), states in self._drawn_for_maps.items()
        ]
        # Whoever was refused may be accepted next time, once what they were measured against has changed.
        checksum = "" if refused else self.fingerprint
        loading.record(self.report, kind=DataLoad.Kind.BOUNDARIES, source=self.label, checksum=checksum)

    def _jurisdiction(
        self, code: str, outlines: dict[str, reading_boundaries.Outline], refused: list[Refusal]
    ) -> Jurisdiction | None:
        try:
            return jurisdictions.ensure(code=code)
        except jurisdictions.UnknownStateError as error:
            refused.append(
                Refusal(_first(outlines.values()), f"{error}; none of its outlines belongs to a known state")
            )
            return None

    def _store_one(self, jurisdiction: Jurisdiction, key: SetKey, found: OutlineSet) -> None:
        boundary_sets.store(
            jurisdiction=jurisdiction,
            key=key,
            found=found,
            spool=self.spool,
            source=boundary_sets.Source(self.label, self.fingerprint, self.dates),
            accept_losses=self.accept_losses,
            report=self.report,
        )
        if found.plan.accuracy_metres:
            self._drawn_for_maps[(key.plan, found.plan.accuracy_metres)].append(jurisdiction.code.upper())


def _first(outlines: Iterable[reading_boundaries.Outline]) -> str:
    return next(iter(outlines)).where
