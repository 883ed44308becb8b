"""Things to have done before the day."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock

from learning.blocks.groups import LESSON


class ChecklistBlock(StructBlock):
    """A list with boxes to tick on paper: nothing is stored, so nothing pretends to be."""

    heading = CharBlock(label=_("Heading"), max_length=120)
    entries = ListBlock(CharBlock(label=_("Entry"), max_length=250), min_num=1, label=_("Entries"))

    class Meta:
        icon = "tasks"
        label = _("Checklist")
        group = LESSON
        template = "blocks/checklist_block.html"
        description = _("A list to go through before a meeting or a hearing; it prints well.")
        preview_value = {
            "heading": "The evening before",
            "entries": ["The bill’s number and title", "Your request in one sentence", "A page to leave behind"],
        }
