"""A campaign: what is asked and why, from its opening to its end, and the list of all of them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, Page
from wagtail.search import index

from campaigns.blocks.campaign_body import CampaignBodyBlock
from campaigns.content.checklist_panel import ChecklistPanel
from campaigns.content.originals import original
from campaigns.engine import lifecycle
from campaigns.engine.lifecycle import Phase
from campaigns.selectors import pages
from home.content.base_page import BasePage


class CampaignPage(BasePage):
    """What is asked and why. Its state follows its editor and its two dates."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("In preparation: the page can be read, the form is not open yet")
        LIVE = "live", _("Live: the form takes letters between the two dates")
        CLOSED = "closed", _("Closed: it has ended")
        WON = "won", _("Won: it has reached its aim")

    template = "campaigns/campaign_page.html"
    card_template = "campaigns/campaign_card.html"

    introduction = models.TextField(_("introduction"), blank=True, max_length=600)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.LIVE)
    opens_on = models.DateField(_("first day"), null=True, blank=True, help_text=_("Empty: open from the start."))
    closes_on = models.DateField(_("last day"), null=True, blank=True, help_text=_("Empty: open until you close it."))
    goal = models.PositiveIntegerField(
        _("goal"), null=True, blank=True, help_text=_("How many people should take part. Empty: no goal is shown.")
    )
    outcome = RichTextField(
        _("what came of it"),
        blank=True,
        features=["bold", "italic", "link", "ol", "ul"],
        help_text=_("Shown at the top of a campaign that is closed or won."),
    )
    instead_page = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("what to do instead"),
        help_text=_("Where a closed or won campaign sends people. Empty: to the campaigns that are open."),
    )
    body = StreamField(CampaignBodyBlock(), verbose_name=_("body"), blank=True)

    parent_page_types = ["campaigns.CampaignIndexPage"]
    subpage_types = ["campaigns.ActionPage"]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    content_panels = [
        ChecklistPanel(),
        *BasePage.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                FieldPanel("status"),
                FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")]),
                FieldPanel("goal"),
            ],
            heading=_("Lifecycle"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("outcome"), PageChooserPanel("instead_page")], heading=_("When it is closed or won")
        ),
    ]

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    @property
    def phase(self) -> Phase:
        """Where the campaign stands today, the same in every language."""
        source = original(self)
        return lifecycle.phase(
            source.status, opens_on=source.opens_on, closes_on=source.closes_on, today=timezone.localdate()
        )

    @property
    def has_form(self) -> bool:
        return any(block.block_type == "action_form" for block in self.body)

    @property
    def supporters(self) -> int:
        return pages.supporters(self.translation_key)

    def instead(self) -> list[Page]:
        """What a campaign that is over points to, never nothing: another language's campaign is better than none."""
        if self.instead_page and self.instead_page.localized.live:
            return [self.instead_page.localized.specific]
        found = pages.open_campaigns(self.locale, excluding=self)
        found = found or pages.open_campaigns(Locale.get_default(), excluding=original(self))
        return found or [self.get_parent().specific]

    def clean(self) -> None:
        super().clean()
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise ValidationError({"closes_on": _("The last day comes before the first day.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["phase"] = self.phase.value
        context["instead"] = self.instead() if self.phase.is_over else []
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().serve(request, *args, **kwargs)
        if self.has_form:
            # A cached form would carry one visitor's token to another, and then refuse what they typed.
            patch_cache_control(response, private=True, no_store=True)
        return response


class CampaignIndexPage(BasePage):
    """Every campaign of one language: first those that can be joined, then those that are over."""

    template = "campaigns/campaign_index_page.html"

    introduction = models.TextField(_("introduction"), blank=True, max_length=600)

    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types = ["campaigns.CampaignPage"]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("list of campaigns")
        verbose_name_plural = _("lists of campaigns")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        found = list(pages.campaigns(self.locale).child_of(self))
        context["open_campaigns"] = [page for page in found if page.phase is Phase.OPEN]
        context["upcoming_campaigns"] = [page for page in found if page.phase is Phase.UPCOMING]
        context["past_campaigns"] = [page for page in found if page.phase.is_over]
        return context
