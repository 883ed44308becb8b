"""Counts how the geocoders fare, without ever standing in the way of a look-up."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from legislators.records.answers import GeocoderDay

logger = logging.getLogger(__name__)

#: A figure is not worth more waiting than this.
_LONGEST_WAIT_MILLISECONDS = 100


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question. `failure` is a sentence without any part of the address; empty is an answer."""

    geocoder: str
    seconds: float
    is_found: bool = False
    failure: str = ""


def record(outcomes: Sequence[Outcome]) -> None:
    """Adds them to the figures of today, at once or, inside a transaction, when it is committed.

    Where the database is locked or away the outcomes are not counted; that is no error.
    """
    if outcomes:
        transaction.on_commit(lambda: _write(outcomes), robust=True)


def _write(outcomes: Sequence[Outcome]) -> None:
    try:
        with _little_patience():
            for outcome in outcomes:
                _add(outcome)
    except DatabaseError as error:
        logger.info("How the geocoders fared was not counted (%s)", type(error).__name__)


def _add(outcome: Outcome) -> None:
    day = timezone.localdate()
    row = GeocoderDay.objects.filter(geocoder=outcome.geocoder[:40], day=day)
    failure = {"last_failure": outcome.failure[:200], "last_failed_at": timezone.now()} if outcome.failure else {}

    def add() -> int:
        return row.update(
            asked=F("asked") + 1,
            found=F("found") + int(outcome.is_found),
            failed=F("failed") + int(bool(outcome.failure)),
            milliseconds=F("milliseconds") + round(outcome.seconds * 1000),
            **failure,
        )

    if not add():
        # The day's first; another process may be as early, and then its row is the one to add to.
        GeocoderDay.objects.bulk_create([GeocoderDay(geocoder=outcome.geocoder[:40], day=day)], ignore_conflicts=True)
        add()


@contextmanager
def _little_patience() -> Iterator[None]:
    """SQLite would otherwise wait for its turn as long as a letter may (20 seconds), PostgreSQL without end."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            patience = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
            cursor.execute(f"PRAGMA busy_timeout = {_LONGEST_WAIT_MILLISECONDS}")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA busy_timeout = {int(patience)}")
    else:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL lock_timeout = {_LONGEST_WAIT_MILLISECONDS}")
            yield
