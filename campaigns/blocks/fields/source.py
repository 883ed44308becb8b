"""Where a visitor came from: a hidden word taken from the address of the page."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.fields.base import LAYOUT, FormFieldBlock, field_type
from campaigns.engine.fields import FieldSpec, Json
from home.blocks.keys import KeyBlock

DEFAULT_PARAMETER = "source"
_SLUG = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*\Z")
#: Telephone numbers and member numbers are digits in a row; the name of a mailing is not.
_NUMBER_OF_A_PERSON = re.compile(r"\d{7}")
_LONGEST = 40


def slug_or_nothing(value: Any) -> str:
    """The value if it can be the name of a mailing or a poster, else "": nobody is refused for a mangled link."""
    text = str(value or "").strip().lower()
    if len(text) > _LONGEST or not _SLUG.match(text) or _NUMBER_OF_A_PERSON.search(re.sub(r"[_-]", "", text)):
        return ""
    return text


class SourceField(forms.Field):
    def clean(self, value: Any) -> str:
        return slug_or_nothing(value)


@field_type("source", position=95)
class SourceFieldBlock(FormFieldBlock):
    max_per_form = 1
    field_template_name = "forms/hidden.html"

    label = blocks.CharBlock(label=_("Name in lists"), max_length=200, default=_("Source"))
    help_text = None
    is_required = None
    shown_when = None
    required_when = None
    parameter = KeyBlock(
        label=_("Parameter of the link"),
        default=DEFAULT_PARAMETER,
        help_text=_("With source, a link that ends in ?source=march-newsletter is counted as march-newsletter."),
    )

    def options_of(self, value: Mapping[str, Any]) -> dict[str, object]:
        return {"parameter": value.get("parameter") or DEFAULT_PARAMETER}

    @classmethod
    def form_field(cls, spec: FieldSpec) -> forms.Field:
        return SourceField(label=spec.label, required=False, widget=forms.HiddenInput())

    @classmethod
    def answer(cls, spec: FieldSpec, cleaned: Mapping[str, Any]) -> Json:
        return cleaned.get("") or ""

    class Meta:
        icon = "link"
        group = LAYOUT
        label = _("Source of the visit")
        description = _("Hidden: notes which mailing or poster a link was on. Holds nothing about the person.")
        preview_value = {"label": _("Source"), "parameter": DEFAULT_PARAMETER}
