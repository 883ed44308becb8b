"""Somebody's own words."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, TextBlock
from wagtail.images.blocks import ImageBlock

from home.blocks.groups import EVIDENCE


class QuoteBlock(StructBlock):
    quotation = TextBlock(
        label=_("Quotation"), max_length=800, help_text=_("Without quotation marks; the page adds them.")
    )
    name = CharBlock(label=_("Who said it"), max_length=120)
    role = CharBlock(required=False, default="", label=_("Role or town"), max_length=160)
    portrait = ImageBlock(required=False, label=_("Portrait"))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = EVIDENCE
        template = "blocks/quote_block.html"
        description = _("A physician’s or patient’s words with their name.")
        preview_value = {
            "quotation": "My patient waited nineteen days for a scan that was approved in the end. "
            "She was in pain for every one of them.",
            "name": "Dr. Ines Marlowe",
            "role": "Family physician, Port Linden",
            "portrait": None,
        }
