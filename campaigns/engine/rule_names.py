"""What an editor calls a field and an option in a rule, made the key and the value that answers are stored under."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from campaigns.engine.fields import FieldSpec
from campaigns.engine.rules import WITHOUT_VALUE, Condition, Rule


class RuleNames:
    """Looks names up among the fields of one form: a key goes before a label, and of two equal labels neither."""

    def __init__(self, specs: Iterable[FieldSpec]) -> None:
        self._by_key = {spec.clean_name: spec for spec in specs if spec.clean_name}
        self._by_label: dict[str, list[FieldSpec]] = {}
        for spec in self._by_key.values():
            self._by_label.setdefault(_plain(spec.label), []).append(spec)

    def called(self, name: str) -> list[FieldSpec]:
        """Every field that the name can mean."""
        found = self._by_key.get(name)
        return [found] if found else self._by_label.get(_plain(name), [])

    def field(self, name: str) -> FieldSpec | None:
        """The field of that key or label; None where there is none, or more than one."""
        found = self.called(name)
        return found[0] if len(found) == 1 else None

    def key(self, name: str) -> str:
        """The key, or the name as it was written where it names no field."""
        found = self.field(name)
        return found.clean_name if found else name

    def value(self, name: str, value: str) -> str:
        """The stored value of that option of the field; what is no option stays as it was written."""
        found = self.field(name)
        choices = found.choices if found else ()
        if any(stored == value for stored, _label in choices):
            return value
        return next((stored for stored, label in choices if _plain(label) == _plain(value)), value)

    def condition(self, condition: Condition) -> Condition:
        value = "" if condition.test in WITHOUT_VALUE else self.value(condition.key, condition.value)
        return Condition(self.key(condition.key), condition.test, value)

    def rule(self, rule: Rule | None) -> Rule | None:
        return replace(rule, conditions=tuple(map(self.condition, rule.conditions))) if rule else None


def with_keys(specs: Sequence[FieldSpec]) -> tuple[FieldSpec, ...]:
    """The fields with rules that name keys and stored values.

    :param specs: each with the key that its answers are stored under.
    """
    if not any(spec.show_rules or spec.required_when for spec in specs):
        return tuple(specs)
    names = RuleNames(specs)
    return tuple(
        replace(
            spec,
            shown_when=names.rule(spec.shown_when),
            required_when=names.rule(spec.required_when),
            group_when=names.rule(spec.group_when),
            step_when=names.rule(spec.step_when),
        )
        for spec in specs
    )


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
