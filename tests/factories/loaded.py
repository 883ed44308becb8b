"""What a loader of the legislators wrote, noted as rows, so that a process needs to load it once."""

from typing import Any

from django.apps import apps
from django.core.serializers import sort_dependencies
from django.db import connection, models

#: An INSERT for each table, and the rows as the database gave them.
Rows = list[tuple[str, list[tuple[Any, ...]]]]


def tables() -> list[type[models.Model]]:
    everything = sort_dependencies([(apps.get_app_config("legislators"), None)])
    # Not the page on which visitors look.
    return [table for table in everything if not table._meta.parents]


def can_be_put_back() -> bool:
    """Only SQLite takes back what it gave as it is; and beside other rows only the loaders know what to add."""
    return connection.vendor == "sqlite" and not any(table._base_manager.exists() for table in tables())


def note() -> Rows:
    return [_note(table._meta.db_table) for table in tables()]


def put_back(noted: Rows) -> None:
    with connection.cursor() as cursor:
        for statement, rows in noted:
            cursor.executemany(statement, rows)


def _note(table: str) -> tuple[str, list[tuple[Any, ...]]]:
    name = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {name}")
        columns = [connection.ops.quote_name(column[0]) for column in cursor.description]
        places = ", ".join(["%s"] * len(columns))
        return f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({places})", cursor.fetchall()
