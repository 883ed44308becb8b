"""What helps and what harms, side by side."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock

from learning.blocks.groups import LESSON


class DosAndDontsBlock(StructBlock):
    heading = CharBlock(required=False, default="", label=_("Heading"), max_length=120)
    dos = ListBlock(CharBlock(label=_("Do"), max_length=250), min_num=1, label=_("Do"))
    donts = ListBlock(CharBlock(label=_("Don’t"), max_length=250), min_num=1, label=_("Don’t"))

    class Meta:
        icon = "success"
        label = _("Do and don’t")
        group = LESSON
        template = "blocks/dos_and_donts_block.html"
        description = _("Two lists: what helps and what harms.")
        preview_value = {
            "heading": "In the room",
            "dos": ["Begin with thanks for something true", "Ask for one thing"],
            "donts": ["Threaten", "Name a patient"],
        }
