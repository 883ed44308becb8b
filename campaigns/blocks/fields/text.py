"""A short answer on one line."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.fields.base import FormFieldBlock, field_type, messages
from campaigns.engine.fields import FieldSpec
from home.forms.controls import line

LIMIT = 255


@field_type("text", position=40)
class TextFieldBlock(FormFieldBlock):
    #: Tokens of the HTML standard that ask nothing of more than the person's work.
    autocomplete = blocks.ChoiceBlock(
        label=_("What browsers may fill in"),
        choices=[
            ("off", _("Nothing")),
            ("organization", _("Where the person works")),
            ("organization-title", _("The person’s job title")),
            ("nickname", _("What the person likes to be called")),
        ],
        default="off",
    )

    def options_of(self, value: Mapping[str, Any]) -> dict[str, object]:
        return {"autocomplete": value.get("autocomplete") or "off"}

    @classmethod
    def form_field(cls, spec: FieldSpec) -> forms.Field:
        return line(
            label=spec.label,
            limit=LIMIT,
            autocomplete=str(spec.options.get("autocomplete", "off")),
            hint=spec.help_text,
            is_required=spec.required,
            messages=messages(spec.label),
        )

    class Meta:
        icon = "pilcrow"
        label = _("Short text")
        description = _("An answer on one line, such as a specialty or an employer.")
        preview_value = {"label": _("Your specialty"), "help_text": _("For example, pediatrics."), "is_required": True}
