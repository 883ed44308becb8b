"""Making the keys that an editor left empty, and holding those that visitors have seen."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from campaigns.blocks.fields import FIELD_TYPES
from campaigns.engine.fields import FieldSpec, key_from_label
from campaigns.engine.frozen_keys import FrozenKeyProblem, PublishedFieldFacts, Violation, problems


def fill_keys(stream: blocks.StreamValue, published: Sequence[PublishedFieldFacts]) -> None:
    """Gives every field and option a key, in place; one that was published gets back the key it had.

    A browser that keeps the editor open after saving sends the key's input empty again, perhaps beside a new label.
    """
    by_block = {facts.block_id: facts for facts in published}
    taken = {child.value.get("key") for child in stream} | {facts.key for facts in published}
    for child in stream:
        before = by_block.get(child.id)
        if "key" in child.value and not child.value["key"] and (before or child.value["label"]):
            child.value["key"] = before.key if before else _new_key(child, taken)
            taken.add(child.value["key"])
        if "options" in child.value:
            _fill_values(child.value["options"], before)


def frozen_key_errors(
    stream: blocks.StreamValue, specs: Sequence[FieldSpec], published: Sequence[PublishedFieldFacts]
) -> StreamBlockValidationError | None:
    """What an editor changed that must stay, as errors at the inputs."""
    found = problems(specs, published)
    errors = {
        position: _error(found[child.id]) for position, child in enumerate(stream) if child.id and child.id in found
    }
    return StreamBlockValidationError(block_errors=errors) if errors else None


def _new_key(child: Any, taken: set[str]) -> str:
    return key_from_label(child.value["label"], taken, fallback=child.block_type)


def _fill_values(options: Any, before: PublishedFieldFacts | None) -> None:
    published = dict(before.options) if before else {}
    taken = {item.value.get("value") for item in options.bound_blocks} | {value for value, _label in published.values()}
    for item in options.bound_blocks:
        if item.value.get("value") or not (item.id in published or item.value.get("label")):
            continue
        if item.id in published:
            item.value["value"] = published[item.id][0]
        else:
            item.value["value"] = key_from_label(item.value["label"], taken, fallback="option")
        taken.add(item.value["value"])


def _error(problem: FrozenKeyProblem) -> StructBlockValidationError:
    if problem.violation is Violation.KEY_CHANGED:
        text = _("This form is published and answers are stored under “%(expected)s”. Put that key back.")
        return _at("key", text, problem.expected)
    if problem.violation is Violation.KEY_OF_ANOTHER_TYPE:
        label = FIELD_TYPES[problem.expected]._meta_class.label if problem.expected in FIELD_TYPES else problem.expected
        text = _("This key belongs to answers of another kind of field (%(expected)s). Choose a different key.")
        return _at("key", text, str(label))
    text = _("Answers are stored under the value of each option. Put back “%(expected)s”.")
    return _at("options", text, problem.expected)


def _at(name: str, text: Any, expected: str) -> StructBlockValidationError:
    return StructBlockValidationError(block_errors={name: ValidationError(text, params={"expected": expected})})
