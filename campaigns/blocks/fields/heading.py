"""A heading with a sentence of help between the fields; asks nothing."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.fields.base import LAYOUT, FormFieldBlock, field_type
from campaigns.engine.fields import FieldSpec


@field_type("heading", position=90)
class HeadingFieldBlock(FormFieldBlock):
    has_answer = False
    field_template_name = "forms/heading.html"

    label = blocks.CharBlock(label=_("Heading"), max_length=200, default="")
    help_text = blocks.TextBlock(label=_("Help"), max_length=1000, required=False, default="", rows=3)
    is_required = None
    required_when = None
    key = None

    @classmethod
    def form_fields(cls, spec: FieldSpec) -> dict[str, forms.Field]:
        return {}

    class Meta:
        icon = "title"
        group = LAYOUT
        label = _("Heading and help")
        description = _("Divides a long form and explains what comes next.")
        preview_value = {
            "label": _("About your practice"),
            "help_text": _("It helps your legislators to know whom they are reading."),
        }
