"""From the stream that an editor composed to the fields of a form, those of groups in their place."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import get_language
from wagtail import blocks

from campaigns.blocks.field_group import FIELD_GROUP, NOT_IN_GROUPS, group_in
from campaigns.blocks.fields import FIELD_TYPES
from campaigns.blocks.rules import SHOWN_WHEN, rule_of
from campaigns.engine.fields import FieldSpec, key_from_label
from campaigns.engine.rule_names import with_keys
from campaigns.engine.rules import Rule
from campaigns.engine.steps import with_step_rules


@dataclass(frozen=True, slots=True)
class ComposedField:
    """A field where the editor put it: by itself, or with the group that stands at that position."""

    position: int
    child: Any
    is_in_group: bool = False
    #: The rule of the group, as it was written.
    group_when: Rule | None = None

    def spec(self) -> FieldSpec:
        spec = self.child.block.spec(self.child.value, block_id=self.child.id or "")
        return replace(spec, group_when=self.group_when) if self.group_when else spec


def composed_fields(stream: blocks.StreamValue, locale_id: int | None = None) -> Iterator[ComposedField]:
    """Every field of a form in the editor's order, those of groups in the place of the group.

    :param locale_id: the language of the form; groups are taken in it where they are translated.
    """
    for position, child in enumerate(stream):
        if child.block_type != FIELD_GROUP:
            yield ComposedField(position, child)
            continue
        group, rule = group_in(child.value, locale_id), rule_of(child.value.get(SHOWN_WHEN))
        for grouped in group.form_fields if group else ():
            if grouped.block_type in FIELD_TYPES and grouped.block_type not in NOT_IN_GROUPS:
                yield ComposedField(position, grouped, is_in_group=True, group_when=rule)


def specs_of(stream: blocks.StreamValue, locale_id: int | None = None) -> tuple[FieldSpec, ...]:
    """Every field of a form in the editor's order, headings too; each that has an answer has a key of its own.

    A key that is missing or there twice, as in a draft, is made up: of two the first keeps it, and a field of the
    form itself goes before one of a group. Rules name keys and stored values; each field has those of its step and
    its group with it.
    """
    stored = _as_stored(stream)
    if not stored:
        return _specs(stream, locale_id)
    known = _KNOWN.get(stored)
    if known is None:
        known = _specs(stream, locale_id)
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[stored] = known
    return known


#: By what is stored for them: fields of forms that this process has read before. A form that is changed is another.
_KNOWN: dict[tuple[str, str | None], tuple[FieldSpec, ...]] = {}
_MOST_KNOWN = 200


def _as_stored(stream: blocks.StreamValue) -> tuple[str, str | None] | None:
    """What the fields follow from; None where it is more than what is stored here, or was changed since it was read."""
    if not stream.is_lazy or any(stream._bound_blocks):
        return None
    raw = list(stream.raw_data)
    if not raw or not all(item["type"] in FIELD_TYPES and FIELD_TYPES[item["type"]].is_all_stored for item in raw):
        return None
    # A label that nobody has written is that of the active language.
    return json.dumps(raw, cls=DjangoJSONEncoder), get_language()


def _specs(stream: blocks.StreamValue, locale_id: int | None) -> tuple[FieldSpec, ...]:
    fields = list(composed_fields(stream, locale_id))
    own = {field.child.value.get("key") for field in fields if not field.is_in_group}
    return tuple(with_step_rules(with_keys(tuple(_with_own_keys(fields, own - {"", None})))))


def _with_own_keys(fields: Iterable[ComposedField], own: set[str]) -> Iterator[FieldSpec]:
    composed = [(field, field.spec()) for field in fields]
    taken = {spec.clean_name for _field, spec in composed}
    seen: set[str] = set()
    for field, spec in composed:
        is_taken = spec.clean_name in seen or (field.is_in_group and spec.clean_name in own)
        if FIELD_TYPES[spec.field_type].has_answer and (not spec.clean_name or is_taken):
            key = key_from_label(spec.clean_name or spec.label, taken, fallback=spec.field_type)
            taken.add(key)
            yield replace(spec, clean_name=key)
        else:
            seen.add(spec.clean_name)
            yield spec
