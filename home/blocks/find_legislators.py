"""The form of the page that finds legislators, on any page."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, PageChooserBlock, StructBlock, StructValue, TextBlock

from home import selectors
from home.blocks.groups import ACTION


class FindLegislatorsBlock(StructBlock):
    """Rendered here, posting to that page's own address: the room that knows the answer is named by string only."""

    heading = CharBlock(label=_("Heading"), max_length=120, default=_("Find my legislators"))
    text = TextBlock(required=False, default="", label=_("Text"), max_length=400)
    find_page = PageChooserBlock(label=_("Page to find legislators"), page_type="legislators.FindLegislatorsPage")

    class Meta:
        icon = "search"
        group = ACTION
        label = _("Find my legislators")
        description = _("An address form that leads to the visitor’s legislators, right here.")
        template = "blocks/find_legislators_block.html"
        preview_value = {"heading": "Find my legislators", "text": "Who speaks for your patients?", "find_page": None}

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        request = context.get("request")
        page = selectors.shown_version(value.get("find_page"))
        if page is not None and request is not None:
            context |= {"is_shown": True, **page.specific.form_context(request)}
        return context
