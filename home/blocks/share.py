"""Ways to pass the page on."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, StructValue
from wagtail.models import Page

from home.blocks.groups import ACTION
from home.selectors import absolute_url, links_to_share


class ShareBlock(StructBlock):
    heading = CharBlock(required=False, default="", label=_("Heading"), max_length=120)
    text = CharBlock(
        required=False,
        default="",
        label=_("Sentence to share"),
        max_length=200,
        help_text=_("Empty: the page’s title."),
    )

    class Meta:
        icon = "redirect"
        label = _("Share links")
        group = ACTION
        template = "blocks/share_block.html"
        description = _("Links to pass the page on. Nothing is loaded from the networks.")
        preview_value = {"heading": "Pass it on", "text": "Every voice from the district counts."}

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        page, request = context.get("page"), context.get("request")
        if isinstance(page, Page):
            address, text = absolute_url(page, request), value["text"] or page.title
        else:
            address, text = (request.build_absolute_uri() if request else "/"), value["text"]
        context |= {"address": address, "share_links": links_to_share(address=address, text=text)}
        return context
