"""Figures side by side, each with what it counts and where it comes from."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock, URLBlock

from home.blocks.groups import EVIDENCE


class StatisticBlock(StructBlock):
    figure = CharBlock(label=_("Figure"), max_length=24, help_text=_("Such as “1 in 3” or “13 hours”."))
    meaning = CharBlock(label=_("What it counts"), max_length=200)
    source = CharBlock(required=False, default="", label=_("Source"), max_length=160)
    source_address = URLBlock(required=False, default="", label=_("Source’s address"))

    class Meta:
        icon = "decimal"
        label = _("Figure")


class StatisticsBlock(StructBlock):
    heading = CharBlock(required=False, default="", label=_("Heading"), max_length=120)
    figures = ListBlock(StatisticBlock(), min_num=1, max_num=4, label=_("Figures"))

    class Meta:
        icon = "order"
        label = _("Figures")
        group = EVIDENCE
        template = "blocks/statistics_block.html"
        description = _("One to four figures in a row, each with its source.")
        preview_value = {
            "heading": "What waiting costs",
            "figures": [
                {"figure": "13 hours", "meaning": "a week for each physician", "source": "Sample survey"},
                {"figure": "9 in 10", "meaning": "requests approved in the end", "source": "Sample survey"},
            ],
        }
