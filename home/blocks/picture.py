"""An image with a description for those who do not see it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock
from wagtail.images.blocks import ImageBlock

from home.blocks.groups import MEDIA
from home.selectors import any_image


class PictureBlock(StructBlock):
    """`ImageBlock` asks for a description in this place, or to say that the image decorates."""

    image = ImageBlock(label=_("Image"))
    caption = CharBlock(required=False, default="", label=_("Caption"), max_length=250)
    credit = CharBlock(required=False, default="", label=_("Credit"), max_length=120)

    class Meta:
        icon = "image"
        label = _("Image")
        group = MEDIA
        template = "blocks/picture_block.html"
        description = _("A picture with its description, a caption and a credit.")
        preview_value = {
            "image": None,
            "caption": "Members at the State House on Physician Day.",
            "credit": "Photograph: the society",
        }

    def get_preview_value(self) -> Any:
        """The library's newest image, because an unsaved one cannot be drawn."""
        image = any_image()
        alt_text = image.default_alt_text if image else ""
        picture = {"image": image.pk, "alt_text": alt_text, "decorative": False} if image else None
        return self.to_python({**self.meta.preview_value, "image": picture})
