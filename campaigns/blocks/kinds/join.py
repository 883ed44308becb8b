"""Joining a network of the society."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from campaigns.blocks.fields.base import validate_key
from campaigns.blocks.kinds.base import TOGETHER, ActionKindBlock, action_kind
from campaigns.engine.fields import Json
from campaigns.engine.participation import JOIN
from home.blocks.keys import KeyBlock

OTHER = "other"
MAX_NETWORK = 40


@action_kind(JOIN, position=100)
class JoinKindBlock(ActionKindBlock):
    max_per_page: ClassVar[int] = 1
    submit_label: ClassVar[Any] = gettext_lazy("Join")

    network = blocks.ChoiceBlock(
        label=gettext_lazy("Network"),
        choices=[
            ("physicians", gettext_lazy("Physicians")),
            ("patients", gettext_lazy("Patients")),
            (OTHER, gettext_lazy("Another, named below")),
        ],
        default="physicians",
    )
    own_network = KeyBlock(
        label=gettext_lazy("Key of another network"),
        required=False,
        default="",
        max_length=MAX_NETWORK,
        validators=(validate_key,),
        help_text=gettext_lazy("The same on every page that people join it from: students, key_contacts."),
    )
    name = blocks.CharBlock(
        label=gettext_lazy("Its name"), max_length=150, default="", help_text=gettext_lazy("As visitors read it.")
    )
    meaning = blocks.TextBlock(
        label=gettext_lazy("What it means to join"),
        max_length=2000,
        rows=4,
        default="",
        help_text=gettext_lazy("What people get, how often, and what is expected of them. These words are kept."),
    )

    def settings_of(self, value: Mapping[str, Any]) -> dict[str, Json]:
        chosen = str(value.get("network") or "")
        return {
            "network": str(value.get("own_network") or "") if chosen == OTHER else chosen,
            "name": str(value.get("name") or ""),
            "meaning": str(value.get("meaning") or ""),
        }

    def problems(self, value: Mapping[str, Any], page: Any) -> dict[str, ValidationError]:
        if value.get("network") == OTHER and not value.get("own_network"):
            return {"own_network": ValidationError(_("Give the other network a key."))}
        return {}

    class Meta:
        icon = "group"
        group = TOGETHER
        label = gettext_lazy("Join the network")
        description = gettext_lazy("People become members of a network of the society, and can leave it again.")
