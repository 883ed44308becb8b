"""The page on which a visitor finds who represents an address."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home.blocks.body import BodyStreamBlock
from home.content.base_page import BasePage
from legislators.content.find_flow import FindFlow
from legislators.services.findings import CHAMBERS


class FindLegislatorsPage(BasePage):
    """An address form that answers on the same page; nothing that is typed into it is kept."""

    introduction = models.TextField(
        _("introduction"), blank=True, max_length=500, help_text=_("Two or three sentences above the form.")
    )
    body = StreamField(BodyStreamBlock(), blank=True, verbose_name=_("body"), help_text=_("Stands below the form."))
    shows_state = models.BooleanField(_("show the state legislature"), default=True)
    shows_congress = models.BooleanField(_("show the U.S. Congress"), default=True)

    template = "legislators/find_page.html"
    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel([FieldPanel("shows_state"), FieldPanel("shows_congress")], heading=_("Who is shown")),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction"), index.SearchField("body")]

    class Meta:
        verbose_name = _("page to find legislators")
        verbose_name_plural = _("pages to find legislators")

    @property
    def chambers(self) -> tuple[str, ...]:
        """Values of `Term.Chamber`, in the order in which they are shown."""
        return tuple(
            chamber for chamber in CHAMBERS if (self.shows_congress if chamber.startswith("us_") else self.shows_state)
        )

    def clean(self) -> None:
        super().clean()
        if not self.chambers:
            raise ValidationError({"shows_state": _("Show at least one of the two.")})

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        flow = FindFlow(self, request)
        return flow.respond() if request.method == "POST" else flow.start()

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return FindFlow(self, request).start()

    def refuse_unproven(self, request: HttpRequest) -> HttpResponse:
        """Answers a POST without a valid CSRF token: nothing is looked up, what was typed is shown again."""
        return FindFlow(self, request).refuse_unproven()

    def form_context(self, request: HttpRequest) -> dict[str, Any]:
        """What templates/legislators/find_form.html needs, on this page or inside another."""
        return FindFlow(self, request).form_context()
