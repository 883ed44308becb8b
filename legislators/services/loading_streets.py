"""Brings street ranges in line with the Census's address range files, county by county."""

import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import IO

from django.db import connection, transaction

from legislators.adapters import street_files
from legislators.adapters.source_files import UnreadableSourceError
from legislators.adapters.street_files import StreetSide
from legislators.engine.people import Refusal
from legislators.engine.states import STATES_BY_FIPS
from legislators.engine.street_ranges import Segment
from legislators.records.jurisdictions import Jurisdiction
from legislators.records.loads import DataLoad
from legislators.records.places import StreetRange
from legislators.services import jurisdictions, loading
from legislators.services.loading import LoadError, LoadReport, Progress

#: Street, ZIP, low and high number, parity, and the longitude and latitude of both ends.
_Row = tuple[str, str, int, int, str, float, float, float, float]
_FIELDS = (
    "street_key", "zip_code", "low_number", "high_number", "parity",
    "low_longitude", "low_latitude", "high_longitude", "high_latitude",
)  # fmt: skip
#: Some millimetres: what is stored is what is read again, on every database.
_DECIMALS = 7
_BATCH_ROWS = 2000
_PROGRESS_SIDES = 20_000


def load(*, path: Path, state: str = "", progress: Progress = loading.silent) -> LoadReport:
    """Loads address ranges from ADDRFEAT shapefiles; all of it or nothing. A file replaces its own county only.

    The files are read into a temporary one first, so that nobody waits for the database while they are understood,
    and what is in memory at a time is a county's file and one number for each of its ranges.

    :param state: two-letter code, for files whose name does not carry the state.
    :raises LoadError: with nothing changed.
    """
    report = LoadReport()
    progress(f"Reading {path} …")
    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
        _read(path, spool, report, progress)
        spool.seek(0)
        _store(_batches(spool), state, path.name, report, progress)
    return report


def _read(path: Path, spool: IO[str], report: LoadReport, progress: Progress) -> None:
    """Writes `[source, rows]` line by line; counts what cannot be used."""
    unusable: Counter[tuple[str, str]] = Counter()
    source, rows, finished = "", list[_Row](), set[str]()

    def write() -> None:
        if rows:
            spool.write(json.dumps([source, rows]) + "\n")
            rows.clear()

    try:
        for count, side in enumerate(street_files.read(path), start=1):
            if count % _PROGRESS_SIDES == 0:
                progress(f"{count} sides of blocks …")
            if not isinstance(side, StreetSide):
                unusable[(side.where.split(" feature ")[0], side.why)] += 1
                continue
            if side.source != source:
                write()
                finished.add(source)
                source = side.source
                if source in finished:
                    raise LoadError(f"{path}: there are two files called {source}")
            rows += [_row(side, segment) for segment in side.segments]
            if len(rows) >= _BATCH_ROWS:
                write()
    except UnreadableSourceError as error:
        raise LoadError(str(error)) from None
    write()
    report.refused += [Refusal(where, f"{why} ({count} sides of blocks)") for (where, why), count in unusable.items()]
    if not source:
        raise LoadError(f"{path}: no address range is in there")


def _batches(spool: Iterable[str]) -> Iterator[tuple[str, list[_Row]]]:
    for line in spool:
        source, rows = json.loads(line)
        yield source, [tuple(row) for row in rows]


def _row(side: StreetSide, segment: Segment) -> _Row:
    west, south, east, north = (round(one, _DECIMALS) for one in (*segment.low_end, *segment.high_end))
    numbers = (segment.low_number, segment.high_number, segment.parity)
    return (side.street_key, side.zip_code, *numbers, west, south, east, north)


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
def _store(
    batches: Iterator[tuple[str, list[_Row]]], state: str, label: str, report: LoadReport, progress: Progress
) -> None:
    for source, group in groupby(batches, key=lambda batch: batch[0]):
        jurisdiction = _jurisdiction(source, state)
        added, retired, unchanged = _store_county(jurisdiction, source, (rows for _, rows in group))
        report.added += added
        report.retired += retired
        report.unchanged += unchanged
        progress(f"{jurisdiction.name}: {source}: {added} added, {retired} retired, {unchanged} unchanged.")
    if not report.added and not report.retired:
        report.notes.append("Nothing differs from what was loaded before.")
    loading.record(report, kind=DataLoad.Kind.STREETS, source=label)


def _store_county(jurisdiction: Jurisdiction, source: str, batches: Iterable[list[_Row]]) -> tuple[int, int, int]:
    """How many ranges were added, taken away, and left as they were. Rows are told apart by their hashes alone."""
    stored = StreetRange.objects.filter(jurisdiction=jurisdiction, source=source[:100])
    known = {hash(row[1:]): row[0] for row in stored.values_list("pk", *_FIELDS).iterator(_BATCH_ROWS)}
    seen: set[int] = set()
    added = unchanged = 0
    for rows in batches:
        new = []
        for row in rows:
            mark = hash(row)
            if mark in seen:
                continue
            seen.add(mark)
            if known.pop(mark, None) is None:
                new.append(row)
            else:
                unchanged += 1
        _insert(jurisdiction, source, new)
        added += len(new)
    gone = list(known.values())
    for start in range(0, len(gone), loading.BATCH_ROWS):
        StreetRange.objects.filter(pk__in=gone[start : start + loading.BATCH_ROWS]).delete()
    return added, len(gone), unchanged


def _insert(jurisdiction: Jurisdiction, source: str, rows: list[_Row]) -> None:
    """As `bulk_create` does, ten times as fast: on SQLite nobody else may write for as long as it takes."""
    columns = ("jurisdiction_id", "source", "city", *_FIELDS)
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    table = connection.ops.quote_name(StreetRange._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(columns))})",  # noqa: S608 - names of ours
            [(jurisdiction.pk, source[:100], "", *row) for row in rows],
        )
