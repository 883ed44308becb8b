"""The rows of a table as the database gave them, and the statement that puts them back."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

#: An INSERT for a table, and what stood in it.
Rows = tuple[str, list[tuple[Any, ...]]]


def note(table: str) -> Rows:
    name = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {name}")
        columns = [connection.ops.quote_name(column[0]) for column in cursor.description]
        places = ", ".join(["%s"] * len(columns))
        return f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({places})", cursor.fetchall()


def put_back(noted: Iterable[Rows]) -> None:
    with connection.cursor() as cursor:
        for statement, rows in noted:
            cursor.executemany(statement, rows)
