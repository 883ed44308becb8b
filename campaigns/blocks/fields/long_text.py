"""An answer of several lines, with a limit that is counted."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.fields.base import FormFieldBlock, field_type, messages
from campaigns.engine.fields import FieldSpec
from home.forms.controls import ParagraphsField

DEFAULT_LIMIT = 1000


@field_type("long_text", position=50)
class LongTextFieldBlock(FormFieldBlock):
    field_template_name = "forms/long_text.html"

    max_length = blocks.IntegerBlock(
        label=_("Longest answer, in characters"), min_value=20, max_value=10_000, default=DEFAULT_LIMIT
    )

    def options_of(self, value: Mapping[str, Any]) -> dict[str, object]:
        return {"max_length": value.get("max_length") or DEFAULT_LIMIT}

    @classmethod
    def form_field(cls, spec: FieldSpec) -> forms.Field:
        return ParagraphsField(
            label=spec.label,
            limit=int(str(spec.options.get("max_length", DEFAULT_LIMIT))),
            help_text=spec.help_text,
            required=spec.required,
            error_messages=messages(spec.label),
            widget=forms.Textarea(attrs={"rows": "6", "autocomplete": "off", "inputmode": "text"}),
        )

    class Meta:
        icon = "doc-full"
        label = _("Long text")
        description = _("A story or a reason, over several lines.")
        preview_value = {"label": _("What have your patients seen?"), "is_required": False, "max_length": 600}
