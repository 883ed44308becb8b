"""What people did besides letters, for the staff: petitions, guests of events, stories and members of networks."""

import uuid
from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import ModelLogEntry
from wagtail.permission_policies import ModelPermissionPolicy

from advocates.records.memberships import Membership
from campaigns.records.participation import Registration, Signature, Story
from campaigns.selectors import kind_pages
from campaigns.selectors.kind_pages import KindOnPage

PER_PAGE = 50

#: `view` reads, `change` decides: who is shown, which comment is passed on, which story is used, who moves up.
SIGNATURES = ModelPermissionPolicy(Signature)
REGISTRATIONS = ModelPermissionPolicy(Registration)
STORIES = ModelPermissionPolicy(Story)
MEMBERS = ModelPermissionPolicy(Membership)

SIGNATURES_LISTED = "campaigns.list_signatures"
NAME_HIDDEN = "campaigns.hide_signature"
NAME_SHOWN = "campaigns.show_signature"
COMMENT_ALLOWED = "campaigns.allow_comment"
COMMENT_DECLINED = "campaigns.decline_comment"
PACKET_MADE = "campaigns.make_packet"
GUESTS_LISTED = "campaigns.list_guests"
GUESTS_EXPORTED = "campaigns.export_guests"
GUESTS_MOVED = "campaigns.move_guests"
STORIES_READ = "campaigns.read_stories"
STORY_APPROVED = "campaigns.approve_story"
STORY_DECLINED = "campaigns.decline_story"
STORY_EDITED = "campaigns.edit_story"
MEMBERS_LISTED = "campaigns.list_members"
MEMBERS_EXPORTED = "campaigns.export_members"


def register(actions: LogActionRegistry) -> None:
    """Tells Wagtail what the entries of the log mean."""
    simple: Sequence[tuple[str, Any, Any]] = (
        (SIGNATURES_LISTED, gettext_lazy("List signatures"), gettext_lazy("Looked at the signatures")),
        (NAME_HIDDEN, gettext_lazy("Hide name"), gettext_lazy("Kept a name from being shown")),
        (NAME_SHOWN, gettext_lazy("Show name"), gettext_lazy("Let a name be shown again")),
        (COMMENT_ALLOWED, gettext_lazy("Pass comment on"), gettext_lazy("Let a comment go with the petition")),
        (COMMENT_DECLINED, gettext_lazy("Keep comment"), gettext_lazy("Kept a comment back")),
        (GUESTS_LISTED, gettext_lazy("List guests"), gettext_lazy("Looked at the guests of the event")),
        (GUESTS_MOVED, gettext_lazy("Move guests up"), gettext_lazy("Gave free places to those who waited")),
        (STORIES_READ, gettext_lazy("Read stories"), gettext_lazy("Looked at the stories")),
        (STORY_APPROVED, gettext_lazy("Approve story"), gettext_lazy("Approved the story")),
        (STORY_DECLINED, gettext_lazy("Decline story"), gettext_lazy("Declined the story")),
        (STORY_EDITED, gettext_lazy("Edit story"), gettext_lazy("Changed what visitors read of the story")),
        (MEMBERS_LISTED, gettext_lazy("List members"), gettext_lazy("Looked at the members of networks")),
    )
    for action, label, message in simple:
        actions.register_action(action, label, message)
    for action, label in (
        (PACKET_MADE, gettext_lazy("Make delivery packet")),
        (GUESTS_EXPORTED, gettext_lazy("Export guests")),
        (MEMBERS_EXPORTED, gettext_lazy("Export members")),
    ):
        actions.register_action(action)(_counting(label))


def _counting(words: Any) -> type[LogFormatter]:
    class CountFormatter(LogFormatter):
        label = words

        def format_message(self, log_entry: ModelLogEntry) -> str:
            count = log_entry.data.get("count", 0)
            people = ngettext("%(count)s person", "%(count)s people", count) % {"count": count}
            what = log_entry.data.get("district", "")
            return f"{words}: {people}{f' ({what})' if what else ''}"

    return CountFormatter


class ParticipationMenuItem(MenuItem):
    """Shown to who may see any of what is behind it; each viewset names its policy."""

    policy: ClassVar[ModelPermissionPolicy]

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(self.policy.user_has_any_permission(request.user, ["view"]))


def menu_item_of(of: ModelPermissionPolicy) -> type[ParticipationMenuItem]:
    return type("ParticipationMenuItem", (ParticipationMenuItem,), {"policy": of})


class StaffView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page about people: nothing of it is kept by a browser or a proxy."""

    permission_required = "view"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, *self.trail(), {"url": "", "label": self.page_subtitle or self.page_title}]

    def trail(self) -> list[dict[str, Any]]:
        return []

    @property
    def may_change(self) -> bool:
        return bool(self.permission_policy.user_has_permission(self.request.user, "change"))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    def paginated(self, rows: Any) -> Any:
        return Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))


def asked(kind: str, key: uuid.UUID, block: str) -> KindOnPage:
    """:raises Http404: where no page has it."""
    found = kind_pages.one_with(kind, key, block)
    if found is None:
        raise Http404
    return found


def log_about(subject: Any, action: str, **data: Any) -> None:
    log(subject, action, data=data)
