"""Gives each queued letter the time at which it leaves, and gives out the times again when the rules change."""

import logging
import time
import uuid
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from delivery.adapters import queue
from delivery.engine import pacing
from delivery.engine.lanes import STEP_SECONDS, STEPS_AN_HOUR, step_of
from delivery.engine.pacing import Timetable, WaitingLetter
from delivery.records.messages import OutboxMessage, OutboxQuerySet
from delivery.records.pacing import PacingLane
from delivery.selectors import pacing as reading

logger = logging.getLogger(__name__)

State = OutboxMessage.State

#: As many letters are placed at a time; a planner that dies loses no more than this work.
PLAN_SIZE = 500
#: A time that has gone by for so long was missed: all that were missed must not leave at once.
MISSED_AFTER = timedelta(minutes=10)
#: What a pause keeps is looked at again after so long, should nobody say that the pause has ended.
LOOK_AGAIN_AFTER = timedelta(minutes=15)
#: Whoever waits for a page gets it after so long; the workers place the rest.
REPLAN_SECONDS = 2.0
#: Any number that nothing else locks.
_LOCK = 4_771_203


def plan(*, now: datetime | None = None, limit: int = PLAN_SIZE) -> int:
    """Gives queued letters that have no time yet the first one that every limit leaves; returns how many.

    One planner works at a time and the others do not wait for it, so it may be called as often as one likes; where
    nothing waits it costs two look-ups. Times that were missed, because no worker ran or a pause has ended, are given
    out anew, so that nothing leaves as a burst. Without pacing (`PACE_LETTERS`) all leave when they are due.

    :param limit: so many rows are looked at.
    """
    now = now or timezone.now()
    unplanned = OutboxMessage.objects.filter(state=OutboxMessage.State.QUEUED, planned_at=None)
    if not settings.PACE_LETTERS:
        return unplanned.update(planned_at=now)
    due = unplanned.filter(next_attempt_at__lte=now)
    if not (due.exists() or _missed(now).exists()) or reading.is_everything_paused(now):
        return 0
    with transaction.atomic():
        if not _lock(is_waiting=False):
            return 0
        paused = reading.paused_letters(now)
        _see_to_missed(now, paused)
        if paused is not None:
            due.filter(paused, stream=OutboxMessage.Stream.LETTER).update(next_attempt_at=now + LOOK_AGAIN_AFTER)
        return _place(due, now, limit)


def replan(*, campaign_key: uuid.UUID | None = None, now: datetime | None = None) -> int:
    """Gives letters that wait, of one campaign or all, new times in the order in which they were written.

    To be called after rules have changed, when a campaign is paused (its places are free for others) and when the
    pause ends. Returns how many letters lost their time; the workers place what takes longer than a moment.
    """
    now = now or timezone.now()
    if not settings.PACE_LETTERS:
        return 0
    with transaction.atomic():
        _lock(is_waiting=True)
        count = _take_back_all(campaign_key, now)
        # What was set aside for a pause; a letter that was refused for now keeps its time.
        reading.queued_letters(campaign_key).filter(planned_at=None, attempts=0, next_attempt_at__gt=now).update(
            next_attempt_at=now
        )
    until = time.monotonic() + REPLAN_SECONDS
    while plan(now=now) and time.monotonic() < until:
        pass
    transaction.on_commit(queue.wake, robust=True)
    logger.info("pacing: %d letters get new times", count)
    return count


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


def _see_to_missed(now: datetime, paused: Q | None) -> None:
    """Takes back times that have gone by: of what a pause keeps these only, else all, so that order is kept."""
    missed = _missed(now)
    if paused is not None:
        kept = list(missed.filter(paused).values_list(*reading.COLUMNS))
        if kept:
            _give_back([reading.waiting_letter(row) for row in kept], now)
            missed.filter(paused).update(planned_at=None, next_attempt_at=now)
    if missed.exists():
        _take_back_all(None, now)


def _take_back_all(campaign_key: uuid.UUID | None, now: datetime) -> int:
    """All letters of the scope lose their times, and the lanes what was taken for them."""
    placed = reading.queued_letters(campaign_key).filter(planned_at__isnull=False)
    if campaign_key:
        _give_back([reading.waiting_letter(row) for row in placed.values_list(*reading.COLUMNS)], now)
        # Limits of its own that it no longer has must not come back with what was taken of them then.
        _forget_the_future(PacingLane.objects.filter(key__startswith=f"campaign:{campaign_key.hex}:"), now)
    else:
        # Of the steps to come nothing stays; of those that have begun, what has left.
        begun = datetime.fromtimestamp((step_of(now.timestamp()) + 1) * STEP_SECONDS, UTC)
        rows = placed.filter(next_attempt_at__lt=begun).values_list(*reading.COLUMNS)
        _give_back([reading.waiting_letter(row) for row in rows], now)
        _forget_the_future(PacingLane.objects.all(), now)
    return placed.update(planned_at=None, next_attempt_at=now)


def _give_back(letters: list[WaitingLetter], now: datetime) -> None:
    """Takes out of the lanes what was taken for `letters`, each at the step of its time (`not_before`)."""
    book = reading.rule_book(
        {letter.campaign_key for letter in letters if letter.campaign_key},
        {letter.recipient_key for letter in letters if letter.recipient_key},
    )
    freed: dict[str, Counter[int]] = {}
    for letter in letters:
        for key, _per_hour in pacing.limits(letter, book):
            freed.setdefault(key, Counter())[step_of(letter.not_before)] += 1
    changed = []
    for lane in PacingLane.objects.filter(key__in=freed):
        # What a counter subtracts never falls below nothing.
        lane.taken = _as_stored(Counter(_steps(lane)) - freed[lane.key])
        lane.full_until = now
        changed.append(lane)
    PacingLane.objects.bulk_update(changed, ["full_until", "taken"], batch_size=500)


def _forget_the_future(lanes: QuerySet[PacingLane], now: datetime) -> None:
    """Leaves in `lanes` what has left within the hour; whatever was to come is placed again."""
    first = step_of(now.timestamp())
    changed: list[PacingLane] = []
    empty: list[PacingLane] = []
    for lane in lanes:
        kept = {step: count for step, count in _steps(lane).items() if first - STEPS_AN_HOUR < step <= first}
        lane.full_until, lane.taken = now, _as_stored(kept)
        (changed if kept else empty).append(lane)
    PacingLane.objects.bulk_update(changed, ["full_until", "taken"], batch_size=500)
    for start in range(0, len(empty), 500):
        PacingLane.objects.filter(pk__in=[lane.pk for lane in empty[start : start + 500]]).delete()


def _save_lanes(table: Timetable, now: datetime) -> None:
    first = step_of(now.timestamp())
    PacingLane.objects.bulk_create(
        [
            PacingLane(
                key=key,
                full_until=datetime.fromtimestamp(lane.first_free(first) * STEP_SECONDS, UTC),
                taken=_as_stored(lane.taken),
            )
            for key, lane in table.lanes.items()
        ],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["full_until", "taken"],
    )


def _steps(lane: PacingLane) -> dict[int, int]:
    return {int(start) // STEP_SECONDS: count for start, count in lane.taken.items()}


def _as_stored(taken: Mapping[int, int]) -> dict[str, int]:
    return {str(step * STEP_SECONDS): count for step, count in taken.items()}


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
