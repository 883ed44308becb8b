"""A form's fields as JSON and back, so that answers can be read as they were given long after the form has changed."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from campaigns.engine.fields import FieldSpec
from campaigns.engine.rules import Condition, Rule, Test


def as_json(specs: Iterable[FieldSpec]) -> list[dict[str, Any]]:
    """Every field by the names of its parts, in plain values."""
    return [_field(spec) for spec in specs]


def digest(fields: Sequence[Mapping[str, Any]]) -> str:
    """SHA-256 of canonical JSON: the same for the same form, whenever it is shown.

    :param fields: what `as_json` gave.
    """
    text = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def from_json(fields: Iterable[Mapping[str, Any]]) -> tuple[FieldSpec, ...]:
    """The fields again. What a later release has added is left at its default, what it has dropped is passed over."""
    return tuple(
        FieldSpec(
            clean_name=str(item["clean_name"]),
            label=str(item["label"]),
            field_type=str(item["field_type"]),
            required=bool(item.get("required")),
            help_text=str(item.get("help_text", "")),
            default_value=str(item.get("default_value", "")),
            choices=tuple((str(value), str(label)) for value, label in item.get("choices", ())),
            block_id=str(item.get("block_id", "")),
            options=dict(item.get("options", {})),
            shown_when=_rule_again(item.get("shown_when")),
            required_when=_rule_again(item.get("required_when")),
            group_when=_rule_again(item.get("group_when")),
            step_when=_rule_again(item.get("step_when")),
        )
        for item in fields
    )


def _field(spec: FieldSpec) -> dict[str, Any]:
    return {
        "clean_name": spec.clean_name,
        "label": str(spec.label),
        "field_type": spec.field_type,
        "required": spec.required,
        "help_text": str(spec.help_text),
        "default_value": str(spec.default_value),
        "choices": [[str(value), str(label)] for value, label in spec.choices],
        "block_id": spec.block_id,
        "options": {str(name): _plain(value) for name, value in spec.options.items()},
        "shown_when": _rule(spec.shown_when),
        "required_when": _rule(spec.required_when),
        # Named only where there is one: a form without them has the digest that it always had.
        **({"group_when": _rule(spec.group_when)} if spec.group_when else {}),
        **({"step_when": _rule(spec.step_when)} if spec.step_when else {}),
    }


def _plain(value: object) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = [_plain(item) for item in value]
        return sorted(items, key=str) if isinstance(value, set | frozenset) else items
    # Numbers with decimals, days, and texts that wait for their language.
    return str(value)


def _rule(rule: Rule | None) -> dict[str, Any] | None:
    if rule is None:
        return None
    conditions = [[one.key, one.test.value, one.value] for one in rule.conditions]
    return {"conditions": conditions, "needs_all": rule.needs_all}


def _rule_again(item: Mapping[str, Any] | None) -> Rule | None:
    if not item:
        return None
    known = [(key, test, value) for key, test, value in item["conditions"] if test in set(Test)]
    conditions = tuple(Condition(str(key), Test(test), str(value)) for key, test, value in known)
    return Rule(conditions, needs_all=bool(item.get("needs_all", True)))
