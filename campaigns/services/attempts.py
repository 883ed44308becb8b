"""Counts how often something was seen, by the hour, under keyed hashes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from campaigns.engine.networks import keyed_hash
from campaigns.records.protection import Attempt

NETWORK, PERSON, ADDRESS, CHECK, LOOKUP = "network", "person", "address", "check", "lookup"
#: Limits look back for a day; what is older counts nothing.
KEPT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Counts:
    this_hour: int = 0
    today: int = 0


def count(*, seen: Mapping[str, str], now: datetime | None = None) -> dict[str, Counts]:
    """Counts each once more, in one statement; how often it was seen, this time included, by scope.

    "Today" is the hour that has begun and the 23 before it. Two who count at once are both counted.

    :param seen: what was seen by its scope, in clear: only a keyed hash of it is kept. Nothing is counted for "".
    """
    now = now or timezone.now()
    keys = {scope: keyed_hash(scope, text) for scope, text in seen.items() if text}
    if not keys:
        return {scope: Counts() for scope in seen}
    hour = now.replace(minute=0, second=0, microsecond=0)
    _add(keys, hour)
    found = _read(keys, hour)
    return {scope: found.get(scope, Counts()) for scope in seen}


def forget(*, now: datetime | None = None) -> int:
    """Deletes counts that no limit looks at any more; says how many."""
    before = (now or timezone.now()) - KEPT
    return Attempt.objects.filter(hour__lt=before).delete()[0]


def _add(keys: Mapping[str, str], hour: datetime) -> None:
    """Django has no upsert that adds to what is there; both databases write it the same way."""
    # In one order, so that two statements never wait for each other's rows.
    rows = sorted(keys.items())
    values = ", ".join(["(%s, %s, %s, 1)"] * len(rows))
    names = _names()
    # Quoted names of our own model and placeholders, nothing that anybody typed.
    statement = (
        f"INSERT INTO {names['table']} ({names['scope']}, {names['key']}, {names['hour']}, {names['count']}) "  # noqa: S608
        f"VALUES {values} ON CONFLICT ({names['scope']}, {names['key']}, {names['hour']}) "
        f"DO UPDATE SET {names['count']} = {names['table']}.{names['count']} + 1"
    )
    with _without_waiting_for_the_disk(), connection.cursor() as cursor:
        cursor.execute(statement, [value for scope, key in rows for value in (scope, key, _stored(hour))])


@contextmanager
def _without_waiting_for_the_disk() -> Iterator[None]:
    """A power cut may take the counts of its last moment: nobody needs them, and a person is waiting.

    SQLite waits for the disk once for each commit. Inside a transaction its commit decides, and how cannot be changed.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        before = cursor.fetchone()[0]
        cursor.execute("PRAGMA synchronous=NORMAL")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA synchronous={int(before)}")


def _read(keys: Mapping[str, str], hour: datetime) -> dict[str, Counts]:
    """Each form that is sent waits for this; Django would take three times as long to write the same statement."""
    names = _names()
    chosen = " OR ".join([f"({names['scope']} = %s AND {names['key']} = %s)"] * len(keys))
    # As above.
    statement = (
        f"SELECT {names['scope']}, SUM(CASE WHEN {names['hour']} = %s THEN {names['count']} ELSE 0 END), "  # noqa: S608
        f"SUM({names['count']}) FROM {names['table']} WHERE ({chosen}) "
        f"AND {names['hour']} > %s AND {names['hour']} <= %s GROUP BY {names['scope']}"
    )
    pairs = [value for pair in keys.items() for value in pair]
    with connection.cursor() as cursor:
        cursor.execute(statement, [_stored(hour), *pairs, _stored(hour - timedelta(days=1)), _stored(hour)])
        return {scope: Counts(int(this_hour), int(today)) for scope, this_hour, today in cursor.fetchall()}


def _names() -> dict[str, str]:
    """The table and its columns as the database wants them quoted."""
    quote = connection.ops.quote_name
    return {"table": quote(Attempt._meta.db_table), **{name: quote(name) for name in ("scope", "key", "hour", "count")}}


def _stored(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)
