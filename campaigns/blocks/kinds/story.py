"""A story that somebody tells, and what it may be used for: each use is a box of its own."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.kinds.base import OWN_VOICE, ActionKindBlock, action_kind
from campaigns.blocks.kinds.petition import consent
from campaigns.engine.fields import FieldSpec, Json
from campaigns.engine.participation import STORY, STORY_TEXT, STORY_USES


@action_kind(STORY, position=90)
class StoryKindBlock(ActionKindBlock):
    max_per_page: ClassVar[int] = 1
    submit_label: ClassVar[Any] = _("Share my story")

    heading = blocks.CharBlock(label=_("Heading"), max_length=150, default="")
    invitation = blocks.TextBlock(
        label=_("What you ask for"),
        max_length=2000,
        rows=4,
        required=False,
        default="",
        help_text=_("For instance: what happened, what it meant, what should change."),
    )
    question = blocks.CharBlock(
        label=_("Question"), max_length=200, default="", help_text=_("Stands above the box: What happened?")
    )
    longest = blocks.IntegerBlock(
        label=_("Longest story, in characters"), min_value=200, max_value=10_000, default=5000
    )

    def settings_of(self, value: Mapping[str, Any]) -> dict[str, Json]:
        return {"heading": str(value.get("heading") or ""), "invitation": str(value.get("invitation") or "")}

    def questions(self, value: Mapping[str, Any]) -> tuple[FieldSpec, ...]:
        told = FieldSpec(
            STORY_TEXT,
            str(value.get("question") or gettext("Your story")),
            "long_text",
            required=True,
            help_text=gettext(
                "In your own words, in the language you like. Leave out names, dates of care and what else could "
                "identify a patient who has not agreed."
            ),
            block_id=STORY_TEXT,
            options={"max_length": value.get("longest") or 5000, "warns_about_patients": True},
        )
        words = {
            "website": (gettext("Story on the website"), gettext("You may show my story on your website.")),
            "legislators": (
                gettext("Story for legislators"),
                gettext("You may give my story to legislators and their staff."),
            ),
            "media": (gettext("Story for the media"), gettext("You may give my story to journalists.")),
        }
        return (told, *(consent(key, *words[use]) for use, key in STORY_USES.items()))

    class Meta:
        icon = "openquote"
        group = OWN_VOICE
        label = _("Share your story")
        description = _("What somebody lived through. You read each story first; people say what it may be used for.")
