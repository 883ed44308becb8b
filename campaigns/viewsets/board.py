"""The live board of deliveries in the admin, for everything and for one campaign."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet

from campaigns.selectors import alarm_words, deliveries, held
from campaigns.viewsets import access, congress, offices, pauses, test_letters
from campaigns.viewsets.capture_notice import CaptureNotice
from campaigns.viewsets.pacing import POLICY as PACING
from delivery.adapters import mail
from delivery.selectors import alarms

URL_NAMESPACE = "deliveries"
#: Between two looks of the browser at the board.
REFRESH_SECONDS = 5


def _may(request: HttpRequest) -> dict[str, bool]:
    user = request.user
    return {
        "may_pause": access.PAUSES.user_has_permission(user, "change"),
        "may_read_letters": access.POLICY.user_has_any_permission(user, access.VIEW),
        "may_cancel": access.POLICY.user_has_permission(user, "change"),
        "may_pace": PACING.user_has_permission(user, "change"),
        "may_change_offices": access.OFFICES.user_has_permission(user, "change"),
    }


def _board_context(request: HttpRequest) -> dict[str, Any]:
    board = deliveries.board_of(timezone.now())
    return {
        "board": board,
        "sentences": [alarm_words.sentence(alarm) for alarm in board.alarms],
        "is_sending": mail.is_sending(),
        **_may(request),
    }


class _BoardView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    permission_policy = access.BOARD
    permission_required = "view"
    header_icon = "mail"
    page_title = gettext_lazy("Deliveries")


class BoardView(_BoardView):
    """Everything that is in the outbox, as numbers. Without a script it is a page like any other."""

    template_name = "campaigns/admin/board.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("Deliveries")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            **_board_context(self.request),
            "capture_notice": CaptureNotice(),
            "live_url": reverse(f"{URL_NAMESPACE}:live"),
            "refresh_seconds": REFRESH_SECONDS,
        }


class BoardLiveView(_BoardView):
    """The part of the board that is fetched again and again."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = render(request, "campaigns/admin/board_live.html", _board_context(request))
        response["Cache-Control"] = "no-store"
        return response


class CampaignBoardView(_BoardView):
    """One campaign: its numbers, and what can be done to it."""

    template_name = "campaigns/admin/board_campaign.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{URL_NAMESPACE}:index"), "label": _("Deliveries")},
            {"url": "", "label": self.page_subtitle},
        ]

    def get_context_data(self, *, key: uuid.UUID, **kwargs: Any) -> dict[str, Any]:
        campaign = deliveries.campaign(key, timezone.now())
        self.page_subtitle = campaign.title
        return {
            **super().get_context_data(**kwargs),
            **_may(self.request),
            "campaign": campaign,
            "tiles": deliveries.tiles(campaign.numbers),
            "testable_pages": test_letters.testable_pages(key, self.request.user),
            "capture_notice": CaptureNotice(),
            "is_sending": mail.is_sending(),
            "letters_url": f"{reverse('letters:index')}?campaign={key}",
        }


class AlarmNotice(Component):
    """On the admin's first page, and only if something rings or waits."""

    template_name = "campaigns/admin/alarm_notice.html"
    order = 15

    def __init__(self, request: HttpRequest) -> None:
        self._may_see = access.BOARD.user_has_permission(request.user, "view")

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        if not self._may_see:
            return {"sentences": [], "held": 0}
        return {
            "sentences": [alarm_words.sentence(alarm) for alarm in alarms.ringing(timezone.now())],
            "held": held.count(),
            "board_url": reverse(f"{URL_NAMESPACE}:index"),
            "held_url": reverse("held_letters:index"),
        }


class BoardViewSet(ViewSet):
    name = URL_NAMESPACE
    icon = "mail"
    menu_label = gettext_lazy("Board")
    menu_item_class = access.BoardMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", BoardView.as_view(), name="index"),
            path("live/", BoardLiveView.as_view(), name="live"),
            path("campaigns/<uuid:key>/", CampaignBoardView.as_view(), name="campaign"),
            path("campaigns/<uuid:key>/cancel/", pauses.CancelWaitingView.as_view(), name="cancel"),
            path("pause/", pauses.PauseView.as_view(), name="pause"),
            path("resume/", pauses.ResumeView.as_view(), name="resume"),
            path("congress/", congress.CongressView.as_view(), name="congress"),
            path("offices/", offices.OfficeView.as_view(), name="office"),
        ]
