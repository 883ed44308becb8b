"""The front page of a language."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home.blocks.body import ContentBodyBlock
from home.content.base_page import BasePage


class HomePage(BasePage):
    introduction = models.TextField(
        _("introduction"), blank=True, max_length=500, help_text=_("Shown where the body does not open with a hero.")
    )
    body = StreamField(ContentBodyBlock(), blank=True, verbose_name=_("body"))

    template = "home/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction"), index.SearchField("body")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
