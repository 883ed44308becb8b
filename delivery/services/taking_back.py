"""Takes back the times of letters that are to get new ones, a part at a time, so that nobody waits for all of it."""

import uuid
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from delivery.engine import pacing
from delivery.engine.lanes import STEP_SECONDS, STEPS_AN_HOUR, step_of
from delivery.engine.pacing import WaitingLetter
from delivery.records.messages import OutboxQuerySet
from delivery.records.pacing import PacingLane
from delivery.selectors import pacing as reading

#: So many letters lose their times in one transaction: others wait for no longer than this takes.
SIZE = 500


@transaction.atomic
def ask(*, campaign_key: uuid.UUID | None, now: datetime) -> None:
    """Notes that the letters of a campaign, or all, are to get new times; whoever plans next begins with that.

    The note is in the database, so it outlives whoever wrote it, and the queue.
    """
    note, _is_new = PacingLane.objects.select_for_update().get_or_create(
        key=reading.AGAIN, defaults={"full_until": now}
    )
    note.taken[reading.scope_of(campaign_key)] = uuid.uuid4().hex
    note.full_until = now
    note.save(update_fields=["full_until", "taken"])


def go_on(now: datetime) -> int:
    """Does the next part of what was asked for, in the planner's transaction; how many letters that was, 0: none."""
    note = PacingLane.objects.filter(key=reading.AGAIN).first()
    if note is None:
        return 0
    for scope in sorted(note.taken, key=lambda name: name != reading.SITE):
        campaign_key = None if scope == reading.SITE else uuid.UUID(hex=scope)
        count = _take_back_some(campaign_key, now) or _fetch_what_was_set_aside(campaign_key, now)
        if count:
            return count
        _finish(campaign_key, now)
        # What is done for all is done for each campaign.
        _strike_out(note.taken if campaign_key is None else {scope: note.taken[scope]})
        if campaign_key is None:
            break
    return 0


def take_back(letters: OutboxQuerySet, now: datetime) -> int:
    """Letters that have a time lose it, and the lanes what was taken for them; how many of at most `SIZE`."""
    rows = list(_locked(letters).values_list(*reading.COLUMNS)[:SIZE])
    if rows:
        give_back([reading.waiting_letter(row) for row in rows], now)
        _lose_times(letters, rows, now)
    return len(rows)


def give_back(letters: Sequence[WaitingLetter], now: datetime) -> None:
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
        lane.taken = as_stored(Counter(steps(lane)) - freed[lane.key])
        lane.full_until = now
        changed.append(lane)
    PacingLane.objects.bulk_update(changed, ["full_until", "taken"], batch_size=500)


def steps(lane: PacingLane) -> dict[int, int]:
    return {int(start) // STEP_SECONDS: count for start, count in lane.taken.items()}


def as_stored(taken: dict[int, int] | Counter[int]) -> dict[str, int]:
    return {str(step * STEP_SECONDS): count for step, count in taken.items()}


def _take_back_some(campaign_key: uuid.UUID | None, now: datetime) -> int:
    # A letter that was refused for now keeps the time at which it is tried again.
    placed = reading.letters_with_a_time(campaign_key).filter(Q(attempts=0) | Q(next_attempt_at__lte=now))
    letters = placed.order_by("next_attempt_at")
    if campaign_key:
        return take_back(letters, now)
    # Of the steps to come nothing stays, once all of it is taken back; of those that have begun, what has left.
    begun = datetime.fromtimestamp((step_of(now.timestamp()) + 1) * STEP_SECONDS, UTC)
    rows = list(_locked(letters).values_list(*reading.COLUMNS)[:SIZE])
    if rows:
        waiting = [reading.waiting_letter(row) for row in rows]
        give_back([letter for letter in waiting if letter.not_before < begun.timestamp()], now)
        _lose_times(letters, rows, now)
    return len(rows)


def _fetch_what_was_set_aside(campaign_key: uuid.UUID | None, now: datetime) -> int:
    """What a pause had set aside is looked at again."""
    waiting = reading.queued_letters(campaign_key).filter(planned_at=None, attempts=0, next_attempt_at__gt=now)
    keys = list(waiting.order_by().values_list("pk", flat=True)[:SIZE])
    if keys:
        waiting.filter(pk__in=keys).update(next_attempt_at=now)
    return len(keys)


def _locked(letters: OutboxQuerySet) -> OutboxQuerySet:
    if connection.features.has_select_for_update_skip_locked:
        # What somebody else is just taking is on its way.
        return letters.select_for_update(skip_locked=True)
    return letters


def _lose_times(letters: OutboxQuerySet, rows: Sequence[tuple], now: datetime) -> None:
    letters.order_by().filter(pk__in=[row[0] for row in rows]).update(planned_at=None, next_attempt_at=now)


def _finish(campaign_key: uuid.UUID | None, now: datetime) -> None:
    lanes = PacingLane.objects.exclude(key=reading.AGAIN)
    if campaign_key:
        # Limits of its own that it no longer has must not come back with what was taken of them then.
        lanes = lanes.filter(key__startswith=f"campaign:{campaign_key.hex}:")
    _forget_the_future(lanes, now)


def _strike_out(done: dict[str, str]) -> None:
    """Of what was asked for, leaves what was asked for again meanwhile."""
    note = PacingLane.objects.select_for_update().get(key=reading.AGAIN)
    note.taken = {scope: asked for scope, asked in note.taken.items() if done.get(scope) != asked}
    if note.taken:
        note.save(update_fields=["taken"])
    else:
        note.delete()


def _forget_the_future(lanes: QuerySet[PacingLane], now: datetime) -> None:
    """Leaves in `lanes` what has left within the hour; whatever was to come is placed again."""
    first = step_of(now.timestamp())
    changed: list[PacingLane] = []
    empty: list[PacingLane] = []
    for lane in lanes:
        kept = {step: count for step, count in steps(lane).items() if first - STEPS_AN_HOUR < step <= first}
        lane.full_until, lane.taken = now, as_stored(kept)
        (changed if kept else empty).append(lane)
    PacingLane.objects.bulk_update(changed, ["full_until", "taken"], batch_size=500)
    for start in range(0, len(empty), 500):
        PacingLane.objects.filter(pk__in=[lane.pk for lane in empty[start : start + 500]]).delete()
