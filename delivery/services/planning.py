"""Gives each queued letter the time at which it leaves, and gives out the times again when the rules change."""

import logging
import time
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from delivery.adapters import queue
from delivery.engine.lanes import STEP_SECONDS, step_of
from delivery.engine.pacing import Timetable, WaitingLetter
from delivery.records.messages import OutboxMessage, OutboxQuerySet
from delivery.records.pacing import PacingLane
from delivery.selectors import pacing as reading
from delivery.services import taking_back

logger = logging.getLogger(__name__)

State = OutboxMessage.State

#: As many letters are placed at a time; a planner that dies loses no more than this work.
PLAN_SIZE = 1000
#: A time that has gone by for so long was missed: all that were missed must not leave at once.
MISSED_AFTER = timedelta(minutes=10)
#: What a pause keeps is looked at again after so long, should nobody say that the pause has ended.
LOOK_AGAIN_AFTER = timedelta(minutes=15)
#: Whoever waits for a page gets it after so long; the workers place the rest.
REPLAN_SECONDS = 0.5
#: Any number that nothing else locks.
_LOCK = 4_771_203


def plan(*, now: datetime | None = None, limit: int = PLAN_SIZE) -> int:
    """Gives queued letters that have no time yet the first one that every limit leaves; returns how many.

    One planner works at a time and the others do not wait for it, so it may be called as often as one likes; where
    nothing waits it costs three look-ups. Times that were missed, because no worker ran or a pause has ended, are given
    out anew, so that nothing leaves as a burst. Without pacing (`PACE_LETTERS`) all leave when they are due.

    :param limit: so many rows are looked at.
    """
    now = now or timezone.now()
    unplanned = OutboxMessage.objects.filter(state=OutboxMessage.State.QUEUED, planned_at=None)
    if not settings.PACE_LETTERS:
        return unplanned.update(planned_at=now)
    due = unplanned.filter(next_attempt_at__lte=now)
    if not (due.exists() or _has_missed(now) or reading.is_asked_again()) or reading.is_everything_paused(now):
        return 0
    with transaction.atomic():
        if not _lock(is_waiting=False):
            return 0
        paused = reading.paused_letters(now)
        count = _see_to_missed(now, paused) or taking_back.go_on(now)
        if not count and paused is not None:
            aside = _set_aside(due.filter(paused, stream=OutboxMessage.Stream.LETTER), now)
            count = aside if aside == taking_back.SIZE else 0
        return count or _place(due, now, limit)


def replan(*, campaign_key: uuid.UUID | None = None, now: datetime | None = None) -> int:
    """Gives letters that wait, of one campaign or all, new times in the order in which they were written.

    To be called after rules have changed, when a campaign is paused or cancelled (its places are free for others) and
    when the pause ends. Whoever waits for the answer gets it within a moment: what that is too short for is noted, and
    the workers go on with it. Returns how many letters have lost their time so far.
    """
    now = now or timezone.now()
    if not settings.PACE_LETTERS:
        return 0
    taking_back.ask(campaign_key=campaign_key, now=now)
    count, until = 0, time.monotonic() + REPLAN_SECONDS
    while time.monotonic() < until and (taken := _go_on_taking_back(now)):
        count += taken
    while time.monotonic() < until and plan(now=now):
        pass
    transaction.on_commit(queue.wake, robust=True)
    logger.info("pacing: %d letters so far get new times", count)
    return count


@transaction.atomic
def free(letter: WaitingLetter, *, now: datetime) -> None:
    """Gives the place of a letter that will not leave to those that are placed from now on."""
    if settings.PACE_LETTERS and letter.not_before > now.timestamp():
        _lock(is_waiting=True)
        taking_back.give_back([letter], now)


@transaction.atomic
def _go_on_taking_back(now: datetime) -> int:
    return taking_back.go_on(now) if _lock(is_waiting=False) else 0


def _place(due: OutboxQuerySet, now: datetime, limit: int) -> int:
    oldest = due.order_by("created_at")
    if connection.features.has_select_for_update_skip_locked:
        oldest = oldest.select_for_update(skip_locked=True)
    rows = list(oldest.values_list(*reading.COLUMNS, "stream")[:limit])
    letters = [reading.waiting_letter(row[:-1]) for row in rows if row[-1] == OutboxMessage.Stream.LETTER]
    table = reading.timetable(letters, now)
    times = {letter.id: table.place(letter) for letter in letters}
    # Only letters are paced; other mail has no business here but must not be stuck.
    others = [row[0] for row in rows if row[-1] != OutboxMessage.Stream.LETTER]
    at_once = others + [key for key, at in times.items() if at <= now.timestamp()]
    _queued(at_once).update(planned_at=now)
    _write_times({key: at for key, at in times.items() if at > now.timestamp()}, now)
    _save_lanes(table, now)
    return len(rows)


def _queued(keys: list[uuid.UUID]) -> OutboxQuerySet:
    return OutboxMessage.objects.filter(pk__in=keys, state=OutboxMessage.State.QUEUED)


def _write_times(times: Mapping[uuid.UUID, float], now: datetime) -> None:
    """As `bulk_update` would, whose conditions take longer to build than the letters take to leave."""
    columns: dict[str, Any] = {
        name: OutboxMessage._meta.get_field(name) for name in ("id", "next_attempt_at", "planned_at")
    }

    def stored(name: str, value: Any) -> Any:
        return columns[name].get_db_prep_save(value, connection)

    planned_at, queued = stored("planned_at", now), State.QUEUED.value
    rows = [
        (stored("id", key), stored("next_attempt_at", datetime.fromtimestamp(at, UTC))) for key, at in times.items()
    ]
    table = connection.ops.quote_name(OutboxMessage._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"UPDATE {table} AS message SET planned_at = %s, next_attempt_at = placed.at"  # noqa: S608 - our own name
                " FROM unnest(%s::uuid[], %s::timestamptz[]) AS placed (id, at)"
                " WHERE message.id = placed.id AND message.state = %s",
                [planned_at, [row[0] for row in rows], [row[1] for row in rows], queued],
            )
        else:
            cursor.executemany(
                f"UPDATE {table} SET planned_at = %s, next_attempt_at = %s WHERE id = %s AND state = %s",  # noqa: S608
                [(planned_at, at, key, queued) for key, at in rows],
            )


def _missed(now: datetime) -> OutboxQuerySet:
    return reading.queued_letters().filter(planned_at__isnull=False, next_attempt_at__lt=now - MISSED_AFTER)


def _has_missed(now: datetime) -> bool:
    # In order, so that PostgreSQL reads the first entry of an index. Asked whether there is any, it reads the table
    # while its statistics are those of a backlog: before every batch, and to the end where there is none.
    return bool(_missed(now).order_by("next_attempt_at").values_list("pk")[:1])


def _see_to_missed(now: datetime, paused: Q | None) -> int:
    """Takes back times that have gone by: of what a pause keeps these only, else all, so that order is kept.

    Returns how many letters that a pause keeps lost their times.
    """
    if not _has_missed(now):
        return 0
    missed = _missed(now)
    if paused is not None:
        count = taking_back.take_back(missed.filter(paused), now)
        if count:
            return count
    if not reading.is_asked_again():
        taking_back.ask(campaign_key=None, now=now)
    return 0


def _set_aside(kept: OutboxQuerySet, now: datetime) -> int:
    """What a pause keeps is in nobody's way for a while; how many of at most `taking_back.SIZE`."""
    keys = list(kept.order_by().values_list("pk", flat=True)[: taking_back.SIZE])
    if keys:
        OutboxMessage.objects.filter(pk__in=keys).update(next_attempt_at=now + LOOK_AGAIN_AFTER)
    return len(keys)


def _save_lanes(table: Timetable, now: datetime) -> None:
    first = step_of(now.timestamp())
    PacingLane.objects.bulk_create(
        [
            PacingLane(
                key=key,
                full_until=datetime.fromtimestamp(lane.first_free(first) * STEP_SECONDS, UTC),
                taken=taking_back.as_stored(lane.taken),
            )
            for key, lane in table.lanes.items()
        ],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["full_until", "taken"],
    )


def _lock(*, is_waiting: bool) -> bool:
    """Whether this transaction is the planner now. SQLite has one writer at a time as it is."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        if is_waiting:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])
