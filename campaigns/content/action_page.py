"""A page with a form whose answers become letters."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from campaigns.blocks.actions import ActionsBlock, is_over, kind_questions, kind_terms, untranslated
from campaigns.blocks.congress import congress_terms
from campaigns.blocks.guidance import guidance
from campaigns.blocks.kinds import KINDS, ActionKindBlock
from campaigns.blocks.targets import rules
from campaigns.content import action_checks, action_screens
from campaigns.content.action_flow import ActionFlow
from campaigns.content.action_panels import action_panels
from campaigns.content.afterwards import AfterwardsMixin
from campaigns.content.embedding import EmbeddingMixin
from campaigns.content.form_mixin import ActionFormMixin
from campaigns.content.letter_texts import LetterTextsMixin
from campaigns.content.originals import original
from campaigns.content.protecting import ProtectionMixin
from campaigns.engine.actions import ActionTerms
from campaigns.engine.fields import FieldSpec
from campaigns.engine.guidance import Guidance
from campaigns.engine.kinds import LETTER, KindTerms
from campaigns.engine.lifecycle import Phase
from campaigns.engine.steps import followed_by
from campaigns.selectors import pages
from home.content.base_page import BasePage


class ActionPage(ActionFormMixin, LetterTextsMixin, AfterwardsMixin, EmbeddingMixin, ProtectionMixin, BasePage):
    """A form, and what comes of it: letters, calls, signatures and more."""

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
    actions = StreamField(
        ActionsBlock(),
        verbose_name=_("what people do"),
        blank=True,
        help_text=_("In this order, with one form for all. Empty: letters to those named below, or only the form."),
    )

    parent_page_types = [
        "campaigns.CampaignPage",
        "home.HomePage",
        "home.SectionPage",
    ]
    subpage_types: list[str] = []
    search_fields = [*BasePage.search_fields, index.SearchField("introduction"), index.SearchField("explanation")]
    content_panels = action_panels(BasePage.content_panels)

    class Meta:
        verbose_name = _("action page")
        verbose_name_plural = _("action pages")

    #: Of a page that is shown: see `keep_specs`.
    _kept_specs: tuple[FieldSpec, ...] | None = None

    # --- Where it belongs ----------------------------------------------------------------------

    @cached_property
    def campaign(self) -> Any:
        """The campaign that the page lies in, or None."""
        parent = self.get_parent() if self.pk else None
        parent = parent.specific if parent else None
        return parent if hasattr(parent, "phase") else None

    @property
    def phase(self) -> Phase:
        """Whether the form takes letters today, by its campaign, by its own last day and by what people do here."""
        campaign_phase = self.campaign.phase if self.campaign else Phase.OPEN
        last_day = original(self).closes_on
        is_past = (last_day is not None and timezone.localdate() > last_day) or is_over(
            self.actions, now=timezone.now()
        )
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

    @property
    def kinds(self) -> tuple[KindTerms, ...]:
        """What people do here, in order."""
        source = original(self)
        left = untranslated(self.actions, source.actions) if source is not self else frozenset()
        return kind_terms(
            self.actions,
            has_targets=bool(self.targets),
            languages=dict.fromkeys(left, str(source.locale.language_code)),
        )

    @property
    def form_specs(self) -> tuple[FieldSpec, ...]:
        """What the editor composed, then what the actions ask themselves; of two with one key the action's stays."""
        if self._kept_specs is not None:
            return self._kept_specs
        with translation.override(self.locale.language_code if self.locale_id else translation.get_language()):
            asked = kind_questions(self.actions)
        taken = {spec.clean_name for spec in asked}
        return followed_by([spec for spec in super().form_specs if spec.clean_name not in taken], asked)

    def keep_specs(self) -> None:
        """For a page that is shown and not changed: a request asks for the fields of its form some five times."""
        self._kept_specs = self.form_specs

    @property
    def writes_letters(self) -> bool:
        return bool(self.targets) and any(kind.kind == LETTER for kind in self.kinds)

    @property
    def submit_label(self) -> str:
        """What the button below the form says: what comes of pressing it, by the first of the actions."""
        kind = KINDS.get(LETTER if self.writes_letters else next((kind.kind for kind in self.kinds), ""))
        return str(kind.submit_label if kind else ActionKindBlock.submit_label)

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
            kinds=self.kinds,
            texts=replace(letter_page.texts, is_locked=self.is_letter_locked),
            guidance=guidance(self.guidance, letter_page.guidance) if self.writes_letters else Guidance(),
            # Whoever translates a page does not loosen what the editor decided for the form.
            congress=congress_terms(original(self).congress),
            moderation=original(self).moderation,
            via=request.surface.via if getattr(request, "surface", None) else "",
        )

    # --- Checks --------------------------------------------------------------------------------

    def clean(self) -> None:
        errors: dict[str, list[ValidationError]] = {}
        try:
            super().clean()
        except ValidationError as error:
            error.update_error_dict(errors)
        for field, found in action_checks.problems(self).items():
            # Of a stream the editor shows the first error: that its keys have changed comes before all else.
            errors.setdefault(field, []).extend(found)
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
