"""A pledge: something that people promise, under their name."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.kinds.addressed import missing
from campaigns.blocks.kinds.base import TOGETHER, ActionKindBlock, action_kind
from campaigns.engine.fields import FieldSpec, Json
from campaigns.engine.participation import PLEDGE_PUBLIC


@action_kind("pledge", position=60)
class PledgeKindBlock(ActionKindBlock):
    max_per_page: ClassVar[int] = 1
    submit_label: ClassVar[Any] = _("Make this pledge")

    statement = blocks.TextBlock(
        label=_("The pledge"),
        max_length=1000,
        rows=4,
        default="",
        help_text=_("In the first person: “I will …”. People make it by sending the form below it."),
    )
    has_counter = blocks.BooleanBlock(label=_("Show how many have made it"), required=False, default=True)
    shows_names = blocks.BooleanBlock(
        label=_("List names in public"),
        required=False,
        default=False,
        help_text=_("Only of those who tick a box for it: their name and town. Everybody counts in either case."),
    )

    def settings_of(self, value: Mapping[str, Any]) -> dict[str, Json]:
        return {
            "statement": value.get("statement") or "",
            "has_counter": bool(value.get("has_counter")),
            "shows_names": bool(value.get("shows_names")),
        }

    def questions(self, value: Mapping[str, Any]) -> tuple[FieldSpec, ...]:
        if not value.get("shows_names"):
            return ()
        text = gettext("Show my name and town among those who have made this pledge.")
        return (
            FieldSpec(
                PLEDGE_PUBLIC,
                gettext("Name in public"),
                "consent",
                block_id=PLEDGE_PUBLIC,
                options={"purpose": PLEDGE_PUBLIC, "text": text},
            ),
        )

    def problems(self, value: Mapping[str, Any], page: Any) -> dict[str, ValidationError]:
        problem = missing(value.get("statement") or "")
        return {"statement": problem} if problem else {}

    class Meta:
        icon = "check"
        group = TOGETHER
        label = _("Pledge")
        description = _("A promise that people make under their name, once each.")
