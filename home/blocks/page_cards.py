"""Pages as cards: those that an editor picks, or all of a section."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, IntegerBlock, ListBlock, PageChooserBlock, StructBlock, StructValue, TextBlock

from home import selectors
from home.blocks.groups import LISTS


class PageCardsBlock(StructBlock):
    heading = CharBlock(label=_("Heading"), max_length=120)
    text = TextBlock(required=False, default="", label=_("Text"), max_length=400)
    pages = ListBlock(PageChooserBlock(label=_("Page")), min_num=1, max_num=12, label=_("Pages"))

    class Meta:
        icon = "grid"
        label = _("Chosen pages")
        group = LISTS
        template = "blocks/page_cards_block.html"
        description = _("Cards of the pages that you choose, each in the visitor’s language.")
        preview_value = {"heading": "Where to begin", "text": "Two places to start.", "pages": []}

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["pages"] = selectors.shown_versions(value["pages"])
        return context


class SectionCardsBlock(StructBlock):
    heading = CharBlock(label=_("Heading"), max_length=120)
    text = TextBlock(required=False, default="", label=_("Text"), max_length=400)
    section = PageChooserBlock(label=_("Section"))
    limit = IntegerBlock(label=_("At most"), default=6, min_value=1, max_value=24)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Pages of a section")
        group = LISTS
        template = "blocks/section_cards_block.html"
        description = _("Cards of the pages below a section; a new page appears by itself.")
        preview_value = {"heading": "Advocacy training", "text": "Short lessons.", "section": None, "limit": 3}

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        section = selectors.shown_version(value["section"])
        context["section"] = section
        context["pages"] = selectors.cards_of(section, limit=value["limit"] or 6)
        return context
