"""Brings street ranges in line with the Census's address range files, county by county."""

import re
from collections import Counter, defaultdict
from pathlib import Path

from django.db import transaction

from legislators.adapters import street_files
from legislators.adapters.source_files import UnreadableSourceError
from legislators.adapters.street_files import StreetSide
from legislators.engine.people import Refusal
from legislators.engine.states import STATES, STATES_BY_FIPS
from legislators.engine.street_ranges import Segment
from legislators.records.jurisdictions import Jurisdiction
from legislators.records.loads import DataLoad
from legislators.records.places import StreetRange
from legislators.services import jurisdictions, loading
from legislators.services.loading import LoadError, LoadReport, Progress

_Row = tuple[str, str, int, int, str, float, float, float, float]


def load(*, path: Path, state: str = "", progress: Progress = loading.silent) -> LoadReport:
    """Loads address ranges from ADDRFEAT shapefiles; all of it or nothing. A file replaces its own county only.

    :param state: two-letter code, for files whose name does not carry the state.
    :raises LoadError: with nothing changed.
    """
    report = LoadReport()
    progress(f"Reading {path} …")
    files: dict[str, set[_Row]] = defaultdict(set)
    unusable: Counter[tuple[str, str]] = Counter()
    try:
        for count, side in enumerate(street_files.read(path), start=1):
            if count % 20_000 == 0:
                progress(f"{count} sides of blocks …")
            if isinstance(side, StreetSide):
                files[side.source].update(_row(side, segment) for segment in side.segments)
            else:
                unusable[(side.where.split(" feature ")[0], side.why)] += 1
    except UnreadableSourceError as error:
        raise LoadError(str(error)) from None
    report.refused += [Refusal(where, f"{why} ({count} sides of blocks)") for (where, why), count in unusable.items()]
    if not files:
        raise LoadError(f"{path}: no address range is in there")
    _store(files, state, path.name, report, progress)
    return report


def _row(side: StreetSide, segment: Segment) -> _Row:
    return (
        side.street_key,
        side.zip_code,
        segment.low_number,
        segment.high_number,
        segment.parity,
        *segment.low_end,
        *segment.high_end,
    )


def _jurisdiction(source: str, state: str) -> Jurisdiction:
    """From `tl_2024_25017_addrfeat`, or from what the person who loads said."""
    found = re.search(r"_(\d{2})\d{3}_", source)
    named = STATES_BY_FIPS.get(found[1]) if found else None
    code = named.code if named else state
    if not code or (state and code != state):
        raise LoadError(f"{source}: not a file of {state.upper() or 'a known state'}; say --state if its name has none")
    try:
        return jurisdictions.ensure(code=code)
    except jurisdictions.UnknownStateError as error:
        raise LoadError(str(error)) from None


@transaction.atomic
def _store(files: dict[str, set[_Row]], state: str, label: str, report: LoadReport, progress: Progress) -> None:
    for source, wanted in sorted(files.items()):
        jurisdiction = _jurisdiction(source, state)
        known: dict[_Row, int] = {}
        for row in StreetRange.objects.filter(jurisdiction=jurisdiction, source=source[:100]).iterator(2000):
            known[_stored_row(row)] = row.pk
        gone = [number for row, number in known.items() if row not in wanted]
        for start in range(0, len(gone), 500):
            StreetRange.objects.filter(pk__in=gone[start : start + 500]).delete()
        added = [_record(jurisdiction, source, row) for row in sorted(wanted - known.keys())]
        StreetRange.objects.bulk_create(added, batch_size=1000)
        report.added += len(added)
        report.retired += len(gone)
        report.unchanged += len(wanted) - len(added)
        progress(f"{STATES[jurisdiction.code].name if jurisdiction.code in STATES else jurisdiction.name}: {source}.")
    loading.record(report, kind=DataLoad.Kind.STREETS, source=label)


def _stored_row(row: StreetRange) -> _Row:
    return (
        row.street_key,
        row.zip_code,
        row.low_number,
        row.high_number,
        row.parity,
        row.low_longitude,
        row.low_latitude,
        row.high_longitude,
        row.high_latitude,
    )


def _record(jurisdiction: Jurisdiction, source: str, row: _Row) -> StreetRange:
    key, zip_code, low, high, parity, low_longitude, low_latitude, high_longitude, high_latitude = row
    return StreetRange(
        jurisdiction=jurisdiction,
        source=source[:100],
        street_key=key,
        zip_code=zip_code,
        low_number=low,
        high_number=high,
        parity=parity,
        low_longitude=low_longitude,
        low_latitude=low_latitude,
        high_longitude=high_longitude,
        high_latitude=high_latitude,
    )
