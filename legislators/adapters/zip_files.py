"""Reads which ZIP codes touch which districts from CSV."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from legislators.adapters import source_files
from legislators.adapters.source_files import UnreadableSourceError

#: us-zipcodes-congress' `zccd.csv`, and the plain form for any other kind of district.
_CONGRESS_COLUMNS = {"state_abbr", "zcta", "cd"}
_DIVISION_COLUMNS = {"zip_code", "division"}


@dataclass(frozen=True, slots=True)
class ZipRow:
    """Either a `division` by OCD id, or a congressional `district` of a state ("0" is at large)."""

    where: str
    zip_code: str
    division: str = ""
    state: str = ""
    district: str = ""


def read(path: Path) -> Iterator[ZipRow]:
    """Every row of the file.

    :raises UnreadableSourceError: naming the line, where one is malformed or cut off.
    """
    files = list(source_files.read(path, lambda name: name.name == "zccd.csv" or name.suffix == ".csv"))
    if len(files) != 1:
        raise UnreadableSourceError(f"{path}: one CSV file is wanted, {len(files)} are there")
    file = files[0]
    content = file.text()
    if not content.endswith("\n"):
        line = content.count("\n") + 1
        raise UnreadableSourceError(f"{file.name}: line {line} does not end with a line break; is it half written?")
    reader = csv.DictReader(io.StringIO(content, newline=""))
    columns = set(reader.fieldnames or ())
    if not columns >= _CONGRESS_COLUMNS and not columns >= _DIVISION_COLUMNS:
        raise UnreadableSourceError(f"{file.name}: line 1 names neither state_abbr, zcta, cd nor zip_code, division")
    try:
        for row in reader:
            yield _row(row, f"{file.name} line {reader.line_num}")
    except csv.Error as error:
        raise UnreadableSourceError(f"{file.name}: line {reader.line_num} is not CSV ({error})") from None


def _row(row: dict[str, str], where: str) -> ZipRow:
    zip_code = (row.get("zcta") or row.get("zip_code") or "").strip()
    if not re.fullmatch(r"\d{5}", zip_code, re.ASCII):
        raise UnreadableSourceError(f"{where}: {zip_code[:20]!r} is no ZIP code")
    division = (row.get("division") or "").strip()
    if division:
        return ZipRow(where, zip_code, division=division)
    state, district = (row.get("state_abbr") or "").strip().lower(), (row.get("cd") or "").strip()
    if not re.fullmatch(r"[a-z]{2}", state) or not re.fullmatch(r"\d{1,2}", district, re.ASCII):
        raise UnreadableSourceError(f"{where}: not a state and the number of a congressional district")
    return ZipRow(where, zip_code, state=state, district=district)
