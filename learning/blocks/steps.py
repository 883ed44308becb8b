"""What to do, one thing after the other."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StructBlock

from home.blocks.prose import INLINE_FEATURES
from learning.blocks.groups import LESSON


class StepBlock(StructBlock):
    heading = CharBlock(label=_("Step"), max_length=120)
    text = RichTextBlock(required=False, features=INLINE_FEATURES, label=_("Text"))

    class Meta:
        icon = "order-down"
        label = _("Step")


class StepsBlock(StructBlock):
    heading = CharBlock(required=False, default="", label=_("Heading"), max_length=120)
    steps = ListBlock(StepBlock(), min_num=1, label=_("Steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        group = LESSON
        template = "blocks/steps_block.html"
        description = _("Numbered steps, each with a heading and a few sentences.")
        preview_value = {
            "heading": "How a meeting goes",
            "steps": [
                {"heading": "Ask", "text": "<p>Write to the scheduler three weeks ahead.</p>"},
                {"heading": "Follow up", "text": "<p>Send the answer you owed the same day.</p>"},
            ],
        }
