"""What a reader should remember."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock

from learning.blocks.groups import LESSON


class TakeawaysBlock(StructBlock):
    heading = CharBlock(required=False, default="", label=_("Heading"), max_length=120)
    points = ListBlock(CharBlock(label=_("Point"), max_length=200), min_num=1, max_num=6, label=_("Points"))

    class Meta:
        icon = "pick"
        label = _("Key takeaways")
        group = LESSON
        template = "blocks/takeaways_block.html"
        description = _("Up to six sentences to remember.")
        preview_value = {
            "heading": "",
            "points": ["One request for each meeting", "Your own patient’s story, without the name"],
        }
