"""Registers this room's pages in the Wagtail admin."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry
from wagtail.permissions import register_permission_policy

from legislators.records.answers import LegislatorDoubt
from legislators.records.contacts import ContactOverride
from legislators.records.loads import DataLoad
from legislators.records.officials import Official
from legislators.viewsets import access, doubts, overrides
from legislators.viewsets.choosers import official_chooser_viewset
from legislators.viewsets.freshness import FreshnessNotice
from legislators.viewsets.group import LegislatorsViewSetGroup

# Before anything asks for a policy: Wagtail would make one that lets superusers edit.
register_permission_policy(Official, access.LoadedDataPolicy(Official))
register_permission_policy(DataLoad, access.LoadedDataPolicy(DataLoad))
register_permission_policy(LegislatorDoubt, access.DOUBTS)
register_permission_policy(ContactOverride, access.OVERRIDES)


@hooks.register("register_admin_viewset")
def register_officials() -> list[object]:
    return [LegislatorsViewSetGroup(), official_chooser_viewset]


@hooks.register("construct_homepage_panels")
def say_what_wants_looking_after(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(FreshnessNotice(request))


@hooks.register("register_log_actions")
def log_who_corrects_and_settles(actions: LogActionRegistry) -> None:
    @actions.register_action(overrides.CHANGED)
    class CorrectionFormatter(LogFormatter):
        label = _("Change corrected contact")

        def format_message(self, log_entry: ModelLogEntry) -> str:
            return overrides.describe(log_entry.data.get("fields", {}))

    @actions.register_action(doubts.SETTLED)
    class SettlingFormatter(LogFormatter):
        label = _("Settle doubts")

        def format_message(self, log_entry: ModelLogEntry) -> str:
            count = log_entry.data.get("count", 0)
            return ngettext("Settled %(count)s doubt of a visitor", "Settled %(count)s doubts of visitors", count) % {
                "count": count
            }
