"""Counts the messages of a large outbox for the board, by the clock."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from delivery.records.messages import OutboxMessage
from delivery.records.tallies import Tally
from delivery.selectors import board


@transaction.atomic
def count(*, now: datetime | None = None) -> bool:
    """Writes down what is in the outbox where that is much; says whether it did. What is little is counted at once."""
    if not OutboxMessage.objects.order_by()[board.LARGE : board.LARGE + 1].values_list("pk").exists():
        Tally.objects.all().delete()
        return False
    rows = board.count_rows()
    values = {
        "at": now or timezone.now(),
        "counts": [[stream, state, key.hex if key else "", count] for stream, state, key, count in rows],
        "total": sum(count for _stream, _state, _key, count in rows),
    }
    if not Tally.objects.update(**values):
        Tally.objects.create(**values)
    return True
