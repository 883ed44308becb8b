"""Panels of our own in the page editor."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.panels import HelpPanel

from campaigns.engine.merging import ANSWER_PREFIX, FIELDS, TALKING_POINTS


class MergeFieldsPanel(HelpPanel):
    """The merge fields that the letter on this page may use, the form's own answers among them."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("template", "campaigns/admin/merge_fields.html")
        super().__init__(**kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            answers = [(f"{ANSWER_PREFIX}{spec.clean_name}", spec.label) for spec in self.instance.get_form_fields()]
            context = super().get_context_data(parent_context)
            named = [(f"{{{name}}}", text) for name, text in (*FIELDS.items(), *answers)]
            points = (TALKING_POINTS, _("Talking points that the person ticked; only in a letter"))
            context["merge_fields"] = [*named, points]
            return context
