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
from delivery.records.messages import OutboxMessage
from delivery.records.pauses import Pause
from delivery.records.recipients import RecipientRecord

LISTED = "campaigns.list_letters"
READ = "campaigns.read_letter"
EXPORTED = "campaigns.export_letters"
RETRIED = "campaigns.retry_letter"
CANCELLED = "campaigns.cancel_letter"
REROUTED = "campaigns.reroute_letter"
APPROVED = "campaigns.approve_letters"
REJECTED = "campaigns.reject_letters"
#: Many at once.
ALL_CANCELLED = "campaigns.cancel_letters"
PAUSED = "delivery.pause"
RESUMED = "delivery.resume"
OFFICE_CHANGED = "delivery.change_office"
TESTED = "campaigns.send_test_letter"
#: By an office of Congress, after its system had accepted the letter.
REFUSED_LATE = "campaigns.record_late_refusal"

#: `campaigns.view_letter` reads, `campaigns.change_letter` retries and cancels; an editor of pages has neither
#: until somebody gives it to their group: letters hold what people wrote about themselves.
POLICY = ModelPermissionPolicy(Letter)
VIEW = ("view",)
#: `delivery.view_outboxmessage` sees the board, which names nobody who wrote; `delivery.change_pause` stops and
#: starts; `delivery.change_recipientrecord` says how an office takes letters.
BOARD = ModelPermissionPolicy(OutboxMessage)
PAUSES = ModelPermissionPolicy(Pause)
OFFICES = ModelPermissionPolicy(RecipientRecord)


class LetterMenuItem(MenuItem):
    """Shown only to who may see what is behind it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(POLICY.user_has_any_permission(request.user, VIEW))


class BoardMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(BOARD.user_has_permission(request.user, "view"))


class HeldMenuItem(LetterMenuItem):
    """Deciding needs more than reading, and reading is enough to see what waits."""


def log_about_all(action: str, data: dict[str, Any]) -> None:
    """Logs what somebody did with the ledger as a whole. Holds no search term: that is somebody's name."""
    log(Letter(pk=0, recipient_name=str(_("Letters"))), action, data=data)


def log_stop(action: str, what: str, **data: Any) -> None:
    """Logs that deliveries were stopped, started or cancelled: of everything, a campaign, an office."""
    log(OutboxMessage(recipient_name=what), action, title=what, data={"what": what, **data})


def register(actions: LogActionRegistry) -> None:
    """Tells Wagtail what the entries of the log mean."""
    simple: Sequence[tuple[str, Any, Any]] = (
        (LISTED, _("List letters"), _("Looked at the list of letters")),
        (READ, _("Read letter"), _("Read the letter")),
        (RETRIED, _("Retry letter"), _("Put the letter back into the queue")),
        (CANCELLED, _("Cancel letter"), _("Cancelled the letter")),
        (REROUTED, _("Re-route letter"), _("Sent the letter another way")),
        (APPROVED, _("Approve letter"), _("Approved the letter, which was held")),
        (REJECTED, _("Reject letter"), _("Rejected the letter, which was held")),
        (TESTED, _("Send test letter"), _("Sent a test letter to themselves")),
        (REFUSED_LATE, _("Record a late refusal"), _("Recorded that an office refused a letter late")),
        (OFFICE_CHANGED, _("Change how an office takes letters"), _("Changed how the office takes letters")),
    )
    for action, label, message in simple:
        actions.register_action(action, label, message)

    _register_stops(actions)

    @actions.register_action(EXPORTED)
    class ExportFormatter(LogFormatter):
        label = _("Export letters")

        def format_message(self, log_entry: ModelLogEntry) -> str:
            count = log_entry.data.get("count", 0)
            return ngettext(
                "Exported %(count)s letter (%(format)s)", "Exported %(count)s letters (%(format)s)", count
            ) % {"count": count, "format": log_entry.data.get("format", "")}


def _register_stops(actions: LogActionRegistry) -> None:
    @actions.register_action(PAUSED)
    class PauseFormatter(LogFormatter):
        label = _("Pause deliveries")

        def format_message(self, log_entry: ModelLogEntry) -> str:
            return _("Paused: %(what)s") % {"what": log_entry.data.get("what", "")}

    @actions.register_action(RESUMED)
    class ResumeFormatter(LogFormatter):
        label = _("Resume deliveries")

        def format_message(self, log_entry: ModelLogEntry) -> str:
            return _("Resumed: %(what)s") % {"what": log_entry.data.get("what", "")}

    @actions.register_action(ALL_CANCELLED)
    class CancelFormatter(LogFormatter):
        label = _("Cancel letters")

        def format_message(self, log_entry: ModelLogEntry) -> str:
            count = log_entry.data.get("count", 0)
            return ngettext(
                "Cancelled %(count)s letter that waited: %(what)s",
                "Cancelled %(count)s letters that waited: %(what)s",
                count,
            ) % {"count": count, "what": log_entry.data.get("what", "")}
