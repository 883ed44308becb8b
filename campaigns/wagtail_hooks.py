"""What campaigns add to Wagtail's admin: the ledger, safe deletion of what a form brought in, and a log of both."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry, Page
from wagtail.snippets.models import register_snippet

from campaigns.forms.submissions_list import DELETED, EXPORTED, VIEWED, DeleteSubmissionsView
from campaigns.records.participation import Story
from campaigns.selectors import bouncing, official_numbers, public_stories, wrong_numbers
from campaigns.viewsets import access, participation, preview_as, protection_access, sharing, starting, uploads
from campaigns.viewsets.action_templates import ActionTemplateViewSet
from campaigns.viewsets.board import AlarmNotice
from campaigns.viewsets.capture_notice import CaptureNotice
from campaigns.viewsets.checklist import ChecklistViewSet
from campaigns.viewsets.group import DeliveriesViewSetGroup, TakingPartViewSetGroup
from campaigns.viewsets.letters import LetterViewSet
from campaigns.viewsets.numbers import CampaignNumbersViewSet
from campaigns.viewsets.offices import official_buttons
from campaigns.viewsets.pacing import PacingViewSet
from campaigns.viewsets.pacing import register as register_pacing_actions
from campaigns.viewsets.positions import OfficialPositionViewSet
from campaigns.viewsets.positions import register as register_position_actions
from campaigns.viewsets.preview_as import PreviewAsViewSet
from campaigns.viewsets.starting import StartingViewSet
from campaigns.viewsets.story_chooser import story_chooser_viewset
from campaigns.viewsets.surveys import SurveyViewSet
from campaigns.viewsets.test_letters import TestLetterViewSet, header_buttons
from home.selectors import active_locale
from legislators.records.officials import Official


# Before wagtail.contrib.forms, whose view of the same address knows nothing of letters.
@hooks.register("register_admin_urls", order=-1)
def deletion_that_keeps_letters() -> list[URLPattern]:
    return [path("forms/submissions/<int:page_id>/delete/", DeleteSubmissionsView.as_view())]


@hooks.register("register_admin_urls")
def files_that_people_handed_in() -> list[URLPattern]:
    return [path("forms/files/<uuid:key>/", uploads.fetch, name="campaigns_upload")]


@hooks.register("register_log_actions")
def log_who_opens_files(actions: LogActionRegistry) -> None:
    uploads.register(actions)


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


@hooks.register("register_log_actions")
def log_who_handles_letters(actions: LogActionRegistry) -> None:
    access.register(actions)


@hooks.register("register_admin_viewset")
def ledger_of_letters() -> list[ViewSet]:
    return [LetterViewSet(), CampaignNumbersViewSet()]


@hooks.register("register_admin_viewset")
def deliveries() -> list[ViewSet]:
    return [DeliveriesViewSetGroup(), TestLetterViewSet()]


hooks.register("register_page_header_buttons", header_buttons)


@hooks.register("register_admin_viewset")
def what_editors_of_actions_use() -> list[ViewSet]:
    return [ChecklistViewSet(), PreviewAsViewSet(), StartingViewSet()]


hooks.register("register_page_header_buttons", preview_as.header_buttons)
hooks.register("register_page_header_buttons", sharing.header_buttons)
hooks.register("register_page_header_buttons", starting.header_buttons)


register_snippet(ActionTemplateViewSet)


@hooks.register("register_admin_menu_item")
def start_an_action() -> MenuItem:
    return starting.StartMenuItem(
        _("Start an action"), reverse_lazy("action_starting:start"), icon_name="plus-inverse", order=90
    )


@hooks.register("register_permissions")
def permissions_on_deliveries() -> QuerySet[Permission]:
    wanted = ["view_outboxmessage", "change_pause", "change_recipientrecord"]
    return Permission.objects.filter(content_type__app_label="delivery", codename__in=wanted)


@hooks.register("construct_homepage_panels")
def say_what_of_deliveries_needs_somebody(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(AlarmNotice(request))


@hooks.register("register_permissions")
def permissions_on_letters() -> QuerySet[Permission]:
    wanted = ["view_letter", "change_letter"]
    return Permission.objects.filter(content_type__app_label="campaigns", codename__in=wanted)


@hooks.register("register_log_actions")
def log_who_decides_about_forms(actions: LogActionRegistry) -> None:
    protection_access.register(actions)


@hooks.register("register_permissions")
def permissions_on_forms_in_quarantine() -> QuerySet[Permission]:
    wanted = [*protection_access.PERMISSIONS, "change_protectionsettings"]
    return Permission.objects.filter(content_type__app_label="campaigns", codename__in=wanted)


@hooks.register("register_admin_viewset")
def ways_to_share_a_form() -> ViewSet:
    return sharing.SharingViewSet()


@hooks.register("register_log_actions")
def log_who_opens_a_stand(actions: LogActionRegistry) -> None:
    sharing.register(actions)


@hooks.register("register_log_actions")
def log_who_sets_the_pace(actions: LogActionRegistry) -> None:
    register_pacing_actions(actions)


@hooks.register("register_admin_viewset")
def pace_of_letters() -> ViewSet:
    return PacingViewSet()


@hooks.register("register_permissions")
def permission_on_pacing() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="delivery", codename="change_pacingrule")


@hooks.register("construct_homepage_panels")
def say_that_mail_is_captured(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(CaptureNotice())


hooks.register("official_admin_buttons", official_buttons)


@hooks.register("stories_to_show")
def stories_that_may_be_shown(picked: Sequence[Story | None], page: Page | None, limit: int) -> dict[str, Any]:
    tell_page = public_stories.page_to_tell_on(page)
    return {
        "stories": public_stories.chosen(picked, page=page, limit=limit),
        "stories_url": public_stories.list_url(page),
        "tell_page": tell_page,
    }


hooks.register("title_of_story", public_stories.title_of)


@hooks.register("register_admin_viewset")
def chooser_of_stories() -> ViewSet:
    return story_chooser_viewset


@hooks.register("official_page_section")
def what_this_site_has_to_do_with_an_official(official: Official, request: HttpRequest) -> SafeString:
    context = {
        "official": official,
        "campaigns": official_numbers.campaigns_that_write_to(official, active_locale()),
        "numbers": official_numbers.numbers_of(official),
    }
    return render_to_string("campaigns/official_section.html", context, request)


@hooks.register("freshness_section")
def addresses_that_return_letters(request: HttpRequest) -> SafeString:
    """In the report on the legislators' data: only what came of letters, nobody who wrote one."""
    addresses = bouncing.bouncing_addresses()
    return render_to_string("campaigns/admin/bouncing.html", {"addresses": addresses}, request)


@hooks.register("freshness_section")
def numbers_that_people_say_are_wrong(request: HttpRequest) -> SafeString:
    """In the report on the legislators' data: what callers said, and nobody who called."""
    context = {"numbers": wrong_numbers.wrong_numbers()}
    return render_to_string("campaigns/admin/wrong_numbers.html", context, request)


@hooks.register("register_admin_viewset")
def results_of_surveys() -> ViewSet:
    return SurveyViewSet()


@hooks.register("register_admin_viewset")
def positions_of_officials() -> ViewSet:
    return OfficialPositionViewSet()


@hooks.register("register_log_actions")
def log_who_imports_positions(actions: LogActionRegistry) -> None:
    register_position_actions(actions)


@hooks.register("register_admin_viewset")
def what_people_did() -> ViewSet:
    return TakingPartViewSetGroup()


@hooks.register("register_log_actions")
def log_who_handles_what_people_did(actions: LogActionRegistry) -> None:
    participation.register(actions)


@hooks.register("register_permissions")
def permissions_on_what_people_did() -> QuerySet[Permission]:
    models = ["signature", "registration", "story"]
    wanted = [f"{act}_{model}" for model in models for act in ("view", "change")]
    return Permission.objects.filter(
        content_type__app_label__in=["campaigns", "advocates"], codename__in=[*wanted, "view_membership"]
    )


@hooks.register("insert_editor_js")
def names_where_a_rule_asks_for_them() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', versioned_static("js/rule-names.js"))
