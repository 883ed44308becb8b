"""A count does not hold a visitor up; what is stored for them waits for the disk as before."""

from datetime import datetime

import pytest
from django.db import connection

from campaigns.services import attempts

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite is told when to wait for the disk"),
]


def _synchronous() -> int:
    with connection.cursor() as cursor:
        return int(cursor.execute("PRAGMA synchronous").fetchone()[0])


def test_only_the_count_itself_does_not_wait() -> None:
    full, during = 2, []
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA synchronous={full}")

    def watched(execute, sql, params, many, context):
        if sql.startswith("INSERT"):
            during.append(_synchronous())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watched):
        counts = attempts.count(seen={attempts.PERSON: "maria@clinic.example"})

    assert during == [1]
    assert _synchronous() == full
    assert counts[attempts.PERSON].this_hour == 1


def test_a_count_that_fails_leaves_the_database_as_careful_as_it_was() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=2")
    with pytest.raises(Exception, match="time zone|NOT NULL|datetime"):
        attempts._add({attempts.PERSON: None}, datetime(2027, 1, 1, tzinfo=None))  # type: ignore[dict-item]
    assert _synchronous() == 2
