"""A form in which what is asked depends on what was answered: only fields that are shown are judged and kept."""

import copy
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.functional import cached_property
from wagtail.contrib.forms.forms import BaseForm

from campaigns.blocks.fields import FIELD_TYPES
from campaigns.engine.fields import PART_SEPARATOR, FieldSpec, Json
from campaigns.engine.rules import Rule, is_required_by_rule, keys_looked_at, shown

#: Comes with each field of a rule that stood open on the page. A hyphen keeps it apart from every storage key.
SEEN_INPUT = "action-seen"
#: Follows the key where the field stood there as one that must be answered, by a rule.
AS_REQUIRED = ":required"


class RuledForm(BaseForm):
    """Rules are applied when the form is made: to what was sent, or to what an unsent form begins with."""

    specs: Sequence[FieldSpec] = ()
    #: False for a form that shows what was typed and finds nothing wrong with it.
    is_judged = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        #: The fields as the editor composed them, whatever is answered.
        self.composed = tuple(self.specs)
        #: By position in `specs`.
        self._is_shown: tuple[bool, ...] = (True,) * len(self.specs)
        self._required_by_rule: set[str] = set()
        if any(spec.show_rules or spec.required_when for spec in self.specs):
            self._apply_rules()

    @property
    def asked_specs(self) -> list[FieldSpec]:
        """What is shown for these answers, headings too, each required as they make it."""
        return [spec for spec, is_shown in zip(self.specs, self._is_shown, strict=True) if is_shown]

    @property
    def left_out_specs(self) -> list[FieldSpec]:
        """What these answers leave out."""
        return [spec for spec, is_shown in zip(self.specs, self._is_shown, strict=True) if not is_shown]

    @property
    def unseen_specs(self) -> list[FieldSpec]:
        """Fields that the answers call for and that did not stand open, or not as required, on the page before."""
        seen = set(values_in(self.data, SEEN_INPUT))
        return [spec for spec in self.asked_specs if not seen.issuperset(self._marks(spec))]

    def is_asked(self, spec: FieldSpec) -> bool:
        return any(asked is spec for asked in self.asked_specs)

    def full_clean(self) -> None:
        if not self.is_judged:
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        every_field = self.fields
        self.fields = {name: every_field[name] for spec in self.asked_specs for name in self.names(spec).values()}
        try:
            super().full_clean()
        finally:
            self.fields = every_field

    def without_judging(self) -> "RuledForm":
        """The same form with all that was typed and no errors."""
        self.is_judged = False
        self._errors = None
        return self

    def marks(self) -> set[str]:
        """Whatever can come with the form to say what of it was seen."""
        keys = [spec.clean_name for spec in self.specs if spec.shown_when or spec.group_when or spec.required_when]
        return {*keys, *(f"{key}{AS_REQUIRED}" for key in keys)}

    def forgive(self, specs: Iterable[FieldSpec]) -> None:
        """Takes back what was found wrong with fields that the person has not seen yet."""
        for spec in specs:
            for name in self.names(spec).values():
                self.errors.pop(name, None)

    def names(self, spec: FieldSpec) -> dict[str, str]:
        """The name of each control of a field, by part."""
        return self._names.get(spec.clean_name, {})

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        """The name of each control, by key and part."""
        found: dict[str, dict[str, str]] = {}
        for name in self.fields:
            key, _separator, part = name.partition(PART_SEPARATOR)
            found.setdefault(key, {})[part] = name
        return found

    def rules_as_json(self, *rules: Rule | None) -> str:
        """Rules that all have to hold, for the browser, with the names of the controls looked at; "" for none."""
        given = [rule for rule in rules if rule and rule.conditions]
        if not given:
            return ""
        by_key = {spec.clean_name: spec for spec in self.specs}
        written = [
            {
                "all": rule.needs_all,
                "conditions": [
                    {"names": self._visible_names(by_key.get(one.key)), "test": one.test.value, "value": one.value}
                    for one in rule.conditions
                ],
            }
            for rule in given
        ]
        return json.dumps(written, ensure_ascii=False)

    # --- Inside --------------------------------------------------------------------------------

    def _marks(self, spec: FieldSpec) -> list[str]:
        """What the page sends along that showed the field as it has to be shown for these answers."""
        if not FIELD_TYPES[spec.field_type].has_answer:
            return []
        is_marked_required = spec.required and spec.clean_name in self._required_by_rule
        return [
            *([spec.clean_name] if spec.shown_when or spec.group_when else []),
            *([f"{spec.clean_name}{AS_REQUIRED}"] if is_marked_required else []),
        ]

    def _apply_rules(self) -> None:
        looked_at = keys_looked_at(self.specs)
        answers = {spec.clean_name: self._answer_so_far(spec) for spec in self.specs if spec.clean_name in looked_at}
        self._is_shown = shown(self.specs, answers)
        standing = zip(self.specs, self._is_shown, strict=True)
        seen = {spec.clean_name: answers.get(spec.clean_name) for spec, is_shown in standing if is_shown}
        self.specs = tuple(
            self._required(spec) if is_shown and not spec.required and is_required_by_rule(spec, seen) else spec
            for spec, is_shown in zip(self.specs, self._is_shown, strict=True)
        )
        for spec, is_shown in zip(self.specs, self._is_shown, strict=True):
            if not is_shown:
                for name in self.names(spec).values():
                    self.fields[name].widget.attrs["disabled"] = True

    def _required(self, spec: FieldSpec) -> FieldSpec:
        self._required_by_rule.add(spec.clean_name)
        required = replace(spec, required=True)
        for part, field in FIELD_TYPES[spec.field_type].form_fields(required).items():
            self.fields[spec.part_name(part)] = field
        return required

    def _answer_so_far(self, spec: FieldSpec) -> Json:
        """The answer as far as it is in order; what is not is unanswered."""
        field_type = FIELD_TYPES[spec.field_type]
        if not field_type.has_answer:
            return None
        cleaned = {}
        for part, name in self.names(spec).items():
            field = copy.copy(self.fields[name])
            field.required = False
            try:
                cleaned[part] = field.clean(self._given(name, field))
            except ValidationError:
                continue
        return field_type.answer(spec, cleaned)

    def _given(self, name: str, field: forms.Field) -> Any:
        if not self.is_bound:
            return self.get_initial_for_field(field, name)
        return field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))

    def _visible_names(self, spec: FieldSpec | None) -> list[str]:
        names = self.names(spec).values() if spec else ()
        return [self.add_prefix(name) for name in names if not self.fields[name].widget.is_hidden]


def values_in(data: Mapping[str, Any], name: str) -> list[str]:
    """Every value of that name in what a browser sent, or in what a form begins with."""
    found = data.getlist(name) if hasattr(data, "getlist") else data.get(name)
    return [str(value) for value in (found if isinstance(found, list | tuple) else [found]) if value is not None]
