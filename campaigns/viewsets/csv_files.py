"""Tables that staff take with them."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from home.engine.spreadsheets import safe_cell


def as_csv(name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A file that a spreadsheet reads as UTF-8, and in which nothing is taken for a formula."""
    # The mark at the beginning has Excel read the file as UTF-8.
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(response)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([safe_cell(cell) if isinstance(cell, str) else cell for cell in row])
    return response
