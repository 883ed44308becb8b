"""Officials and data loads in the Wagtail admin: looked at, searched and chosen, never edited by hand."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Prefetch, Q, QuerySet
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy

from legislators.blocks.officials import CHOOSER_NAME
from legislators.records.jurisdictions import Jurisdiction
from legislators.records.loads import DataLoad
from legislators.records.officials import Official, Term
from legislators.selectors import seats


class LoadedDataPolicy(ModelPermissionPolicy):
    """Public data that a loader keeps: whoever may enter the admin may look, and nobody may change it there."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and bool(user.has_perm("wagtailadmin.access_admin"))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


def _with_seats(officials: QuerySet[Official]) -> QuerySet[Official]:
    """With the seats that they hold now as `seats`, in two queries for a page."""
    terms = seats.current_terms().select_related("division__jurisdiction")
    return officials.prefetch_related(Prefetch("terms", queryset=terms, to_attr="seats"))


def seat_words(official: Official) -> str:
    """ "State house: 10th Middlesex, Massachusetts", for an official read with `_with_seats`."""
    held: list[Term] = getattr(official, "seats", [])
    if not held:
        return gettext("not in office")
    return "; ".join(
        f"{seat.get_chamber_display()}: {seat.division.name}, {seat.division.jurisdiction.name}" for seat in held
    )


def _email_words(official: Official) -> str:
    return official.email or gettext("no e-mail")


class OfficialFilterSet(WagtailFilterSet):
    chamber = django_filters.ChoiceFilter(
        label=_("Chamber"), choices=Term.Chamber.choices, method="filter_chamber", widget=forms.RadioSelect
    )
    jurisdiction = django_filters.ModelChoiceFilter(
        label=_("State"), queryset=Jurisdiction.objects.all(), method="filter_jurisdiction"
    )
    party = django_filters.AllValuesFilter(label=_("Party"), field_name="party")
    is_retired = django_filters.BooleanFilter(
        label=_("No longer in office"), field_name="retired_at", lookup_expr="isnull", exclude=True
    )
    has_email = django_filters.BooleanFilter(label=_("Has an e-mail address"), method="filter_has_email")

    class Meta:
        model = Official
        fields: list[str] = []

    def filter_chamber(self, officials: QuerySet[Official], name: str, value: str) -> QuerySet[Official]:
        terms = seats.current_terms().filter(chamber=value)
        return officials.filter(pk__in=terms.values("official_id"))

    def filter_jurisdiction(self, officials: QuerySet[Official], name: str, value: Any) -> QuerySet[Official]:
        terms = Term.objects.filter(division__jurisdiction=value)
        return officials.filter(pk__in=terms.values("official_id"))

    def filter_has_email(self, officials: QuerySet[Official], name: str, value: bool) -> QuerySet[Official]:
        return officials.exclude(email="") if value else officials.filter(email="")


class OfficialIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Official]:
        return _with_seats(super().get_base_queryset())


class OfficialInspectView(generic.InspectView):
    def get_fields_context(self) -> list[dict[str, Any]]:
        official = self.object
        terms = official.terms.select_related("division__jurisdiction").order_by("-start", "-pk")
        return [
            *super().get_fields_context(),
            {"label": gettext("Terms"), "value": _lines(map(_term_words, terms))},
            {"label": gettext("Offices"), "value": _lines(map(_office_words, official.offices.all()))},
        ]


def _term_words(term: Term) -> str:
    return (
        f"{term.get_chamber_display()}: {term.division.name}, {term.division.jurisdiction.name} "
        f"({term.start or '?'} – {term.end or ''})"
    )


def _office_words(office: Any) -> str:
    return ", ".join(filter(None, [office.get_kind_display(), office.address, office.phone]))


def _lines(rows: Any) -> SafeString | str:
    return format_html_join("", "<div>{}</div>", ((row,) for row in rows)) or "–"


class OfficialViewSet(ModelViewSet):
    model = Official
    name = "officials"
    icon = "user"
    menu_label = _("Officials")
    menu_order = 100
    index_view_class = OfficialIndexView
    inspect_view_class = OfficialInspectView
    inspect_view_enabled = True
    inspect_view_fields = [
        "name", "party", "email", "contact_form_url", "website_url", "source", "source_id", "is_sample", "retired_at",
    ]  # fmt: skip
    copy_view_enabled = False
    form_fields: list[str] = []
    filterset_class = OfficialFilterSet
    search_fields = ["name", "email", "party", "family_name"]
    list_per_page = 50
    list_display = [
        "name",
        Column("seat", label=_("Seat"), accessor=seat_words),
        Column("email", label=_("E-mail"), accessor=_email_words, sort_key="email"),
        Column("party", label=_("Party"), sort_key="party"),
        DateColumn("retired_at", label=_("Retired"), sort_key="retired_at"),
    ]


class DataLoadInspectView(generic.InspectView):
    def get_refused_display_value(self) -> SafeString | str:
        return _lines(f"{row.get('where', '')}: {row.get('why', '')}" for row in self.object.refused)


class DataLoadViewSet(ModelViewSet):
    model = DataLoad
    name = "data-loads"
    icon = "download"
    menu_label = _("Data loads")
    menu_order = 200
    inspect_view_class = DataLoadInspectView
    inspect_view_enabled = True
    copy_view_enabled = False
    form_fields: list[str] = []
    ordering = ["-started_at"]
    list_filter = ["kind"]
    list_display = [
        Column("__str__", label=_("Load")),
        "source",
        "added",
        "changed",
        "unchanged",
        "retired",
        Column("refused", label=_("Refused"), accessor=lambda load: len(load.refused)),
        DateColumn("finished_at", label=_("Finished"), sort_key="finished_at"),
    ]


class LegislatorsViewSetGroup(ModelViewSetGroup):
    menu_label = _("Legislators")
    menu_icon = "group"
    menu_order = 320
    items = (OfficialViewSet, DataLoadViewSet)


class OfficialFilterForm(BaseFilterForm):
    q = forms.CharField(label=_("Search term"), required=False, widget=forms.TextInput())
    chamber = forms.ChoiceField(
        label=_("Chamber"), required=False, choices=[("", _("All chambers")), *Term.Chamber.choices]
    )

    def filter(self, objects: QuerySet[Official]) -> QuerySet[Official]:
        objects = super().filter(objects)
        words = self.cleaned_data.get("q")
        if words:
            self.is_searching, self.search_query = True, words
            terms = seats.current_terms().filter(division__name__icontains=words)
            objects = objects.filter(Q(name__icontains=words) | Q(pk__in=terms.values("official_id")))
        if chamber := self.cleaned_data.get("chamber"):
            terms = seats.current_terms().filter(chamber=chamber)
            objects = objects.filter(pk__in=terms.values("official_id"))
        return objects


class _OfficialsInOffice:
    """What both of the chooser's views list."""

    filter_form_class = OfficialFilterForm

    @property
    def columns(self) -> list[Column]:
        return [
            self.title_column,  # type: ignore[attr-defined]
            Column("seat", label=_("Seat"), accessor=seat_words),
            Column("email", label=_("E-mail"), accessor=_email_words),
        ]


class OfficialChooseView(_OfficialsInOffice, ChooseView):
    """The modal dialog."""


class OfficialChooseResultsView(_OfficialsInOffice, ChooseResultsView):
    """The dialog's list, when searched."""


class OfficialChooserViewSet(ChooserViewSet):
    model = Official
    icon = "user"
    choose_one_text = _("Choose an official")
    choose_another_text = _("Choose another official")
    choose_view_class = OfficialChooseView
    choose_results_view_class = OfficialChooseResultsView

    def get_object_list(self) -> QuerySet[Official]:
        return _with_seats(seats.current_members())


official_chooser_viewset = OfficialChooserViewSet(CHOOSER_NAME)
