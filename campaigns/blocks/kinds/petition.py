"""A petition: a statement to sign, a count that everybody sees, and the names of those who want theirs shown."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.kinds.base import TOGETHER, ActionKindBlock, action_kind
from campaigns.engine.fields import FieldSpec, Json
from campaigns.engine.participation import PETITION, PETITION_COMMENT, PETITION_PASS_ON, PETITION_PUBLIC

MAX_COMMENT = 600


@action_kind(PETITION, position=40)
class PetitionKindBlock(ActionKindBlock):
    max_per_page = 1
    submit_label = _("Sign")

    heading = blocks.CharBlock(
        label=_("Heading"), max_length=150, default="", help_text=_("Stands above the statement and on the packet.")
    )
    statement = blocks.TextBlock(
        label=_("Statement"),
        max_length=5000,
        rows=8,
        default="",
        help_text=_("What people sign, word for word. An empty line begins a new paragraph."),
    )
    goal = blocks.IntegerBlock(
        label=_("Goal"), required=False, min_value=1, help_text=_("How many signatures you hope for. Empty: no bar.")
    )
    shows_names = blocks.BooleanBlock(
        label=_("List names in public"),
        required=False,
        default=True,
        help_text=_("Only of those who tick a box for it: their name and town. Everybody counts in either case."),
    )
    asks_comment = blocks.BooleanBlock(
        label=_("Ask why people sign"),
        required=False,
        default=False,
        help_text=_("Never shown in public. You read each comment before it goes into the delivery packet."),
    )
    cover_letter = blocks.TextBlock(
        label=_("Cover letter of the delivery packet"),
        max_length=5000,
        rows=6,
        required=False,
        default="",
        help_text=_(
            "The first page of the PDF that you hand over. Make it under “Taking part”, “Petitions”. For one PDF for "
            "each official, name them as recipients and ask for the address: without the action “Letter” nobody is "
            "written to."
        ),
    )

    def settings_of(self, value: Mapping[str, Any]) -> dict[str, Json]:
        return {
            "heading": str(value.get("heading") or ""),
            "statement": str(value.get("statement") or ""),
            "goal": value.get("goal") or 0,
            "shows_names": bool(value.get("shows_names")),
        }

    def questions(self, value: Mapping[str, Any]) -> tuple[FieldSpec, ...]:
        asked = []
        if value.get("asks_comment"):
            asked += [_comment(), _pass_on()]
        if value.get("shows_names"):
            asked.append(_public_name())
        return tuple(asked)

    class Meta:
        icon = "edit"
        group = TOGETHER
        label = _("Petition")
        description = _("A statement to sign, with a public count, names of those who agree, and a packet as PDF.")


def _comment() -> FieldSpec:
    return FieldSpec(
        PETITION_COMMENT,
        gettext("Why do you sign?"),
        "long_text",
        help_text=gettext("Please leave out what could identify a patient."),
        block_id=PETITION_COMMENT,
        options={"max_length": MAX_COMMENT, "warns_about_patients": True},
    )


def _pass_on() -> FieldSpec:
    text = gettext("Hand over my comment with the petition. It stands there without my name.")
    return consent(PETITION_PASS_ON, gettext("Pass on the comment"), text)


def _public_name() -> FieldSpec:
    text = gettext(
        "Show my name and town in the public list of signatures, and in the petition when it is handed over."
    )
    return consent(PETITION_PUBLIC, gettext("Name in public"), text)


def consent(key: str, label: str, text: str) -> FieldSpec:
    """A box that nobody has ticked beforehand; its words are kept with the agreement, its key is the purpose."""
    return FieldSpec(key, label, "consent", block_id=key, options={"purpose": key, "text": text})
