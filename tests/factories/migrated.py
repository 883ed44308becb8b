"""What the migrations wrote, put back before each test with real transactions as the rows that it was."""

from typing import Any

from django.db import connection, transaction


class MigratedRows:
    """Takes the place of the JSON that Django would read again, object for object: on PostgreSQL a second each time."""

    def __init__(self) -> None:
        self._inserts: list[tuple[str, str, list[tuple[Any, ...]]]] = []
        with connection.cursor() as cursor:
            for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
                self._note(cursor, table)

    def _note(self, cursor: Any, table: str) -> None:
        name = connection.ops.quote_name(table)
        cursor.execute(f"SELECT * FROM {name}")
        if rows := cursor.fetchall():
            columns = ", ".join(connection.ops.quote_name(column[0]) for column in cursor.description)
            places = ", ".join(["%s"] * len(rows[0]))
            self._inserts.append((name, f"INSERT INTO {name} ({columns}) VALUES ({places})", rows))

    def put_back(self, _serialized: str) -> None:
        """Whatever stands in these tables, afterwards they hold what the migrations wrote and nothing else."""
        # Keys are checked at the end of the transaction, so that the order of the tables does not matter.
        with transaction.atomic(), connection.cursor() as cursor:
            for name, _, _ in self._inserts:
                cursor.execute(f"DELETE FROM {name}")
            for _, insert, rows in self._inserts:
                cursor.executemany(insert, rows)


def rows_deleted(
    style: Any, tables: list[str], *, reset_sequences: bool = False, allow_cascade: bool = False
) -> list[str]:
    """How the tables are emptied after such a test: TRUNCATE writes a new file for each of 200, DELETE none."""
    if reset_sequences:
        return type(connection.ops).sql_flush(
            connection.ops, style, tables, reset_sequences=True, allow_cascade=allow_cascade
        )
    return [f"DELETE FROM {connection.ops.quote_name(table)}" for table in tables]
