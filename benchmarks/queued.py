"""What 100,000 waiting letters do to a submission and to the staff's board: nothing that can be felt."""

import itertools
import statistics
import time
import uuid
from collections.abc import Callable
from datetime import timedelta

from benchmarks.timing import shown

SIZES = (1_000, 100_000)
ROUNDS = 15
DUE = 600
_numbers = itertools.count()


def measure() -> None:
    """Prints a submission's way into the outbox, a claim, and the board's figures, with few and with many queued."""
    from django.utils import timezone

    from campaigns.selectors import deliveries
    from delivery.selectors import board, pacing
    from delivery.services import claiming, heartbeats, tallies

    pieces: dict[str, Callable[[], object]] = {
        "a submission's four letters into the outbox": _submit,
        "a worker's claim of 20": lambda: claiming.claim(owner="bench", limit=20, now=timezone.now()),
        "the board: how many in which state": board.counted,
        "the board: rate and oldest age": lambda: (board.rate(timezone.now()), board.oldest_due_at(timezone.now())),
        "the board: projected finish": pacing.expected_finish,
        "the board: all that it shows": lambda: deliveries.board_of(timezone.now()),
    }
    taken: dict[str, list[float]] = {name: [] for name in pieces}
    for size in SIZES:
        _fill(size)
        # What the clock does every minute.
        tallies.count()
        heartbeats.tick(now=timezone.now())
        for name, call in pieces.items():
            taken[name].append(_median(call))
    print(f"With {SIZES[0]:,} and with {SIZES[1]:,} letters queued; medians of {ROUNDS}")
    for name, (few, many) in taken.items():
        print(f"    {name:<56}{shown(few):>10}  {shown(many):>10}   {many / few:.2f} times", flush=True)


def _median(call: Callable[[], object]) -> float:
    call()
    rounds = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        call()
        rounds.append(time.perf_counter() - began)
    return statistics.median(rounds)


def _submit() -> None:
    from django.db import transaction

    from benchmarks.sending import draft
    from delivery.services import outbox

    with transaction.atomic():
        outbox.enqueue(drafts=[draft(1_000_000 + next(_numbers)) for _letter in range(4)])


def _fill(size: int) -> None:
    from django.db import connection
    from django.utils import timezone

    from benchmarks import sending
    from delivery.records.messages import OutboxMessage

    sending.fill(1)
    now = timezone.now()
    template = OutboxMessage.objects.get()
    skipped = {"id", "dedupe_key", "campaign_key", "recipient_key", "planned_at", "next_attempt_at"}
    fields = {f.attname: getattr(template, f.attname) for f in OutboxMessage._meta.concrete_fields}
    values = {name: value for name, value in fields.items() if name not in skipped}
    rows = (
        OutboxMessage(
            dedupe_key=f"waiting:{number}",
            campaign_key=uuid.UUID(int=number % 5),
            recipient_key=f"official:{number % sending.OFFICIALS}",
            planned_at=now,
            # As many are due whatever the size: most of a large queue waits for its turn.
            next_attempt_at=now + timedelta(seconds=number - DUE),
            **values,
        )
        for number in range(size)
    )
    while batch := list(itertools.islice(rows, 2000)):
        OutboxMessage.objects.bulk_create(batch)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
