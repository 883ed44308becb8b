"""Each campaign's numbers, for the staff. They name no person who wrote."""

import uuid
from typing import Any

from django.http import Http404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet

from campaigns.selectors import follow_ups, kind_numbers, ledger, talking_points
from campaigns.viewsets import access
from campaigns.viewsets.capture_notice import CaptureNotice
from delivery.adapters import mail

URL_NAMESPACE = "campaign_numbers"


class _NumbersView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    any_permission_required = access.VIEW
    permission_policy = access.POLICY
    header_icon = "view"
    page_title = gettext_lazy("Campaign numbers")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "is_sending": mail.is_sending(),
            "capture_notice": CaptureNotice(),
        }


class AllNumbersView(_NumbersView):
    """One row a campaign."""

    template_name = "campaigns/admin/all_numbers.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("Campaign numbers")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "campaigns": ledger.campaign_numbers()}


class NumbersView(_NumbersView):
    """One campaign: its letters by state, by day and by official."""

    template_name = "campaigns/admin/numbers.html"

    def get_context_data(self, *, key: uuid.UUID, **kwargs: Any) -> dict[str, Any]:
        found = ledger.campaign_numbers(key)
        if not found:
            raise Http404
        [numbers] = found
        self.page_subtitle = numbers.title
        days = ledger.by_day(key)
        return {
            **super().get_context_data(**kwargs),
            "numbers": numbers,
            "states": ledger.by_state(numbers),
            "officials": ledger.by_official(key),
            "days": days,
            "most_in_a_day": max((max(day.submissions, day.letters) for day in days), default=0),
            "kinds": kind_numbers.rows(key),
            "points": talking_points.rows(key),
            "replies": follow_ups.reply_numbers(key),
            "letters_url": f"{reverse('letters:index')}?campaign={key}",
        }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{URL_NAMESPACE}:index"), "label": _("Campaign numbers")},
            {"url": "", "label": self.page_subtitle},
        ]


class CampaignNumbersViewSet(ViewSet):
    name = URL_NAMESPACE
    icon = "view"
    menu_label = gettext_lazy("Campaign numbers")
    menu_hook = "register_reports_menu_item"
    menu_item_class = access.LetterMenuItem
    url_prefix = "reports/campaigns"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", AllNumbersView.as_view(), name="index"),
            path("<uuid:key>/", NumbersView.as_view(), name="campaign"),
        ]
