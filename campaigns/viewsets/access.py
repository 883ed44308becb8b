"""Who of the staff may see letters, and the log of who did."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import ModelLogEntry
from wagtail.permission_policies import ModelPermissionPolicy

from campaigns.records.submissions import Letter

LISTED = "campaigns.list_letters"
READ = "campaigns.read_letter"
EXPORTED = "campaigns.export_letters"
RETRIED = "campaigns.retry_letter"
CANCELLED = "campaigns.cancel_letter"

#: `campaigns.view_letter` reads, `campaigns.change_letter` retries and cancels; an editor of pages has neither
#: until somebody gives it to their group: letters hold what people wrote about themselves.
POLICY = ModelPermissionPolicy(Letter)
VIEW = ("view",)


class LetterMenuItem(MenuItem):
    """Shown only to who may see what is behind it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(POLICY.user_has_any_permission(request.user, VIEW))


def log_about_all(action: str, data: dict[str, Any]) -> None:
    """Logs what somebody did with the ledger as a whole. Holds no search term: that is somebody's name."""
    log(Letter(pk=0, recipient_name=str(_("Letters"))), action, data=data)


def register(actions: LogActionRegistry) -> None:
    """Tells Wagtail what the entries of the log mean."""
    simple: Sequence[tuple[str, Any, Any]] = (
        (LISTED, _("List letters"), _("Looked at the list of letters")),
        (READ, _("Read letter"), _("Read the letter")),
        (RETRIED, _("Retry letter"), _("Put the letter back into the queue")),
        (CANCELLED, _("Cancel letter"), _("Cancelled the letter")),
    )
    for action, label, message in simple:
        actions.register_action(action, label, message)

    @actions.register_action(EXPORTED)
    class ExportFormatter(LogFormatter):
        label = _("Export letters")

        def format_message(self, log_entry: ModelLogEntry) -> str:
            count = log_entry.data.get("count", 0)
            return ngettext(
                "Exported %(count)s letter (%(format)s)", "Exported %(count)s letters (%(format)s)", count
            ) % {"count": count, "format": log_entry.data.get("format", "")}
