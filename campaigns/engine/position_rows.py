"""A table of officials' positions as staff bring it from elsewhere: read whole, with every mistake by its line."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

MOST_ROWS = 5000
NAME, SOURCE_ID, POSITION, COSPONSOR, SOURCE, NOTED_ON = (
    "name",
    "source_id",
    "position",
    "cosponsor",
    "source",
    "noted_on",
)
COLUMNS = (NAME, SOURCE_ID, POSITION, COSPONSOR, SOURCE, NOTED_ON)
_YES, _NO = {"yes", "y", "true", "1", "x", "sí", "si"}, {"no", "n", "false", "0"}
_DAYS = ("%Y-%m-%d", "%m/%d/%Y")
_SOURCE_LENGTH = 300


class Mistake(Enum):
    """What is wrong with a line; the words for each are with the form."""

    NO_ROWS = "no_rows"
    TOO_MANY = "too_many"
    NO_OFFICIAL_COLUMN = "no_official_column"
    NO_OFFICIAL = "no_official"
    UNKNOWN_OFFICIAL = "unknown_official"
    SEVERAL_OFFICIALS = "several_officials"
    TWICE = "twice"
    POSITION = "position"
    COSPONSOR = "cosponsor"
    NOTED_ON = "noted_on"
    SOURCE = "source"
    COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class LineError:
    #: As a spreadsheet counts them: the headings are line 1.
    line: int
    mistake: Mistake
    #: What stands there, cut short.
    value: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One official; None where a cell is empty, which keeps what is noted already."""

    line: int
    name: str = ""
    source_id: str = ""
    position: str | None = None
    is_cosponsor: bool | None = None
    source: str | None = None
    noted_on: date | None = None


def parse(text: str, *, positions: Mapping[str, str]) -> tuple[list[Row], list[LineError]]:
    """Every row that names an official, and what is wrong with these and with the others.

    :param text: separated by commas, semicolons or tabs, with the names of the columns in the first line.
    :param positions: the words that may stand for a position, in lower case, and what is stored for each.
    """
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), dialect=_dialect(text), restkey="more", restval="")
    try:
        headings = [_heading(name) for name in reader.fieldnames or ()]
        if not {NAME, SOURCE_ID}.intersection(headings):
            return [], [LineError(1, Mistake.NO_OFFICIAL_COLUMN)]
        reader.fieldnames = headings
        rows: list[Row] = []
        errors: list[LineError] = []
        for cells in reader:
            row, found = _row(reader.line_num, cells, positions)
            errors += found
            if row and (row.name or row.source_id):
                rows.append(row)
            if max(len(rows), len(errors)) > MOST_ROWS:
                return [], [LineError(reader.line_num, Mistake.TOO_MANY)]
    except csv.Error:
        return [], [LineError(reader.line_num + 1, Mistake.COLUMNS)]
    return rows, errors or ([] if rows else [LineError(1, Mistake.NO_ROWS)])


def _dialect(text: str) -> type[csv.Dialect]:
    first = text.partition("\n")[0]

    class Found(csv.excel):
        delimiter = max(",;\t", key=first.count)
        strict = True

    return Found


def _heading(name: str) -> str:
    return "_".join(name.strip().casefold().replace("-", " ").split())


def _row(
    line: int, cells: Mapping[str, str | list[str]], positions: Mapping[str, str]
) -> tuple[Row | None, list[LineError]]:
    given = {name: " ".join(cell.split()) for name, cell in cells.items() if isinstance(cell, str)}
    if not any(given.values()):
        return None, []
    errors: list[LineError] = []

    def wrong(mistake: Mistake, column: str) -> None:
        errors.append(LineError(line, mistake, given.get(column, "")[:60]))

    if any(isinstance(cell, list) for cell in cells.values()):
        errors.append(LineError(line, Mistake.COLUMNS))
    name, source_id = given.get(NAME, ""), given.get(SOURCE_ID, "")
    if not (name or source_id):
        wrong(Mistake.NO_OFFICIAL, NAME)
    position = given.get(POSITION, "").casefold()
    if position and position not in positions:
        wrong(Mistake.POSITION, POSITION)
    cosponsor = given.get(COSPONSOR, "").casefold()
    if cosponsor and cosponsor not in _YES | _NO:
        wrong(Mistake.COSPONSOR, COSPONSOR)
    noted_on = _day(given.get(NOTED_ON, ""))
    if given.get(NOTED_ON) and noted_on is None:
        wrong(Mistake.NOTED_ON, NOTED_ON)
    source = given.get(SOURCE, "")
    if len(source) > _SOURCE_LENGTH:
        wrong(Mistake.SOURCE, SOURCE)
    row = Row(
        line=line,
        name=name,
        source_id=source_id,
        position=positions.get(position),
        is_cosponsor=cosponsor in _YES if cosponsor else None,
        source=source or None,
        noted_on=noted_on,
    )
    return row, errors


def _day(text: str) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
