"""Testimony to a committee, or a comment on a regulation, composed of what the person answers."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.kinds.base import OWN_VOICE, ActionKindBlock, action_kind
from campaigns.engine import participation as keys
from campaigns.engine.fields import FieldSpec, Json

LONGEST = 10_000


@action_kind(keys.TESTIMONY, position=30)
class TestimonyKindBlock(ActionKindBlock):
    max_per_page: ClassVar[int] = 1
    is_done_afterwards: ClassVar[bool] = True
    submit_label: ClassVar[Any] = _("Write my testimony")

    form = blocks.ChoiceBlock(
        label=_("What it is"),
        choices=[("testimony", _("Testimony to a committee")), ("comment", _("Comment on a regulation"))],
        default="testimony",
    )
    body = blocks.CharBlock(
        label=_("To whom"), max_length=200, default="", help_text=_("Joint Committee on Public Health.")
    )
    number = blocks.CharBlock(
        label=_("Number"), max_length=60, default="", help_text=_("Of the bill or the docket: H.1234, CMS-2026-0001.")
    )
    title = blocks.CharBlock(label=_("Title of the bill or rule"), max_length=300, default="")
    hearing_on = blocks.DateBlock(
        label=_("Day of the hearing"), required=False, help_text=_("Empty where none is set.")
    )
    due_on = blocks.DateBlock(
        label=_("Last day for written testimony or comments"), required=False, help_text=_("Empty where none is set.")
    )
    docket = blocks.URLBlock(
        label=_("Where it is handed in"),
        required=False,
        default="",
        max_length=500,
        help_text=_(
            "The page of the docket or the committee. To have it sent by e-mail instead, add the action “Letter” "
            "with the committee’s inbox, and {answer.testimony_text} in its text."
        ),
    )
    outline = blocks.TextBlock(
        label=_("Guide to writing it"),
        max_length=3000,
        rows=6,
        required=False,
        default="",
        help_text=_("Stands beside the form and never in what people hand in: their words are what counts."),
    )
    asks_manner = blocks.BooleanBlock(
        label=_("Ask how they testify"),
        required=False,
        default=True,
        help_text=_("In person, by video or in writing. For a comment it is always in writing."),
    )
    asks_town = blocks.BooleanBlock(
        label=_("Ask for the town"),
        required=False,
        default=True,
        help_text=_("Not needed where the form asks for a postal address."),
    )

    def settings_of(self, value: Mapping[str, Any]) -> dict[str, Json]:
        texts = {name: str(value.get(name) or "") for name in ("form", "body", "number", "title", "docket", "outline")}
        days = {name: value[name].isoformat() if value.get(name) else "" for name in ("hearing_on", "due_on")}
        return {**texts, **days}

    def questions(self, value: Mapping[str, Any]) -> tuple[FieldSpec, ...]:
        is_comment = value.get("form") == "comment"
        asked = [
            _choice(
                keys.TESTIMONY_POSITION,
                gettext("Your position"),
                support=gettext("I support it"),
                oppose=gettext("I oppose it"),
                neutral=gettext("Neither, I want to inform"),
            ),
            _line(
                keys.TESTIMONY_JOB,
                gettext("Your title or occupation"),
                gettext("As it should stand below your name."),
                autocomplete="organization-title",
            ),
            _line(
                keys.TESTIMONY_ORGANISATION,
                gettext("Organization"),
                gettext("If you speak for one."),
                autocomplete="organization",
            ),
        ]
        if value.get("asks_town"):
            asked.append(_line(keys.TESTIMONY_TOWN, gettext("Town"), is_required=True))
        if value.get("asks_manner") and not is_comment:
            asked.append(
                _choice(
                    keys.TESTIMONY_MANNER,
                    gettext("How do you want to testify?"),
                    in_person=gettext("In person"),
                    virtual=gettext("By video"),
                    written=gettext("In writing"),
                )
            )
        return (*asked, _words(is_comment=is_comment))

    def problems(self, value: Mapping[str, Any], page: Any) -> dict[str, ValidationError]:
        has_inbox = any(child.block_type == "recipient" for child in page.targets) and any(
            child.block_type == "letter" for child in page.actions
        )
        if not value.get("docket") and not has_inbox:
            message = _("Say where it is handed in, or add the action “Letter” with the committee’s inbox.")
            return {"docket": ValidationError(message)}
        return {}

    class Meta:
        icon = "doc-full-inverse"
        group = OWN_VOICE
        label = _("Testimony or comment")
        description = _("To a committee or on a regulation, in the person’s words, with how long it takes to read.")


def _words(*, is_comment: bool) -> FieldSpec:
    return FieldSpec(
        keys.TESTIMONY_TEXT,
        gettext("Your comment") if is_comment else gettext("Your testimony"),
        "long_text",
        required=True,
        help_text=gettext("In your own words. Three minutes read aloud are about 390 words."),
        block_id=keys.TESTIMONY_TEXT,
        options={"max_length": LONGEST, "warns_about_patients": True, "is_read_aloud": not is_comment},
    )


def _line(key: str, label: str, hint: str = "", *, is_required: bool = False, autocomplete: str = "off") -> FieldSpec:
    return FieldSpec(
        key,
        label,
        "text",
        required=is_required,
        help_text=hint,
        block_id=key,
        options={"autocomplete": autocomplete},
    )


def _choice(key: str, label: str, **choices: str) -> FieldSpec:
    ids = {f"{key}-{value}": value for value in choices}
    return FieldSpec(
        key,
        label,
        "choice",
        required=True,
        choices=tuple(choices.items()),
        block_id=key,
        options={"option_ids": ids},
    )
