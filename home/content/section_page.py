"""A section: its own words, then the pages below it as cards."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home import selectors
from home.blocks.body import ContentBodyBlock
from home.content.base_page import BasePage


class SectionPage(BasePage):
    introduction = models.TextField(_("introduction"), blank=True, max_length=500)
    body = StreamField(ContentBodyBlock(), blank=True, verbose_name=_("body"))

    template = "home/section_page.html"
    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction"), index.SearchField("body")]

    class Meta:
        verbose_name = _("section page")
        verbose_name_plural = _("section pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["children"] = selectors.cards_of(self) if self.pk else []
        return context
