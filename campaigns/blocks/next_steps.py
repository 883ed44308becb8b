"""Where people go after an action, by rule."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class NextStepBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(label=_("Page"))
    text = blocks.CharBlock(label=_("Text of the link"), max_length=120, required=False, default="")

    class Meta:
        icon = "arrow-right"
        group = _("Afterwards")
        description = _("A page to go to, for those whom its rule describes.")
        label = _("Next step")


class NextStepsBlock(blocks.StreamBlock):
    step = NextStepBlock()

    class Meta:
        required = False
