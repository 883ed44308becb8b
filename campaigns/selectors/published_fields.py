"""Reading which fields of a form were published."""

import uuid

from campaigns.engine.frozen_keys import PublishedFieldFacts
from campaigns.records.published_fields import PublishedField


def of_page(page_key: uuid.UUID) -> list[PublishedFieldFacts]:
    """Every field that the form ever showed, in the order in which they were first published."""
    return [
        PublishedFieldFacts(
            block_id=row.block_id,
            key=row.key,
            field_type=row.field_type,
            label=row.label,
            options={block_id: (value, label) for block_id, (value, label) in row.options.items()},
        )
        for row in PublishedField.objects.filter(page_key=page_key)
    ]
