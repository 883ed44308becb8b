"""A form as an editor composes it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from campaigns.blocks.fields import FIELD_TYPES
from campaigns.engine.fields import FieldSpec, key_from_label


class FormFieldsBlock(blocks.StreamBlock):
    """One child for each type of field. Drafts may be half done; what is published may not."""

    def __init__(self, local_blocks: Iterable[tuple[str, blocks.Block]] | None = None, **options: Any) -> None:
        types = sorted(FIELD_TYPES.items(), key=lambda item: item[1].position)
        super().__init__([(name, block()) for name, block in types] + list(local_blocks or []), **options)

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        errors = {} if self.is_deferred_validation else _problems(value)
        try:
            cleaned = super().clean(value)
        except StreamBlockValidationError as error:
            for position, problem in error.block_errors.items():
                errors[position] = errors.get(position, {}) | _by_input(problem)
            raise _as_one(errors, error.non_block_errors)
        if errors:
            raise _as_one(errors)
        return cleaned

    class Meta:
        required = False
        icon = "form"


def specs_of(stream: blocks.StreamValue) -> tuple[FieldSpec, ...]:
    """Every field of a form in the editor's order, headings too; each that has an answer has a key of its own.

    A key that is missing or there twice, as in a draft, is made up: of two the first keeps it.
    """
    specs = [child.block.spec(child.value, block_id=child.id or "") for child in stream]
    return tuple(_with_own_keys(specs))


def _with_own_keys(specs: Iterable[FieldSpec]) -> Iterator[FieldSpec]:
    specs = list(specs)
    taken = {spec.clean_name for spec in specs}
    seen: set[str] = set()
    for spec in specs:
        if FIELD_TYPES[spec.field_type].has_answer and (not spec.clean_name or spec.clean_name in seen):
            key = key_from_label(spec.clean_name or spec.label, taken, fallback=spec.field_type)
            taken.add(key)
            yield replace(spec, clean_name=key)
        else:
            seen.add(spec.clean_name)
            yield spec


def _problems(stream: blocks.StreamValue) -> dict[int, dict[str, ValidationError]]:
    """What the fields say of themselves, and what is wrong between them, by position and input."""
    found: dict[int, dict[str, ValidationError]] = {}
    keys: set[str] = set()
    purposes: set[str] = set()
    before: dict[str, list[Mapping[str, Any]]] = {}
    for position, child in enumerate(stream):
        others = before.setdefault(child.block_type, [])
        errors = {**child.block.problems(child.value), **child.block.problems_beside(child.value, others)}
        key, purpose = child.value.get("key"), child.value.get("purpose")
        if key and key in keys:
            errors["key"] = ValidationError(_("Another field of this form has this key."))
        if purpose and purpose in purposes:
            errors["purpose"] = ValidationError(_("Another consent of this form has this purpose."))
        others.append(child.value)
        keys.add(key)
        purposes.add(purpose)
        if errors:
            found[position] = errors
    return found


def _by_input(problem: ValidationError) -> dict[str, ValidationError]:
    return problem.block_errors if isinstance(problem, StructBlockValidationError) else {"label": problem}


def _as_one(errors: dict[int, dict[str, ValidationError]], others: ErrorList | None = None) -> ValidationError:
    by_block = {position: StructBlockValidationError(block_errors=found) for position, found in errors.items()}
    return StreamBlockValidationError(block_errors=by_block, non_block_errors=others)
