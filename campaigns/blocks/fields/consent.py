"""A box that nobody has ticked beforehand, and the exact words that stand beside it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.fields.base import AGREEMENT, FormFieldBlock, field_type, messages
from campaigns.engine.fields import FieldSpec, Json
from home.blocks.keys import KeyBlock


@field_type("consent", position=80)
class ConsentFieldBlock(FormFieldBlock):
    field_template_name = "forms/consent.html"

    label = blocks.CharBlock(
        label=_("Name in lists"),
        max_length=200,
        default="",
        help_text=_("For staff only: Newsletter. Visitors read the text."),
    )
    text = blocks.TextBlock(
        label=_("Text beside the box"),
        default="",
        max_length=1000,
        rows=3,
        help_text=_("What the person agrees to, complete: these exact words are kept with the agreement."),
    )
    purpose = KeyBlock(
        label=_("Purpose"),
        default="",
        help_text=_("What the consent is for, such as newsletter: the same on every form that asks for it."),
    )
    is_required = blocks.BooleanBlock(
        label=_("Must be ticked"), required=False, default=False, help_text=_("A consent that is forced is none.")
    )

    def options_of(self, value: Mapping[str, Any]) -> dict[str, object]:
        return {"purpose": value.get("purpose") or "", "text": " ".join(str(value.get("text") or "").split())}

    @classmethod
    def form_field(cls, spec: FieldSpec) -> forms.Field:
        return forms.BooleanField(
            label=str(spec.options.get("text") or spec.label),
            help_text=spec.help_text,
            required=spec.required,
            error_messages=messages(spec.label, required=_("Tick the box to go on.")),
            widget=forms.CheckboxInput(),
        )

    @classmethod
    def answer(cls, spec: FieldSpec, cleaned: Mapping[str, Any]) -> Json:
        return bool(cleaned.get(""))

    @classmethod
    def display(cls, spec: FieldSpec, answer: Json) -> str:
        if isinstance(answer, bool):
            return str(_("Yes")) if answer else str(_("No"))
        return super().display(spec, answer)

    class Meta:
        icon = "check"
        group = AGREEMENT
        label = _("Consent")
        description = _("A box to tick for one purpose; what was agreed to is kept word for word.")
        preview_value = {
            "label": _("Newsletter"),
            "text": _("Keep me informed about this campaign by e-mail. I can stop at any time."),
            "purpose": "newsletter",
            "is_required": False,
        }
