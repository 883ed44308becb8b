"""Posts on social networks that address those whom the page names."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.kinds.addressed import merge_problem, missing
from campaigns.blocks.kinds.base import TO_OFFICIALS, ActionKindBlock, action_kind
from campaigns.engine.fields import Json
from campaigns.engine.merging import FIELDS, merge
from campaigns.engine.posts import HANDLE_FIELD, NETWORKS


@action_kind("social", position=30)
class SocialKindBlock(ActionKindBlock):
    needs_targets: ClassVar[bool] = True
    is_done_afterwards: ClassVar[bool] = True
    max_per_page: ClassVar[int] = 1
    submit_label: ClassVar[Any] = _("Show me the posts")

    text = blocks.TextBlock(
        label=_("Text of the post"),
        max_length=500,
        rows=4,
        default="",
        help_text=_(
            "{legislator_handle} becomes the official’s account on X, Bluesky or Mastodon where the data knows one, "
            "and their name everywhere else. The merge fields of letters work too. X takes 280 characters, Bluesky "
            "300, Mastodon 500."
        ),
    )
    networks = blocks.MultipleChoiceBlock(
        label=_("Networks"),
        choices=[(network.key, network.name) for network in NETWORKS.values()],
        default=["x", "bluesky"],
        help_text=_("Facebook and LinkedIn take no text from a link: there people copy it first."),
    )
    has_address = blocks.BooleanBlock(
        label=_("End with the address of the campaign’s page"), required=False, default=True
    )

    def settings_of(self, value: Mapping[str, Any]) -> dict[str, Json]:
        return {
            "text": value.get("text") or "",
            "networks": [key for key in NETWORKS if key in (value.get("networks") or [])],
            "has_address": bool(value.get("has_address")),
        }

    def problems(self, value: Mapping[str, Any], page: Any) -> dict[str, ValidationError]:
        text = value.get("text") or ""
        found = {"text": missing(text) or merge_problem(text, page, more=[HANDLE_FIELD]) or self._too_long(value)}
        if not self.settings_of(value)["networks"]:
            found["networks"] = ValidationError(_("Choose at least one network."))
        return {name: problem for name, problem in found.items() if problem}

    def _too_long(self, value: Mapping[str, Any]) -> ValidationError | None:
        """Whether no name could be short enough; a text that may still fit is the person's to shorten."""
        bare = merge(value.get("text") or "", {**dict.fromkeys(FIELDS, ""), HANDLE_FIELD: "@x"})
        for network in NETWORKS.values():
            if network.key in (value.get("networks") or []) and network.length(bare) > network.limit:
                return ValidationError(
                    _("Too long for %(network)s, which takes %(limit)s characters."),
                    params={"network": network.name, "limit": network.limit},
                )
        return None

    class Meta:
        icon = "openquote"
        group = TO_OFFICIALS
        label = _("Social post")
        description = _("After the form: a text to each official that people change and post themselves.")
