"""Making the keys that an editor left empty, and holding those that visitors have seen."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from campaigns.blocks.fields import FIELD_TYPES
from campaigns.blocks.form_specs import composed_fields, specs_of
from campaigns.blocks.rules import RULE_INPUTS, conditions_of
from campaigns.engine.fields import FieldSpec, key_from_label
from campaigns.engine.frozen_keys import FrozenKeyProblem, PublishedFieldFacts, Violation, problems
from campaigns.engine.rule_names import RuleNames


def fill_keys(stream: blocks.StreamValue, published: Sequence[PublishedFieldFacts]) -> None:
    """Gives every field and option a key, in place; one that was published gets back the key it had.

    A browser that keeps the editor open after saving sends the key's input empty again, perhaps beside a new label.
    Rules name their fields and options by key and stored value from then on.
    """
    by_block = {facts.block_id: facts for facts in published}
    taken = {field.child.value.get("key") for field in composed_fields(stream)} | {facts.key for facts in published}
    for child in stream:
        before = by_block.get(child.id)
        if "key" in child.value and not child.value["key"] and (before or child.value["label"]):
            child.value["key"] = before.key if before else _new_key(child, taken)
            taken.add(child.value["key"])
        if "options" in child.value:
            _fill_values(child.value["options"], before)
    _fill_rules(stream)


def frozen_key_errors(
    stream: blocks.StreamValue, specs: Sequence[FieldSpec], published: Sequence[PublishedFieldFacts]
) -> StreamBlockValidationError | None:
    """What an editor changed that must stay, as errors at the inputs."""
    found = problems(specs, published)
    errors: dict[int, StructBlockValidationError] = {}
    for field in composed_fields(stream):
        problem = found.get(field.child.id)
        if problem:
            errors.setdefault(field.position, _in_group(problem) if field.is_in_group else _error(problem))
    return StreamBlockValidationError(block_errors=errors) if errors else None


def _fill_rules(stream: blocks.StreamValue) -> None:
    names = RuleNames(specs_of(stream))
    for child in stream:
        for rule_input in RULE_INPUTS:
            for condition in conditions_of(child.value.get(rule_input)):
                named, value = condition["field"].strip(), condition["value"].strip()
                condition["field"], condition["value"] = names.key(named), names.value(named, value)


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


def _in_group(problem: FrozenKeyProblem) -> StructBlockValidationError:
    text = _("A field of this group does not fit answers that are stored already (%(expected)s). Take it out again.")
    return _at("group", text, problem.expected)


def _at(name: str, text: Any, expected: str) -> StructBlockValidationError:
    return StructBlockValidationError(block_errors={name: ValidationError(text, params={"expected": expected})})
