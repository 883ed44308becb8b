"""The body of a campaign page: the shared blocks, and those that only a campaign has."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from campaigns.selectors import pages
from home.blocks.body import ContentBodyBlock
from home.blocks.groups import ACTION, EVIDENCE, LISTS


class ActionFormBlock(blocks.StructBlock):
    """The form of an action page, rendered here and posting to that page's own address."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False, default="")
    action_page = blocks.PageChooserBlock(label=_("Action page"), page_type="campaigns.ActionPage")

    class Meta:
        icon = "form"
        group = ACTION
        label = _("Action form")
        description = _("The form of an action page, right here. People go on from it without another click.")
        template = "blocks/action_form_block.html"
        preview_value = {"heading": _("Write to your legislators"), "action_page": None}

    def get_context(self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        request = context.get("request")
        page = pages.shown_action(value.get("action_page"))
        if page is not None and request is not None:
            anchor = _anchor(value, getattr(context.get("page"), "body", ()))
            context |= {"is_shown": True, "anchor": anchor, **page.form_context(request)}
        return context


class ProgressBlock(blocks.StructBlock):
    """How many people have taken part, and how far it is to the goal."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False, default="")

    class Meta:
        icon = "order-up"
        group = EVIDENCE
        label = _("Progress")
        description = _("How many people have taken part, counted as it happens, towards the campaign’s goal.")
        template = "blocks/progress_block.html"
        preview_value = {"heading": _("Together so far")}

    def get_context(self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["progress"] = pages.progress(context.get("page"))
        return context


class RelatedCampaignsBlock(blocks.StructBlock):
    """Campaigns that an editor picked, else those that are open."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, default=_("Other campaigns"))
    campaigns = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="campaigns.CampaignPage", label=_("Campaign")),
        label=_("Campaigns"),
        required=False,
        max_num=6,
        default=[],
        help_text=_("Empty: up to three campaigns that are open."),
    )

    class Meta:
        icon = "list-ul"
        group = LISTS
        label = _("Related campaigns")
        description = _("Cards of campaigns, chosen or simply those that are open, in the visitor’s language.")
        template = "blocks/related_campaigns_block.html"
        preview_value = {"heading": _("Other campaigns"), "campaigns": []}

    def get_context(self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["campaigns"] = pages.related(value["campaigns"], page=context.get("page"))
        return context


def _anchor(value: blocks.StructValue, body: Iterable[Any]) -> str:
    """The id of a form among several on a page; of the first it is what links to "the form" name."""
    first = next((child.value for child in body if child.block_type == "action_form"), value)
    chosen = value["action_page"].pk
    return "take-action" if first["action_page"] and first["action_page"].pk == chosen else f"take-action-{chosen}"


class CampaignBodyBlock(ContentBodyBlock):
    action_form = ActionFormBlock()
    progress = ProgressBlock()
    related_campaigns = RelatedCampaignsBlock()

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        cleaned = super().clean(value)
        seen: set[int] = set()
        errors: dict[int, ValidationError] = {}
        for place, child in enumerate(cleaned):
            chosen = child.value.get("action_page") if child.block_type == "action_form" else None
            if chosen is not None and chosen.pk in seen:
                twice = ValidationError(_("This form stands on the page already: choose another, or remove this one."))
                errors[place] = StructBlockValidationError(block_errors={"action_page": twice})
            seen.update([chosen.pk] if chosen is not None else [])
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return cleaned
