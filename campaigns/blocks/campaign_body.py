"""The body of a campaign page: the shared blocks, and those that only a campaign has."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.selectors import pages
from home.blocks.body import BodyStreamBlock
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
            context |= {"is_shown": True, **page.form_context(request)}
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


class CampaignBodyBlock(BodyStreamBlock):
    action_form = ActionFormBlock()
    progress = ProgressBlock()
    related_campaigns = RelatedCampaignsBlock()

    class Meta:
        block_counts = {"action_form": {"max_num": 1}}
