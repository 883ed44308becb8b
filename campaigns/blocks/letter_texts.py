"""Texts for some offices or people, and what helps a person to make a letter theirs."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.engine.composing import SUBJECT_LENGTH


class LetterTextBlock(blocks.StructBlock):
    """Another letter for those whom its audience describes."""

    name = blocks.CharBlock(label=_("Name in lists"), max_length=80, default="")
    subject = blocks.CharBlock(label=_("Subject"), max_length=SUBJECT_LENGTH, required=False, default="")
    body = blocks.TextBlock(label=_("Letter"), max_length=8000, default="", rows=10)

    class Meta:
        icon = "mail"
        group = _("Texts")
        label = _("Another text")
        description = _("A letter for those whom its audience describes.")


class LetterTextsBlock(blocks.StreamBlock):
    text = LetterTextBlock()

    class Meta:
        required = False


class TalkingPointBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Text"), max_length=600, rows=2, default="")

    class Meta:
        icon = "list-ul"
        group = _("Make it yours")
        label = _("Talking point")
        description = _("A sentence of the society’s that a person can take into their letter.")


class GuidanceBlock(blocks.StreamBlock):
    talking_point = TalkingPointBlock()

    class Meta:
        required = False
