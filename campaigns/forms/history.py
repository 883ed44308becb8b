"""The fields of a form with those that are no longer on it, so that no stored answer disappears from view."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext

from campaigns.blocks.fields import FIELD_TYPES
from campaigns.engine.fields import FieldSpec
from campaigns.engine.frozen_keys import PublishedFieldFacts


def with_history(specs: Sequence[FieldSpec], published: Iterable[PublishedFieldFacts]) -> list[FieldSpec]:
    """The form's fields, each with the options it once had, and after them the fields that were taken away."""
    by_key: dict[str, list[PublishedFieldFacts]] = {}
    for facts in published:
        by_key.setdefault(facts.key, []).append(facts)
    current = [_with_former_options(spec, by_key.pop(spec.clean_name, [])) for spec in specs]
    former = [_former(facts) for group in by_key.values() for facts in group[:1] if facts.field_type in FIELD_TYPES]
    return current + former


def _with_former_options(spec: FieldSpec, history: Iterable[PublishedFieldFacts]) -> FieldSpec:
    offered = dict(spec.choices)
    once = {value: label for facts in history for value, label in facts.options.values() if value not in offered}
    return replace(spec, choices=(*spec.choices, *once.items())) if once else spec


def _former(facts: PublishedFieldFacts) -> FieldSpec:
    return FieldSpec(
        clean_name=facts.key,
        label=gettext("%(label)s (no longer asked)") % {"label": facts.label},
        field_type=facts.field_type,
        choices=tuple(facts.options.values()),
        block_id=facts.block_id,
    )
