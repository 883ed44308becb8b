"""An answer of several lines, with a limit that is counted."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.fields.base import FormFieldBlock, field_type, messages
from campaigns.blocks.fields.lengths import MinimumLength, length_problems
from campaigns.engine.fields import FieldSpec
from home.forms.controls import ParagraphsField

DEFAULT_LIMIT = 1000


@field_type("long_text", position=50)
class LongTextFieldBlock(FormFieldBlock):
    field_template_name = "forms/long_text.html"

    min_length = blocks.IntegerBlock(
        label=_("Shortest answer, in characters"), required=False, min_value=1, max_value=10_000
    )
    max_length = blocks.IntegerBlock(
        label=_("Longest answer, in characters"), min_value=20, max_value=10_000, default=DEFAULT_LIMIT
    )

    warns_about_patients = blocks.BooleanBlock(
        label=_("Warn about what may identify a patient"),
        required=False,
        default=True,
        help_text=_("Beside the answer, with the words and the reason. Nobody is kept from going on."),
    )

    def options_of(self, value: Mapping[str, Any]) -> dict[str, object]:
        return {
            "min_length": value.get("min_length") or 0,
            "max_length": value.get("max_length") or DEFAULT_LIMIT,
            "warns_about_patients": value.get("warns_about_patients", True) is not False,
        }

    def problems(self, value: Mapping[str, Any]) -> dict[str, ValidationError]:
        return length_problems(value)

    @classmethod
    def form_field(cls, spec: FieldSpec) -> forms.Field:
        field = ParagraphsField(
            label=spec.label,
            limit=int(str(spec.options.get("max_length", DEFAULT_LIMIT))),
            has_note=bool(spec.options.get("warns_about_patients")),
            help_text=spec.help_text,
            required=spec.required,
            error_messages=messages(spec.label),
            widget=forms.Textarea(attrs={"rows": "6", "autocomplete": "off", "inputmode": "text"}),
        )
        if least := int(str(spec.options.get("min_length") or 0)):
            field.validators.append(MinimumLength(least, spec.label))
        return field

    class Meta:
        icon = "doc-full"
        label = _("Long text")
        description = _("A story or a reason, over several lines.")
        preview_value = {"label": _("What have your patients seen?"), "is_required": False, "max_length": 600}
