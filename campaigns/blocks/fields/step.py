"""Where a step of the form begins: what follows is asked on a screen of its own."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.fields.base import LAYOUT, FormFieldBlock, field_type
from campaigns.blocks.rules import RuleBlock
from campaigns.engine.fields import FieldSpec
from campaigns.engine.steps import STEP


@field_type(STEP, position=85)
class StepFieldBlock(FormFieldBlock):
    has_answer = False
    field_template_name = "forms/step.html"

    label = blocks.CharBlock(
        label=_("Title of the step"),
        max_length=100,
        default="",
        help_text=_("Two or three words. The page says: Step 2 of 4: About you."),
    )
    help_text = blocks.TextBlock(label=_("Help"), max_length=1000, required=False, default="", rows=3)
    is_required = None
    shown_when = RuleBlock(
        label=_("Ask this step only if"),
        help_text=_(
            "Looks at answers to earlier steps. Without a condition the step is always asked. One that is not asked is "
            "skipped, forward and back, and nothing of it is stored."
        ),
    )
    required_when = None
    key = None

    @classmethod
    def form_fields(cls, spec: FieldSpec) -> dict[str, forms.Field]:
        return {}

    class Meta:
        icon = "list-ol"
        group = LAYOUT
        label = _("New step")
        description = _("The fields below it are asked on a screen of their own. A step without questions is skipped.")
        preview_value = {"label": _("About you"), "help_text": _("Three short questions.")}
