"""Who of the staff may see what waits in quarantine and decide about it, and the log of who did."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import ModelLogEntry
from wagtail.permission_policies import ModelPermissionPolicy

from campaigns.records.protection import Invalidation
from campaigns.services import invalidations

URL_NAMESPACE = "quarantine"
LISTED = "campaigns.list_quarantine"
RELEASED = "campaigns.release_submissions"
INVALIDATED = "campaigns.invalidate_submissions"
RESTORED = "campaigns.restore_submissions"

#: `campaigns.view_invalidation` sees the queue and what was decided, `campaigns.add_invalidation` decides,
#: `campaigns.change_invalidation` takes a decision back.
POLICY = ModelPermissionPolicy(Invalidation)
VIEW = ("view",)
PERMISSIONS = ("view_invalidation", "add_invalidation", "change_invalidation")


class QuarantineMenuItem(MenuItem):
    """Shown only to who may see what is behind it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(POLICY.user_has_any_permission(request.user, VIEW))


def invalidate(submission_ids: Sequence[int], *, reason: str, request: HttpRequest) -> Invalidation | None:
    """Decides, logs it, and says what came of it."""
    try:
        made = invalidations.invalidate(submission_ids=submission_ids, reason=reason, user_id=request.user.pk)
    except invalidations.NothingToInvalidate:
        messages.error(request, _("None of these forms is left: they are invalid already."))
        return None
    count = made.items.count()
    log(made, INVALIDATED, data={"count": count})
    said = ngettext(
        "%(count)s form is invalid now. What of it had not left is stopped. You can take that back.",
        "%(count)s forms are invalid now. What of them had not left is stopped. You can take that back.",
        count,
    )
    messages.success(request, said % {"count": count})
    return made


def log_about_all(action: str, **data: Any) -> None:
    """Logs what somebody did with the queue as a whole."""
    log(Invalidation(pk=0, reason=str(_("Quarantine"))), action, data=data)


def register(actions: LogActionRegistry) -> None:
    """Tells Wagtail what the entries of the log mean."""
    actions.register_action(LISTED, _("List quarantine"), _("Looked at the forms in quarantine"))

    @actions.register_action(RELEASED)
    class ReleaseFormatter(LogFormatter):
        label = _("Release forms")

        def format_message(self, log_entry: ModelLogEntry) -> str:
            count = log_entry.data.get("count", 0)
            return ngettext("Released %(count)s form", "Released %(count)s forms", count) % {"count": count}

    @actions.register_action(INVALIDATED)
    class InvalidateFormatter(LogFormatter):
        label = _("Invalidate forms")

        def format_message(self, log_entry: ModelLogEntry) -> str:
            count = log_entry.data.get("count", 0)
            return ngettext("Found %(count)s form invalid", "Found %(count)s forms invalid", count) % {"count": count}

    @actions.register_action(RESTORED)
    class RestoreFormatter(LogFormatter):
        label = _("Take back an invalidation")

        def format_message(self, log_entry: ModelLogEntry) -> str:
            count = log_entry.data.get("count", 0)
            return ngettext(
                "Took back that %(count)s form is invalid", "Took back that %(count)s forms are invalid", count
            ) % {"count": count}
