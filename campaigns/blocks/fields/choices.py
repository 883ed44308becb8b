"""Any number of several options: the values are stored, the labels are shown."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns.blocks.fields.base import FormFieldBlock, field_type, messages
from campaigns.blocks.fields.choice import choices_of, option_ids, option_problems, options_block
from campaigns.engine.fields import FieldSpec, Json
from campaigns.engine.rules import Test
from home.forms.controls import Checkboxes

_NOT_OFFERED = _("Choose only from the options that are offered.")


@field_type("choices", position=75)
class ChoicesFieldBlock(FormFieldBlock):
    rule_tests = frozenset({Test.INCLUDES})
    options = options_block()

    def choices_of(self, value: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
        return choices_of(value.get("options"))

    def options_of(self, value: Mapping[str, Any]) -> dict[str, object]:
        return {"option_ids": option_ids(value.get("options"))}

    def problems(self, value: Mapping[str, Any]) -> dict[str, ValidationError]:
        return option_problems(value.get("options"))

    @classmethod
    def form_field(cls, spec: FieldSpec) -> forms.Field:
        required = _("Choose at least one option for “%(label)s”.") % {"label": spec.label}
        words = {"invalid_choice": _NOT_OFFERED, "invalid_list": _NOT_OFFERED}
        return forms.MultipleChoiceField(
            label=spec.label,
            help_text=spec.help_text,
            required=spec.required,
            choices=spec.choices,
            widget=Checkboxes(),
            error_messages=messages(spec.label, required=required) | words,
        )

    @classmethod
    def answer(cls, spec: FieldSpec, cleaned: Mapping[str, Any]) -> Json:
        return list(cleaned.get("") or [])

    @classmethod
    def display(cls, spec: FieldSpec, answer: Json) -> str:
        if not isinstance(answer, list):
            return spec.choice_label(str(answer)) if answer else ""
        return ", ".join(spec.choice_label(str(value)) for value in answer)

    class Meta:
        icon = "tasks"
        label = _("Choice of several")
        description = _("Any number of options, such as the issues a person cares about.")
        preview_value = {
            "label": _("What do you see most often?"),
            "help_text": _("Choose all that apply."),
            "is_required": False,
            "options": [
                {"label": _("Delayed care"), "value": "delayed_care"},
                {"label": _("Denied claims"), "value": "denied_claims"},
            ],
        }
