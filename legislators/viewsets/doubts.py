"""Doubts of visitors in the Wagtail admin: listed, counted by division, and settled, one or many at a time."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from legislators.records.answers import LegislatorDoubt
from legislators.records.divisions import Division
from legislators.records.jurisdictions import Jurisdiction
from legislators.selectors import doubts
from legislators.services import doubt_settling

SETTLED = "legislators.settle_doubts"
_MOST_AT_ONCE = 500
#: Of a row: what a database takes for one.
_HIGHEST_NUMBER = 2**63 - 1


class DoubtFilterSet(WagtailFilterSet):
    is_open = django_filters.BooleanFilter(label=gettext_lazy("Open"), field_name="settled_at", lookup_expr="isnull")
    reason = django_filters.ChoiceFilter(label=gettext_lazy("Reason"), choices=LegislatorDoubt.Reason.choices)
    jurisdiction = django_filters.ModelChoiceFilter(
        label=gettext_lazy("State"), field_name="division__jurisdiction", queryset=Jurisdiction.objects.all()
    )
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Kind of district"), field_name="division__kind", choices=Division.Kind.choices
    )
    #: From the counts above the list and from the report; thousands of districts make no menu.
    division = django_filters.NumberFilter(
        label=gettext_lazy("District (number)"), field_name="division_id", min_value=1, max_value=_HIGHEST_NUMBER
    )

    class Meta:
        model = LegislatorDoubt
        fields: list[str] = []


class ChoiceColumn(Column):
    """A box to tick; the button that settles what is ticked stands below the table."""

    cell_template_name = "legislators/admin/doubt_choice.html"


class DoubtIndexView(generic.IndexView):
    template_name = "legislators/admin/doubts.html"
    results_template_name = "legislators/admin/doubts_results.html"

    def get_base_queryset(self) -> QuerySet[LegislatorDoubt]:
        return super().get_base_queryset().select_related("official", "division__jurisdiction")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_settle = self.user_has_permission("change")
        return {
            **super().get_context_data(**kwargs),
            "most_doubted": doubts.most_doubted(),
            "may_settle": may_settle,
            "settle_url": reverse("doubts:settle"),
            "query": self.request.GET.urlencode(),
        }


class SettleView(PermissionCheckedMixin, View):
    """Settles the doubts that are ticked, or all that the list's filters leave. Only a POST does it."""

    model = LegislatorDoubt
    http_method_names: ClassVar[list[str]] = ["post"]
    permission_required = "change"

    def post(self, request: HttpRequest) -> HttpResponse:
        count = doubt_settling.settle(doubts=self._chosen(request))
        if count:
            log(LegislatorDoubt(pk=0), SETTLED, title=_("Doubts about legislators"), data={"count": count})
            messages.success(
                request,
                ngettext("%(count)s doubt is settled.", "%(count)s doubts are settled.", count) % {"count": count},
            )
        else:
            messages.warning(request, _("Nothing was settled: tick the doubts that you have looked into."))
        return redirect(f"{reverse('doubts:index')}?{request.POST.get('query', '')}".rstrip("?"))

    def _chosen(self, request: HttpRequest) -> QuerySet[LegislatorDoubt]:
        if request.POST.get("all") != "yes":
            numbers = [int(one) for one in request.POST.getlist("doubt") if one.isdecimal() and len(one) < 18]
            return doubts.waiting().filter(pk__in=numbers[:_MOST_AT_ONCE])
        query = QueryDict(request.POST.get("query", ""))
        filters = DoubtFilterSet(query, queryset=doubts.waiting(), request=request)
        # A filter that cannot be read must not quietly become "all doubts", nor a search that is not a filter.
        return filters.qs if filters.is_valid() and not query.get("q") else doubts.waiting().none()


class DoubtViewSet(ModelViewSet):
    model = LegislatorDoubt
    name = "doubts"
    icon = "help"
    menu_label = gettext_lazy("Doubts of visitors")
    add_to_reference_index = False
    index_view_class = DoubtIndexView
    copy_view_enabled = False
    form_fields: list[str] = []
    filterset_class = DoubtFilterSet
    list_per_page = 50
    ordering = ["-created_at"]
    search_fields = ["division__name", "official__name"]
    list_display = [
        ChoiceColumn("choice", label=gettext_lazy("Settle"), accessor="pk"),
        Column("division", label=gettext_lazy("District"), accessor=lambda doubt: _division_words(doubt.division)),
        Column("official", label=gettext_lazy("Shown as the legislator"), accessor="official"),
        Column("reason", label=gettext_lazy("Reason"), accessor="get_reason_display", sort_key="reason"),
        Column("certainty", label=gettext_lazy("How sure the answer was"), sort_key="certainty"),
        Column("geocoder", label=gettext_lazy("Located by"), sort_key="geocoder"),
        DateColumn("created_at", label=gettext_lazy("When"), sort_key="created_at"),
        StatusTagColumn(
            "state",
            label=gettext_lazy("State"),
            accessor=lambda doubt: _("settled") if doubt.settled_at else _("open"),
            primary=lambda doubt: doubt.settled_at is None,
        ),
    ]

    @cached_property
    def settle_view(self) -> Any:
        return self.construct_view(SettleView)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("settle/", self.settle_view, name="settle")]


def _division_words(division: Division) -> str:
    return f"{division.get_kind_display()}: {division.name}, {division.jurisdiction.name}"
