"""What the migrations wrote, put back before each test with real transactions as the rows that it was."""

from typing import Any

from django.db import connection, transaction

from tests.factories import rows


class MigratedRows:
    """Takes the place of the JSON that Django would read again, object for object: on PostgreSQL a second each time."""

    def __init__(self) -> None:
        names = connection.introspection.django_table_names(only_existing=True, include_views=False)
        noted = {name: rows.note(name) for name in names}
        self._noted = {name: (insert, found) for name, (insert, found) in noted.items() if found}

    def put_back(self, _serialized: str) -> None:
        """Whatever stands in these tables, afterwards they hold what the migrations wrote and nothing else."""
        # Keys are checked at the end of the transaction, so that the order of the tables does not matter.
        with transaction.atomic(), connection.cursor() as cursor:
            for name in self._noted:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")
            rows.put_back(self._noted.values())


def rows_deleted(
    style: Any, tables: list[str], *, reset_sequences: bool = False, allow_cascade: bool = False
) -> list[str]:
    """How the tables are emptied after such a test: TRUNCATE writes a new file for each of 200, DELETE none."""
    if reset_sequences:
        return type(connection.ops).sql_flush(
            connection.ops, style, tables, reset_sequences=True, allow_cascade=allow_cascade
        )
    return [f"DELETE FROM {connection.ops.quote_name(table)}" for table in tables]
