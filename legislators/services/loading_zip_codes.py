"""Brings the table of ZIP codes and districts in line with a file."""

from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from legislators.adapters import zip_files
from legislators.adapters.source_files import UnreadableSourceError
from legislators.adapters.zip_files import ZipRow
from legislators.engine.people import Refusal
from legislators.engine.states import STATES
from legislators.records.divisions import Division
from legislators.records.loads import DataLoad
from legislators.records.places import ZipDivision
from legislators.services import jurisdictions, loading
from legislators.services.loading import LoadError, LoadReport, Progress


def load(*, path: Path, state: str = "", progress: Progress = loading.silent) -> LoadReport:
    """Loads which districts a ZIP code touches; all of it or nothing.

    :param state: only this state's rows.
    :raises LoadError: with nothing changed.
    """
    progress(f"Reading {path} …")
    try:
        rows = [row for row in zip_files.read(path) if not state or _state_of(row) == state]
    except UnreadableSourceError as error:
        raise LoadError(str(error)) from None
    if not rows:
        raise LoadError(f"{path}: no row{f' of {state}' if state else ''} is in there")
    progress(f"{len(rows)} rows read.")
    return apply(rows=rows, source=path.stem, state=state)


def _state_of(row: ZipRow) -> str:
    return row.state or row.division.removeprefix("ocd-division/country:us/").partition("/")[0].partition(":")[2]


@transaction.atomic
def apply(*, rows: Iterable[ZipRow], source: str, state: str = "") -> LoadReport:
    """Stores the rows as all that this source knows, of one state or of all, and writes the run down."""
    report = LoadReport()
    rows = list(rows)
    divisions = _divisions(rows)
    wanted: set[tuple[str, int]] = set()
    for row in rows:
        division = divisions.get(_ocd_id(row))
        if division is None:
            why = f"no division {row.division}" if row.division else f"no congressional district {row.district}"
            report.refused.append(Refusal(row.where, f"{row.zip_code}: {why} in {_state_of(row).upper()!r}"))
        else:
            wanted.add((row.zip_code, division))
    _store(wanted, source[:100], state, report)
    loading.record(report, kind=DataLoad.Kind.ZIP_CODES, source=source)
    return report


def _divisions(rows: Iterable[ZipRow]) -> dict[str, int]:
    states = sorted({_state_of(row) for row in rows})
    for code in states:
        if code in STATES:
            jurisdictions.ensure(code=code)
    found = Division.objects.filter(jurisdiction__code__in=states)
    return dict(found.values_list("ocd_id", "pk"))


def _ocd_id(row: ZipRow) -> str:
    if row.division:
        return row.division
    state = STATES.get(row.state)
    prefix = state.division_id if state else f"ocd-division/country:us/state:{row.state}"
    # 98 is how the Census numbers a delegate's district.
    name = "at-large" if int(row.district) in (0, 98) else str(int(row.district))
    return f"{prefix}/cd:{name}"


def _store(wanted: set[tuple[str, int]], source: str, state: str, report: LoadReport) -> None:
    everything = ZipDivision.objects.all()
    if state:
        everything = everything.filter(division__jurisdiction__code=state)
    known = {(row.zip_code, row.division_id): row for row in everything}
    gone = [row.pk for key, row in known.items() if key not in wanted and row.source == source]
    added = [
        ZipDivision(zip_code=zip_code, division_id=number, source=source)
        for zip_code, number in sorted(wanted)
        if (zip_code, number) not in known
    ]
    for start in range(0, len(gone), 500):
        ZipDivision.objects.filter(pk__in=gone[start : start + 500]).delete()
    ZipDivision.objects.bulk_create(added, batch_size=1000)
    report.added, report.retired = len(added), len(gone)
    report.unchanged = len(wanted) - len(added)
    if len(gone) * 2 > len(wanted) + len(gone) and len(gone) > 100:
        raise LoadError(f"{len(gone)} rows are missing from this file; is it half of one?")
