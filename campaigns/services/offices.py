"""How an office takes letters, as the staff decided."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from delivery.records.recipients import RecipientRecord
from delivery.services import planning


def record_of(key: str) -> RecipientRecord | None:
    """What is known of the office with this `OutboxMessage.recipient_key`; most have nothing."""
    return RecipientRecord.objects.filter(key=key).first()


def save(*, key: str, name: str, routes: Sequence[str], per_hour: int | None, by: Any) -> RecipientRecord:
    """Keeps the order of channels and the pace of an office; what waits for it gets new times.

    :param routes: `OutboxMessage.Channel` values in order; empty is the usual order.
    :param per_hour: None: only the limits of the site and the campaign hold.
    """
    with transaction.atomic():
        record, _is_new = RecipientRecord.objects.get_or_create(key=key, defaults={"name": name[:200]})
        is_slower = record.per_hour != per_hour
        record.routes = list(routes)
        record.per_hour = per_hour
        record.changed_by = by
        record.name = record.name or name[:200]
        record.save(update_fields=["routes", "per_hour", "changed_by", "name"])
    if is_slower:
        planning.replan()
    return record
