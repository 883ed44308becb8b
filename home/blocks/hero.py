"""The large opening of a page."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock, TextBlock
from wagtail.images.blocks import ImageBlock

from home.blocks.groups import TEXT
from home.blocks.links import LinkBlock


class HeroBlock(StructBlock):
    """As the first block of a body it carries the page's main heading; further down it is a section like others."""

    eyebrow = CharBlock(
        required=False, default="", max_length=60, label=_("Line above"), help_text=_("A few words, such as the issue.")
    )
    heading = CharBlock(label=_("Heading"), max_length=120)
    text = TextBlock(required=False, default="", label=_("Text"), max_length=500)
    image = ImageBlock(required=False, label=_("Image"))
    links = ListBlock(LinkBlock(), min_num=0, max_num=2, default=[], label=_("Buttons"))

    class Meta:
        icon = "desktop"
        label = _("Hero")
        group = TEXT
        template = "blocks/hero_block.html"
        description = _("A wide opening with a heading, a sentence or two, a picture and up to two buttons.")
        preview_value = {
            "eyebrow": "Telehealth",
            "heading": "A visit is a visit, wherever the patient sits",
            "text": "Ask the legislature to pay for video and telephone visits as it pays for those in the room.",
            "image": None,
            "links": [
                {"label": "Write to your legislators", "target_page": None, "address": "https://society.example"}
            ],
        }
