"""What campaigns add to Wagtail's admin: safe deletion of what a form brought in, and a log of who looked at it."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry

from campaigns.forms.submissions_list import DELETED, EXPORTED, VIEWED, DeleteSubmissionsView


# Before wagtail.contrib.forms, whose view of the same address knows nothing of letters.
@hooks.register("register_admin_urls", order=-1)
def deletion_that_keeps_letters() -> list[URLPattern]:
    return [path("forms/submissions/<int:page_id>/delete/", DeleteSubmissionsView.as_view())]


@hooks.register("register_log_actions")
def log_who_handles_submissions(actions: LogActionRegistry) -> None:
    actions.register_action(VIEWED, _("View submissions"), _("Looked at the form's submissions"))

    @actions.register_action(EXPORTED)
    class ExportFormatter(LogFormatter):
        label = _("Export submissions")

        def format_message(self, log_entry: ModelLogEntry) -> str:
            count = log_entry.data.get("count", 0)
            return ngettext(
                "Exported %(count)s submission of the form (%(format)s)",
                "Exported %(count)s submissions of the form (%(format)s)",
                count,
            ) % {"count": count, "format": log_entry.data.get("format", "")}

    @actions.register_action(DELETED)
    class DeletionFormatter(LogFormatter):
        label = _("Delete submissions")

        def format_message(self, log_entry: ModelLogEntry) -> str:
            count = log_entry.data.get("count", 0)
            return ngettext(
                "Deleted %(count)s submission of the form", "Deleted %(count)s submissions of the form", count
            ) % {"count": count}
