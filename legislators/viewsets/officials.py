"""Officials in the Wagtail admin: looked at, searched and exported, never edited by hand."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from home.engine.spreadsheets import safe_cell
from legislators.records.jurisdictions import Jurisdiction
from legislators.records.officials import Official, Term
from legislators.selectors import reachability, seats
from legislators.selectors.contacts import contact_of
from legislators.viewsets.official_page import OfficialInspectView


def with_seats(officials: QuerySet[Official]) -> QuerySet[Official]:
    """With the seats that they hold now as `seats`, and all that a contact needs, in four queries for a page."""
    terms = seats.current_terms().select_related("division__jurisdiction")
    return officials.select_related("contact_override").prefetch_related(
        Prefetch("terms", queryset=terms, to_attr="seats"), "offices"
    )


def seat_words(official: Official) -> str:
    """ "State house: 10th Middlesex, Massachusetts", for an official read with `with_seats`."""
    held: list[Term] = getattr(official, "seats", [])
    if not held:
        return gettext("not in office")
    return "; ".join(
        f"{seat.get_chamber_display()}: {seat.division.name}, {seat.division.jurisdiction.name}" for seat in held
    )


def email_words(official: Official) -> str:
    """The address that letters go to, corrections included."""
    contact = contact_of(official)
    if contact.is_corrected and contact.email != official.email:
        return gettext("%(email)s (corrected)") % {"email": contact.email or gettext("no e-mail")}
    return contact.email or gettext("no e-mail")


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
    has_form = django_filters.BooleanFilter(label=_("Has a contact form"), method="filter_has_form")
    has_phone = django_filters.BooleanFilter(label=_("Has a phone"), method="filter_has_phone")
    is_corrected = django_filters.BooleanFilter(
        label=_("Contact corrected by staff"), field_name="contact_override", lookup_expr="isnull", exclude=True
    )

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
        silent = reachability.without_email()
        return officials.exclude(silent) if value else officials.filter(silent)

    def filter_has_form(self, officials: QuerySet[Official], name: str, value: bool) -> QuerySet[Official]:
        known = reachability.with_form()
        return officials.filter(known) if value else officials.exclude(known)

    def filter_has_phone(self, officials: QuerySet[Official], name: str, value: bool) -> QuerySet[Official]:
        known = reachability.with_phone()
        return officials.filter(known) if value else officials.exclude(known)


class OfficialIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Official]:
        return with_seats(super().get_base_queryset())

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        # What somebody else's file says must not be calculated by a spreadsheet.
        processed = super().preprocess_field_value(field, value, export_format)
        return safe_cell(processed) if isinstance(processed, str) else processed

    def to_row_dict(self, item: Official) -> dict[str, Any]:
        # The contact that letters go to, corrections included: the filters count by it too.
        contact = contact_of(item)
        return {
            "name": item.name,
            "seat": seat_words(item),
            "party": item.party,
            "email": contact.email,
            "contact_form_url": contact.contact_form_url,
            "phone": contact.phone,
            "website_url": item.website_url,
            "source_id": item.source_id,
            "retired_at": item.retired_at,
        }


class OfficialViewSet(ModelViewSet):
    model = Official
    name = "officials"
    icon = "user"
    menu_label = _("Officials")
    index_view_class = OfficialIndexView
    inspect_view_class = OfficialInspectView
    inspect_view_enabled = True
    inspect_view_fields = [
        "name", "party", "leadership_title", "website_url", "source", "source_id", "is_sample", "retired_at",
    ]  # fmt: skip
    inspect_template_name = "legislators/admin/official.html"
    copy_view_enabled = False
    form_fields: list[str] = []
    filterset_class = OfficialFilterSet
    search_fields = ["name", "email", "party", "family_name"]
    list_per_page = 50
    list_display = [
        "name",
        Column("seat", label=_("Seat"), accessor=seat_words),
        Column("email", label=_("E-mail"), accessor=email_words, sort_key="email"),
        Column("party", label=_("Party"), sort_key="party"),
        DateColumn("retired_at", label=_("Retired"), sort_key="retired_at"),
    ]
    list_export = [
        "name", "seat", "party", "email", "contact_form_url", "phone", "website_url", "source_id", "retired_at",
    ]  # fmt: skip
    export_headings = {"seat": _("Seat"), "phone": _("Phone")}
    export_filename = "officials"
