"""Frequent questions, each folded over its answer."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StructBlock

from home.blocks.groups import TEXT
from home.blocks.prose import INLINE_FEATURES


class QuestionBlock(StructBlock):
    question = CharBlock(label=_("Question"), max_length=200)
    answer = RichTextBlock(features=INLINE_FEATURES, label=_("Answer"))

    class Meta:
        icon = "help"
        label = _("Question")


class QuestionsBlock(StructBlock):
    heading = CharBlock(required=False, default="", label=_("Heading"), max_length=120)
    questions = ListBlock(QuestionBlock(), min_num=1, label=_("Questions"))

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        group = TEXT
        template = "blocks/questions_block.html"
        description = _("A list of questions; each opens to show its answer, also without scripts.")
        preview_value = {
            "heading": "Questions that members ask",
            "questions": [
                {"question": "Who receives my letter?", "answer": "<p>Your own senator and representative.</p>"},
                {"question": "May I change it?", "answer": "<p>Yes, every word, before it goes.</p>"},
            ],
        }
