"""What keeps a form from being published, said at the inputs where an editor can mend it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from campaigns.blocks.field_group import FIELD_GROUP
from campaigns.blocks.fields import FIELD_TYPES
from campaigns.blocks.form_specs import ComposedField, composed_fields, specs_of
from campaigns.blocks.rules import SHOWN_WHEN
from campaigns.engine import rule_problems
from campaigns.engine.rule_problems import FoundProblem, RuleProblem

Errors = dict[int, dict[str, ValidationError]]

_WORDS = {
    RuleProblem.NO_FIELD: _("No field of this form has the label or the storage key “%(about)s”."),
    RuleProblem.SEVERAL_FIELDS: _("Several fields have the label “%(about)s”. Write the storage key of one of them."),
    RuleProblem.ITSELF: _("A field cannot depend on its own answer. Name another field."),
    RuleProblem.LATER_STEP: _("“%(about)s” is asked on a later step. Name a field of this step or of one before it."),
    RuleProblem.NOT_BEFORE_STEP: _("“%(about)s” is not asked before this step. Name a field of an earlier step."),
    RuleProblem.OWN_GROUP: _("“%(about)s” stands in this group itself. Name a field outside of it."),
    RuleProblem.UNFIT_TEST: _("This test does not fit the answers to “%(about)s”."),
    RuleProblem.NO_VALUE: _("Write the answer that is looked for."),
    RuleProblem.NO_OPTION: _("This is none of the options: %(about)s."),
    RuleProblem.NO_NUMBER: _("Write a number, like 15."),
    RuleProblem.NO_DATE: _("Write a date, like 2027-03-27."),
    RuleProblem.LOOP: _("These rules run in a circle: the field depends on another that depends on this one."),
    RuleProblem.NEVER_SHOWN: _(
        "This can never be shown: no answers meet its conditions, with those of the step and the group around it."
    ),
}


def problems(stream: blocks.StreamValue) -> Errors:
    """What the fields say of themselves, and what is wrong between them, by position and input."""
    found: Errors = {}
    keys: set[str] = set()
    purposes: set[str] = set()
    before: dict[str, list[Mapping[str, Any]]] = {}
    fields = list(composed_fields(stream))
    own = {field.child.value.get("key") for field in fields if not field.is_in_group}
    for field in fields:
        child, value = field.child, field.child.value
        others = before.setdefault(child.block_type, [])
        errors = {**child.block.problems(value), **child.block.problems_beside(value, others)}
        key, purpose = value.get("key"), value.get("purpose")
        if key and (key in keys or (field.is_in_group and key in own)):
            errors["key"] = ValidationError(_("Another field of this form has this key."))
        if purpose and purpose in purposes:
            errors["purpose"] = ValidationError(_("Another consent of this form has this purpose."))
        others.append(value)
        keys.add(key)
        purposes.add(purpose)
        _note(found, field, errors)
    _note_groups(found, stream)
    _note_rules(found, stream, fields)
    return found


def by_input(problem: ValidationError) -> dict[str, ValidationError]:
    """The errors of one field by the name of the editor's input."""
    return problem.block_errors if isinstance(problem, StructBlockValidationError) else {"label": problem}


def as_one(errors: Errors, others: ErrorList | None = None) -> ValidationError:
    """Errors by position and input, as Wagtail's editor shows them."""
    by_block = {position: StructBlockValidationError(block_errors=found) for position, found in errors.items()}
    return StreamBlockValidationError(block_errors=by_block, non_block_errors=others)


def _note(found: Errors, field: ComposedField, errors: Mapping[str, ValidationError]) -> None:
    if not errors:
        return
    if not field.is_in_group:
        found.setdefault(field.position, {}).update(errors)
        return
    label = field.child.value.get("label") or field.child.block.label
    text = " ".join(message for error in errors.values() for message in error.messages)
    words = _("The field “%(label)s” of this group does not fit here. %(problem)s") % {"label": label, "problem": text}
    found.setdefault(field.position, {}).setdefault("group", ValidationError(words))


def _note_groups(found: Errors, stream: blocks.StreamValue) -> None:
    chosen: set[Any] = set()
    for position, child in enumerate(stream):
        group = child.value.get("group") if child.block_type == FIELD_GROUP else None
        if group and group.translation_key in chosen:
            error = ValidationError(_("This form has this group already."))
            found.setdefault(position, {})["group"] = error
        if group:
            chosen.add(group.translation_key)


def _note_rules(found: Errors, stream: blocks.StreamValue, fields: list[ComposedField]) -> None:
    tests = {name: block.rule_tests for name, block in FIELD_TYPES.items()}
    for number, of_field in rule_problems.problems(specs_of(stream), tests).items():
        by_rule: dict[str, list[FoundProblem]] = {}
        for problem in of_field:
            by_rule.setdefault(problem.rule, []).append(problem)
        errors = {name: _rule_error(items) for name, items in by_rule.items()}
        if of_group := errors.pop("group_when", None):
            # Each field of the group has its rule: it is said once, where the rule stands.
            found.setdefault(fields[number].position, {}).setdefault(SHOWN_WHEN, of_group)
        _note(found, fields[number], errors)


def _rule_error(problems: Iterable[FoundProblem]) -> StructBlockValidationError:
    """At the input of the condition; the first problem of each input is said."""
    by_condition: dict[int, dict[str, ValidationError]] = {}
    for problem in problems:
        error = ValidationError(_WORDS[problem.problem], params={"about": problem.about})
        by_condition.setdefault(problem.condition, {}).setdefault(problem.part, error)
    inputs = {number: StructBlockValidationError(block_errors=found) for number, found in by_condition.items()}
    return StructBlockValidationError(block_errors={"conditions": ListBlockValidationError(block_errors=inputs)})
