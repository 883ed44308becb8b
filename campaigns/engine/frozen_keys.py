"""Keys that answers are stored under stay what they were when visitors first saw the form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from campaigns.engine.fields import FieldSpec


@dataclass(frozen=True, slots=True)
class PublishedFieldFacts:
    """A field as it was published: `options` are stored value and label by the id of the option's block."""

    block_id: str
    key: str
    field_type: str
    label: str = ""
    options: Mapping[str, tuple[str, str]] = field(default_factory=dict)


class Violation(StrEnum):
    """Why a form may not be saved as it is; the words for each are with the block."""

    KEY_CHANGED = "key_changed"
    KEY_OF_ANOTHER_TYPE = "key_of_another_type"
    VALUE_CHANGED = "value_changed"


@dataclass(frozen=True, slots=True)
class FrozenKeyProblem:
    """`expected` is the key, the field type or the value as published."""

    violation: Violation
    expected: str


def option_ids(spec: FieldSpec) -> dict[str, str]:
    """The stored value of each option by the id of its block."""
    found = spec.options.get("option_ids")
    return dict(found) if isinstance(found, Mapping) else {}


def facts_of(spec: FieldSpec) -> PublishedFieldFacts:
    """What is kept of a field when it is published."""
    options = {block_id: (value, spec.choice_label(value)) for block_id, value in option_ids(spec).items()}
    return PublishedFieldFacts(spec.block_id, spec.clean_name, spec.field_type, spec.label, options)


def problems(specs: Iterable[FieldSpec], published: Iterable[PublishedFieldFacts]) -> dict[str, FrozenKeyProblem]:
    """What would tear stored answers from their field, by the id of the field's block.

    :param specs: the form as it is about to be saved.
    :param published: every field that was ever published on this form, in any language.
    """
    by_block = {item.block_id: item for item in published}
    types = {item.key: item.field_type for item in by_block.values()}
    found = {}
    for spec in specs:
        problem = _problem(spec, by_block.get(spec.block_id), types)
        if problem:
            found[spec.block_id] = problem
    return found


def _problem(spec: FieldSpec, before: PublishedFieldFacts | None, types: Mapping[str, str]) -> FrozenKeyProblem | None:
    if before and before.key != spec.clean_name:
        return FrozenKeyProblem(Violation.KEY_CHANGED, before.key)
    published_type = types.get(spec.clean_name, spec.field_type)
    if published_type != spec.field_type:
        return FrozenKeyProblem(Violation.KEY_OF_ANOTHER_TYPE, published_type)
    if before:
        for block_id, value in option_ids(spec).items():
            published_value, label = before.options.get(block_id, (value, ""))
            if published_value != value:
                return FrozenKeyProblem(Violation.VALUE_CHANGED, f"{label}: {published_value}")
    return None
