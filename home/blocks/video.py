"""A video that nobody is told about before the visitor presses play."""

from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock, StructValue, URLBlock
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from home.blocks.groups import MEDIA
from home.blocks.prose import INLINE_FEATURES
from home.engine import videos


class VideoValue(StructValue):
    @cached_property
    def video(self) -> videos.Video | None:
        try:
            return videos.recognise(self.get("address") or "")
        except videos.NotAVideoAddress:
            return None


class VideoBlock(StructBlock):
    """A link to the video's own page; a small script turns it into a player on the first press."""

    address = URLBlock(label=_("Address"), help_text=_("Of a video on YouTube or Vimeo. It needs captions there."))
    title = CharBlock(label=_("Title"), max_length=150)
    length = CharBlock(
        required=False, default="", label=_("Length"), max_length=40, help_text=_("Such as “4 minutes”.")
    )
    poster = ImageChooserBlock(required=False, label=_("Still image"), help_text=_("From your own library."))
    transcript = RichTextBlock(required=False, features=INLINE_FEATURES, label=_("Transcript"))
    transcript_address = URLBlock(required=False, default="", label=_("Or the transcript’s address"))

    class Meta:
        icon = "media"
        label = _("Video")
        group = MEDIA
        template = "blocks/video_block.html"
        value_class = VideoValue
        description = _("A still image that plays a video when pressed, with its transcript.")
        preview_value = {
            "address": "https://www.youtube.com/watch?v=aaaaaaaaaaa",
            "title": "What happens at a hearing",
            "length": "4 minutes",
            "poster": None,
            "transcript": "<p>The chair opens the hearing and calls the first witness.</p>",
        }

    def clean(self, value: VideoValue) -> VideoValue:
        cleaned = super().clean(value)
        errors = {}
        if cleaned.get("address") and cleaned.video is None:
            errors["address"] = ValidationError(_("Give the address of a video on YouTube or Vimeo."))
        has_transcript = bool(cleaned["transcript"].source.strip() or cleaned.get("transcript_address"))
        if not has_transcript and not self.is_deferred_validation:
            errors["transcript"] = ValidationError(_("Write the transcript or give its address."))
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned
