"""Keeping which fields of a form were published."""

import uuid
from collections.abc import Iterable

from django.db import transaction

from campaigns.engine.frozen_keys import PublishedFieldFacts
from campaigns.records.published_fields import PublishedField


@transaction.atomic
def record(*, page_key: uuid.UUID, fields: Iterable[PublishedFieldFacts]) -> None:
    """Notes the fields and options that are new; what was noted before stays as it was first published.

    :param fields: those that have an answer and a block id.
    """
    rows = {row.block_id: row for row in PublishedField.objects.filter(page_key=page_key)}
    for facts in fields:
        row = rows.get(facts.block_id)
        if row is None:
            PublishedField.objects.get_or_create(
                page_key=page_key,
                block_id=facts.block_id,
                defaults={
                    "key": facts.key,
                    "field_type": facts.field_type,
                    "label": facts.label[:200],
                    "options": _stored(facts),
                },
            )
        elif new := {block_id: pair for block_id, pair in _stored(facts).items() if block_id not in row.options}:
            row.options = row.options | new
            row.save(update_fields=["options"])


def _stored(facts: PublishedFieldFacts) -> dict[str, list[str]]:
    return {block_id: list(pair) for block_id, pair in facts.options.items()}
