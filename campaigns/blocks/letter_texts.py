"""Texts for some offices or people, beside the letter of the page."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.audiences import AudienceBlock, audience
from campaigns.engine.audiences import LetterText, LetterTexts
from campaigns.engine.composing import SUBJECT_LENGTH


class SubjectBlock(blocks.CharBlock):
    class Meta:
        icon = "mail"
        group = _("Texts")
        label = _("Subject")
        description = _("Another line above the same letter.")


class OtherSubjectsBlock(blocks.StreamBlock):
    subject = SubjectBlock(max_length=SUBJECT_LENGTH, default="")

    class Meta:
        required = False


class LetterTextBlock(blocks.StructBlock):
    """Another letter for those whom its audience describes."""

    name = blocks.CharBlock(label=_("Name in lists"), max_length=80, default="")
    audience = AudienceBlock()
    is_thanks = blocks.BooleanBlock(
        label=_("This is a thank-you"),
        required=False,
        default=False,
        help_text=_("For those in support already. Talking points are left out, unless it says {talking_points}."),
    )
    subjects = blocks.ListBlock(
        blocks.CharBlock(label=_("Subject"), max_length=SUBJECT_LENGTH, default=""),
        label=_("Subjects"),
        min_num=1,
        max_num=8,
        help_text=_("Each person gets one of them, so that offices see more than one."),
    )
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


def letter_texts(
    *, subject: str, other_subjects: Sequence[str], body: str, stream: blocks.StreamValue, is_locked: bool
) -> LetterTexts:
    """All that a page may say in its letters, as the engine knows it.

    :param stream: of `LetterTextsBlock`.
    """
    return LetterTexts(
        default=LetterText(subjects=_written([subject, *other_subjects]), body=body),
        variants=tuple(_text(child, raw) for child, raw in zip(stream, stream.raw_data, strict=True)),
        is_locked=is_locked,
    )


def _text(child: Any, raw: Any) -> LetterText:
    value = child.value
    return LetterText(
        subjects=_written(value["subjects"]),
        body=value["body"],
        name=value["name"],
        audience=audience(value["audience"], (raw.get("value") or {}).get("audience")),
        is_thanks=bool(value["is_thanks"]),
        block_id=child.id or "",
    )


def _written(subjects: Sequence[str]) -> tuple[str, ...]:
    """An empty line that an editor left open is no subject; one there must be."""
    return tuple(subject for subject in subjects if subject and subject.strip()) or ("",)
