"""What has happened so far, newest first."""

import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, DateBlock, ListBlock, RichTextBlock, StructBlock, StructValue

from home.blocks.groups import EVIDENCE
from home.blocks.prose import INLINE_FEATURES


class UpdateBlock(StructBlock):
    date = DateBlock(label=_("Date"))
    heading = CharBlock(label=_("Heading"), max_length=150)
    text = RichTextBlock(required=False, features=INLINE_FEATURES, label=_("Text"))

    class Meta:
        icon = "calendar"
        label = _("Update")


class UpdatesValue(StructValue):
    @property
    def newest_first(self) -> list[Any]:
        return sorted(self["updates"], key=lambda update: update["date"] or datetime.date.min, reverse=True)


class UpdatesBlock(StructBlock):
    heading = CharBlock(required=False, default="", label=_("Heading"), max_length=120)
    updates = ListBlock(UpdateBlock(), min_num=1, label=_("Updates"))

    class Meta:
        icon = "history"
        label = _("Updates")
        group = EVIDENCE
        template = "blocks/updates_block.html"
        value_class = UpdatesValue
        description = _("A timeline of what has happened, sorted by its dates.")
        preview_value = {
            "heading": "So far",
            "updates": [
                {"date": datetime.date(2026, 10, 14), "heading": "Heard in committee", "text": "<p>Five testify.</p>"},
                {"date": datetime.date(2026, 9, 1), "heading": "Campaign opens", "text": ""},
            ],
        }
