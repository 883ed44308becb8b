"""A plain page: about, privacy, accessibility."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home.blocks.body import ContentBodyBlock
from home.content.base_page import BasePage


class StandardPage(BasePage):
    introduction = models.TextField(_("introduction"), blank=True, max_length=500)
    body = StreamField(ContentBodyBlock(), blank=True, verbose_name=_("body"))
    is_in_footer = models.BooleanField(
        _("show in the footer"),
        default=True,
        help_text=_("In effect for a page directly below the home page."),
    )

    template = "home/standard_page.html"
    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    promote_panels = [*BasePage.promote_panels, FieldPanel("is_in_footer")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction"), index.SearchField("body")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
