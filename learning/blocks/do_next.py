"""The end of a lesson: something to do now, on a campaign or a form of the site."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, PageChooserBlock, StructBlock, StructValue, TextBlock

from home.selectors import shown_version
from learning.blocks.groups import LESSON


class DoNextBlock(StructBlock):
    heading = CharBlock(label=_("Heading"), max_length=120)
    text = TextBlock(label=_("Text"), max_length=400)
    target_page = PageChooserBlock(
        ["campaigns.CampaignPage", "campaigns.ActionPage"], label=_("Campaign or action form")
    )
    label = CharBlock(label=_("Words of the button"), max_length=60)

    class Meta:
        icon = "arrow-right-full"
        label = _("Do this next")
        group = LESSON
        template = "blocks/do_next_block.html"
        description = _("Leads from the lesson to a campaign or an action form.")
        preview_value = {
            "heading": "Do it now",
            "text": "Ask for a meeting in the last line of your letter.",
            "target_page": None,
            "label": "Write to your legislators",
        }

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["target"] = shown_version(value["target_page"])
        return context
