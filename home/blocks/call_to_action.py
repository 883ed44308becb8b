"""The one thing to do, set apart."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock, TextBlock

from home.blocks.groups import ACTION
from home.blocks.links import LinkBlock


class CallToActionBlock(StructBlock):
    heading = CharBlock(label=_("Heading"), max_length=120)
    text = TextBlock(required=False, default="", label=_("Text"), max_length=400)
    links = ListBlock(LinkBlock(), min_num=1, max_num=2, label=_("Buttons"))

    class Meta:
        icon = "crosshairs"
        label = _("Call to action")
        group = ACTION
        template = "blocks/call_to_action_block.html"
        description = _("A band with a heading and one or two buttons.")
        preview_value = {
            "heading": "Three minutes are enough",
            "text": "Say in your own words what you have seen. We find your legislators.",
            "links": [{"label": "Write now", "target_page": None, "address": "https://society.example"}],
        }
