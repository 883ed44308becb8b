"""Choosing an official in the Wagtail admin."""

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from legislators.blocks.officials import CHOOSER_NAME
from legislators.records.officials import Official, Term
from legislators.selectors import seats
from legislators.viewsets.officials import email_words, seat_words, with_seats


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
            Column("email", label=_("E-mail"), accessor=email_words),
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
        return with_seats(seats.current_members())


official_chooser_viewset = OfficialChooserViewSet(CHOOSER_NAME)
