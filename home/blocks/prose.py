"""Running text."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import RichTextBlock

from home.blocks.groups import TEXT

#: Headings begin at the second level, because the page's title is the first.
FEATURES = ["h2", "h3", "h4", "bold", "italic", "ol", "ul", "hr", "link", "document-link", "superscript", "subscript"]
#: For text inside another block, which has its own heading.
INLINE_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class ProseBlock(RichTextBlock):
    def __init__(self, *, features: list[str] | None = None, **kwargs: object) -> None:
        super().__init__(features=features or FEATURES, **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = TEXT
        template = "blocks/prose_block.html"
        description = _("Paragraphs, headings, lists and links.")
        preview_value = (
            "<h2>Why this matters now</h2><p>Every week of delay is a week in which a patient waits. "
            "<b>You can say so</b> in your own words.</p><ul><li>It takes three minutes.</li>"
            "<li>You see each letter before it goes.</li></ul>"
        )
