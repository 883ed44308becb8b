"""The checklist at the top of the page editor."""

from typing import Any

from django.forms import Media
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel

from campaigns.content.checklists import checklist_of

#: The view that renders the same list again after a save is registered under this name in `wagtail_hooks`.
URL_NAME = "publish_checklist:list"


class ChecklistPanel(HelpPanel):
    """Rendered with the page; a script asks for it again when the page has been saved."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("template", "campaigns/admin/checklist_panel.html")
        kwargs.setdefault("heading", _("Before you publish"))
        super().__init__(**kwargs)

    @property
    def clean_name(self) -> str:
        return "checklist"

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            page = self.instance
            context["checklist"] = checklist_of(page) if page.pk else None
            # The page's number is not known before it is saved: the script puts it in the place of the nought.
            context["checklist_url"] = reverse(URL_NAME, args=[0])
            context["checklist_page"] = page.pk
            return context

        @property
        def media(self) -> Media:
            return Media(css={"all": ["staff/checklist.css"]}, js=["staff/checklist.js"])
