"""What every page of the site has in common."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from home import selectors


class BasePage(Page):
    """Abstract: the parent of every page type."""

    listing_summary = models.CharField(
        _("summary for lists"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences for cards and search results. Empty: the description for search engines."),
    )
    listing_image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image for lists"),
        help_text=_("Decorates the page’s card; it is never the only carrier of meaning."),
    )
    social_title = models.CharField(
        _("title when shared"), max_length=100, blank=True, help_text=_("Empty: the title for search engines.")
    )
    social_image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image when shared"),
        help_text=_("At least 1200 × 630 pixels. Empty: the image for lists."),
    )

    #: How the page appears as a card in a list; an app overrides it for its own pages.
    card_template = "components/page_card.html"

    search_fields = [*Page.search_fields, index.SearchField("listing_summary")]
    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel([FieldPanel("listing_summary"), FieldPanel("listing_image")], heading=_("In lists")),
        MultiFieldPanel([FieldPanel("social_title"), FieldPanel("social_image")], heading=_("When shared")),
    ]

    class Meta:
        abstract = True

    @property
    def summary(self) -> str:
        """What a card, a search result and a shared link say about the page."""
        return self.listing_summary or self.search_description

    @property
    def content_language(self) -> str:
        """The language that the words are in: an alias shows another locale's words."""
        source = self.alias_of if self.alias_of_id else self
        return source.locale.language_code

    @property
    def lead_hero(self) -> Any:
        """The hero that opens the page's body, which then carries the page's main heading."""
        body = getattr(self, "body", None)
        return body[0] if body and body[0].block_type == "hero" else None

    @property
    def body_after_hero(self) -> list[Any]:
        blocks = list(getattr(self, "body", None) or [])
        return blocks[1:] if self.lead_hero else blocks

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["canonical_url"] = selectors.absolute_url(self, request)
        return context

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Adds the page's other languages; an alias repeats another page's words and stays out."""
        if self.alias_of_id:
            return []
        pairs = selectors.alternates(selectors.live_translations(self), request)
        alternates = [{"lang_code": code, "location": address} for code, address in pairs]
        own = {"location": selectors.absolute_url(self, request), "alternates": alternates}
        return [{**entry, **own} for entry in super().get_sitemap_urls(request)]
