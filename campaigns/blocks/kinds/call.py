"""Calls to those whom the page names, with what to say and what came of each."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.kinds.addressed import MERGE_FIELDS_HELP, merge_problem, missing
from campaigns.blocks.kinds.base import TO_OFFICIALS, ActionKindBlock, action_kind
from campaigns.engine.fields import Json


@action_kind("call", position=20)
class CallKindBlock(ActionKindBlock):
    needs_targets: ClassVar[bool] = True
    is_done_afterwards: ClassVar[bool] = True
    max_per_page: ClassVar[int] = 1
    submit_label: ClassVar[Any] = _("Show me whom to call")

    script = blocks.TextBlock(label=_("What to say"), max_length=2000, rows=8, default="", help_text=MERGE_FIELDS_HELP)
    voicemail = blocks.TextBlock(
        label=_("What to say to an answering machine"),
        max_length=1000,
        rows=4,
        required=False,
        default="",
        help_text=_("Shorter, with the address: offices count messages by it. Empty: the script above."),
    )

    def settings_of(self, value: Mapping[str, Any]) -> dict[str, Json]:
        return {"script": value.get("script") or "", "voicemail": value.get("voicemail") or ""}

    def problems(self, value: Mapping[str, Any], page: Any) -> dict[str, ValidationError]:
        script, voicemail = value.get("script") or "", value.get("voicemail") or ""
        found = {"script": missing(script) or merge_problem(script, page), "voicemail": merge_problem(voicemail, page)}
        return {name: problem for name, problem in found.items() if problem}

    class Meta:
        icon = "comment"
        group = TO_OFFICIALS
        label = _("Call")
        description = _("After the form: whom to call, the number, what to say, and buttons for what came of it.")
