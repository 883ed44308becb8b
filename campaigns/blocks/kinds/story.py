"""A story that somebody tells, and what it may be used for: each use is a box of its own."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.kinds.base import OWN_VOICE, ActionKindBlock, action_kind
from campaigns.blocks.kinds.petition import consent
from campaigns.engine.fields import FieldSpec, Json
from campaigns.engine.participation import STORY, STORY_NAMING, STORY_PHOTO, STORY_TEXT, STORY_USES
from campaigns.engine.public_stories import Naming
from campaigns.engine.upload_checks import IMAGE_TYPES

#: Of a photograph; the site's own limit is not exceeded.
MEGABYTES = 5


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

    asks_photo = blocks.BooleanBlock(
        label=_("Ask for a photograph"),
        required=False,
        default=False,
        help_text=_("People say by a box of its own whether it may be shown. You describe it before it is."),
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
            "photo": (
                gettext("Photograph on the website"),
                gettext("You may show my photograph with my story on your website."),
            ),
        }
        asks_photo = bool(value.get("asks_photo"))
        agreements = [consent(STORY_USES[use], *words[use]) for use in words if use != "photo" or asks_photo]
        return (told, *([_photo()] if asks_photo else []), *agreements, _naming())

    class Meta:
        icon = "openquote"
        group = OWN_VOICE
        label = _("Share your story")
        description = _("What somebody lived through. You read each story first; people say what it may be used for.")


def _photo() -> FieldSpec:
    return FieldSpec(
        STORY_PHOTO,
        gettext("A photograph for your story"),
        "upload",
        help_text=gettext("Of yourself, or of what the story is about. No patients."),
        block_id=STORY_PHOTO,
        options={"types": list(IMAGE_TYPES), "megabytes": MEGABYTES, "most": 1},
    )


def _naming() -> FieldSpec:
    """Not required: who chooses nothing is not named."""
    choices = {
        Naming.NONE.value: gettext("Without my name"),
        Naming.INITIALS.value: gettext("With my initials"),
        Naming.FIRST.value: gettext("With my first name"),
        Naming.FULL.value: gettext("With my full name"),
    }
    return FieldSpec(
        STORY_NAMING,
        gettext("How should we name you on our website?"),
        "choice",
        help_text=gettext("Where your story is shown. If you choose nothing, we show no name."),
        choices=tuple(choices.items()),
        block_id=STORY_NAMING,
        options={"option_ids": {f"{STORY_NAMING}-{key}": key for key in choices}},
    )
