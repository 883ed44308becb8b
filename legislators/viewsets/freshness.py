"""The report on the data's freshness in the Wagtail admin, its spreadsheet of vacancies, and its notice at home."""

import csv
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from home.engine.spreadsheets import safe_cell
from legislators.selectors import attention, doubts, freshness, geocoders, reachability, turnover
from legislators.services import sync
from legislators.viewsets import access

URL_NAMESPACE = "freshness"


class FreshnessView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "legislators/admin/freshness.html"
    page_title = gettext_lazy("Freshness")
    header_icon = "history"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("Freshness of the legislators’ data")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        empty = turnover.empty_seats(today)
        reach = reachability.by_chamber(today)
        user = self.request.user
        may_see_doubts = access.DOUBTS.user_has_any_permission(user, ["view", "change"])
        return {
            **super().get_context_data(**kwargs),
            "today": today,
            "attention": [item for item in attention.listed(sync.configured()) if may_see_doubts or not item.is_doubts],
            "loads": freshness.last_loads(),
            "sources": attention.sources(sync.configured()),
            "is_syncing": bool(sync.configured()),
            "plans": freshness.plans(today),
            "old_outlines": freshness.old_outlines(today),
            "empty_seats": empty,
            "empty_count": sum(row.seats for row in empty),
            "ending": turnover.ending_terms(today),
            "reach": reach,
            "unreached": sum(row.without_email for row in reach),
            "overrides": reachability.expiring_overrides(today),
            "may_see_doubts": may_see_doubts,
            "most_doubted": doubts.most_doubted() if may_see_doubts else [],
            "geocoders": geocoders.health(days=attention.GEOCODER_DAYS, on=today),
            "more_sections": [
                section for hook in hooks.get_hooks("freshness_section") if (section := hook(self.request))
            ],
        }


def vacancies_csv(request: HttpRequest) -> HttpResponse:
    """Every empty seat, for a spreadsheet."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="vacancies.csv"'
    writer = csv.writer(response)
    writer.writerow([_("State"), _("Chamber"), _("District"), _("OCD id"), _("Empty seats")])
    for group in turnover.empty_seats():
        for vacancy in group.vacancies:
            division = vacancy.division
            words = (group.state, group.chamber_name, division.name, division.ocd_id)
            writer.writerow([*(safe_cell(str(word)) for word in words), vacancy.seats])
    return response


class FreshnessNotice(Component):
    """On the admin's first page, and only if something wants looking after."""

    template_name = "legislators/admin/freshness_notice.html"
    order = 20

    def __init__(self, request: HttpRequest) -> None:
        self._may_see_doubts = access.DOUBTS.user_has_any_permission(request.user, ["view", "change"])

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        items = attention.listed(sync.configured())
        return {
            "attention": [item for item in items if self._may_see_doubts or not item.is_doubts],
            "report_url": reverse(f"{URL_NAMESPACE}:index"),
        }


class FreshnessViewSet(ViewSet):
    name = URL_NAMESPACE
    icon = "history"
    menu_label = gettext_lazy("Freshness")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", FreshnessView.as_view(), name="index"),
            path("vacancies.csv", vacancies_csv, name="vacancies"),
        ]
