"""A page with a form whose answers become letters."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from campaigns.blocks.congress import CongressBlock, congress_terms
from campaigns.blocks.targets import TargetsBlock, rules
from campaigns.content import action_checks, action_screens
from campaigns.content.action_flow import ActionFlow
from campaigns.content.form_mixin import ActionFormMixin
from campaigns.content.originals import original
from campaigns.content.panels import MergeFieldsPanel
from campaigns.engine.actions import ActionTerms
from campaigns.engine.composing import SUBJECT_LENGTH, LetterTemplate
from campaigns.engine.lifecycle import Phase
from campaigns.selectors import pages
from home.content.base_page import BasePage


class ActionPage(ActionFormMixin, BasePage):
    """The form, who gets a letter, and what the letter says."""

    class Moderation(models.TextChoices):
        NONE = "none", _("Letters leave without being read here")
        CHECKED = "checked", _("Letters that trip a check wait for the staff")
        ALL = "all", _("Every letter waits for the staff")

    base_form_class = action_checks.ActionPageForm
    template = "campaigns/action_page.html"
    landing_page_template = "campaigns/receipt.html"

    introduction = models.TextField(
        _("introduction"), blank=True, max_length=600, help_text=_("Two or three sentences above the form.")
    )
    explanation = RichTextField(
        _("explanation"),
        blank=True,
        features=["h2", "h3", "bold", "italic", "link", "ol", "ul"],
        help_text=_("Optional: what people should know before they write."),
    )
    targets = StreamField(
        TargetsBlock(),
        verbose_name=_("who gets a letter"),
        blank=True,
        help_text=_("One letter for each. Empty: the form is only recorded, and nobody gets a letter."),
    )
    letter_subject = models.CharField(_("subject"), max_length=SUBJECT_LENGTH, blank=True)
    letter_body = models.TextField(
        _("letter"),
        blank=True,
        max_length=8000,
        help_text=_("The person’s name and address stand above every letter: leave them and “Sincerely” out here."),
    )
    is_letter_locked = models.BooleanField(
        _("people may not edit the letter"),
        default=False,
        help_text=_("Offices pay more heed to a letter in a person’s own words. Lock it only where each word counts."),
    )
    congress = StreamField(
        CongressBlock(),
        verbose_name=_("for letters to Congress"),
        blank=True,
        help_text=_("Used where a letter goes to an office of Congress. Without it such letters are about health."),
    )
    moderation = models.CharField(
        _("read before it leaves"),
        max_length=10,
        choices=Moderation,
        default=Moderation.NONE,
        help_text=_("A letter that waits is on the board of deliveries, and its writer is told that it does."),
    )
    thank_you = RichTextField(
        _("thank-you text"),
        blank=True,
        features=["h2", "h3", "bold", "italic", "link", "ol", "ul"],
        help_text=_("On the receipt, above the list of letters. What was sent is said there by itself."),
    )
    closes_on = models.DateField(
        _("last day"),
        null=True,
        blank=True,
        help_text=_("The form takes nothing after this day. Empty: as long as its campaign is open."),
    )

    parent_page_types = [
        "campaigns.CampaignPage",
        "home.HomePage",
        "home.SectionPage",
    ]
    subpage_types: list[str] = []
    search_fields = [*BasePage.search_fields, index.SearchField("introduction"), index.SearchField("explanation")]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("introduction"), FieldPanel("explanation")], heading=_("Above the form")),
        FieldPanel("form_fields"),
        MultiFieldPanel(
            [
                FieldPanel("targets"),
                MergeFieldsPanel(heading=_("Merge fields")),
                FieldPanel("letter_subject"),
                FieldPanel("letter_body"),
                FieldPanel("is_letter_locked"),
                FieldPanel("congress"),
                FieldPanel("moderation"),
            ],
            heading=_("The letter"),
        ),
        MultiFieldPanel([FieldPanel("thank_you"), FieldPanel("closes_on")], heading=_("Afterwards")),
    ]

    class Meta:
        verbose_name = _("action page")
        verbose_name_plural = _("action pages")

    # --- Where it belongs ----------------------------------------------------------------------

    @cached_property
    def campaign(self) -> Any:
        """The campaign that the page lies in, or None."""
        parent = self.get_parent() if self.pk else None
        parent = parent.specific if parent else None
        return parent if hasattr(parent, "phase") else None

    @property
    def phase(self) -> Phase:
        """Whether the form takes letters today, by its campaign and by its own last day."""
        campaign_phase = self.campaign.phase if self.campaign else Phase.OPEN
        last_day = original(self).closes_on
        is_past = last_day is not None and timezone.localdate() > last_day
        return Phase.CLOSED if campaign_phase is Phase.OPEN and is_past else campaign_phase

    @property
    def is_open(self) -> bool:
        return self.phase is Phase.OPEN

    @property
    def letter_language(self) -> str:
        return str(self._letter_page.locale.language_code)

    @property
    def _letter_page(self) -> "ActionPage":
        """This page, or the page it was translated from where the letter was left as it was."""
        source = original(self)
        return source if source.letter_body == self.letter_body else self

    def terms(self, request: HttpRequest) -> ActionTerms:
        """The page as services know it."""
        campaign, letter_page = self.campaign, self._letter_page
        return ActionTerms(
            page_id=self.pk,
            page_key=self.translation_key,
            page_title=self.title,
            campaign_key=campaign.translation_key if campaign else self.translation_key,
            campaign_title=campaign.title if campaign else self.title,
            society=pages.society(request),
            language=self.locale.language_code,
            letter_language=letter_page.locale.language_code,
            letter_campaign_title=(letter_page.campaign or letter_page).title,
            rules=rules(self.targets),
            template=LetterTemplate(self.letter_subject, self.letter_body, self.is_letter_locked),
            # Whoever translates a page does not loosen what the editor decided for the form.
            congress=congress_terms(original(self).congress),
            moderation=original(self).moderation,
        )

    # --- Checks --------------------------------------------------------------------------------

    def clean(self) -> None:
        super().clean()
        errors = action_checks.problems(self)
        if errors:
            raise ValidationError(errors)

    # --- Serving -------------------------------------------------------------------------------

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        flow = ActionFlow(self, request)
        return flow.respond() if request.method == "POST" else flow.start()

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        if mode_name == "landing":
            return TemplateResponse(request, "campaigns/receipt.html", action_screens.sample_receipt(self))
        return ActionFlow(self, request).start()

    def refuse_unproven(self, request: HttpRequest) -> HttpResponse:
        """Answers a POST without a valid CSRF token: nothing is done, everything typed is shown again."""
        return ActionFlow(self, request).refuse_unproven()

    def form_context(self, request: HttpRequest) -> dict[str, Any]:
        """What templates/campaigns/details_form.html needs, on this page or inside another."""
        return ActionFlow(self, request).start_context()
