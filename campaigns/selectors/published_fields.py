"""Reading which fields of a form were published."""

import uuid
from collections.abc import Collection, Iterable

from campaigns.engine.frozen_keys import PublishedFieldFacts
from campaigns.records.published_fields import PublishedField


def of_page(page_key: uuid.UUID) -> list[PublishedFieldFacts]:
    """Every field that the form ever showed, in the order in which they were first published."""
    return _facts(PublishedField.objects.filter(page_key=page_key))


def of_blocks(block_ids: Collection[str]) -> list[PublishedFieldFacts]:
    """The fields of these blocks on whatever form they were published: a group of fields stands on several."""
    return _facts(PublishedField.objects.filter(block_id__in=block_ids))


def pages_with_blocks(block_ids: Collection[str]) -> list[uuid.UUID]:
    """The keys of the pages on which any of these blocks was published."""
    rows = PublishedField.objects.filter(block_id__in=block_ids)
    return list(rows.order_by("page_key").values_list("page_key", flat=True).distinct())


def _facts(rows: Iterable[PublishedField]) -> list[PublishedFieldFacts]:
    return [
        PublishedFieldFacts(
            block_id=row.block_id,
            key=row.key,
            field_type=row.field_type,
            label=row.label,
            options={block_id: (value, label) for block_id, (value, label) in row.options.items()},
        )
        for row in rows
    ]
