"""Positions of officials in the Wagtail admin: noted one by one, or taken in as a table."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from django_filters import ChoiceFilter
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import LogActionRegistry, log
from wagtail.permission_policies import ModelPermissionPolicy

from campaigns.engine.position_rows import COLUMNS
from campaigns.forms.positions import MOST_ERRORS, PositionForm, PositionImportForm, describe
from campaigns.records.positions import OfficialPosition
from campaigns.selectors import positions
from campaigns.services import positions as importing

NAME = "official_positions"
IMPORTED = "campaigns.import_positions"
POLICY = ModelPermissionPolicy(OfficialPosition)


def register(actions: LogActionRegistry) -> None:
    actions.register_action(IMPORTED, _("Import positions"), _("Took in a table of officials’ positions"))


class PositionFilterSet(WagtailFilterSet):
    campaign_key = ChoiceFilter(label=gettext_lazy("Campaign"), choices=positions.campaign_choices)

    class Meta:
        model = OfficialPosition
        fields = ["campaign_key", "position", "is_cosponsor"]


class PositionIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[OfficialPosition]:
        return super().get_base_queryset().select_related("official")

    @cached_property
    def titles(self) -> dict[str, str]:
        return dict(positions.campaign_choices())

    @cached_property
    def columns(self) -> list[Column]:
        campaign = Column(
            "campaign",
            label=_("Campaign"),
            accessor=lambda row: self.titles.get(str(row.campaign_key), _("A campaign that is gone")),
        )
        title, *others = super().columns
        return [title, campaign, *others]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not POLICY.user_has_permission(self.request.user, "add"):
            return super().header_buttons
        button = HeaderButton(_("Import a table"), url=reverse(f"{NAME}:import"), icon_name="upload")
        return [*super().header_buttons, button]


class PositionImportView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Says what is wrong, line by line, and takes in nothing then."""

    permission_policy = POLICY
    permission_required = "add"
    form_class = PositionImportForm
    template_name = "campaigns/admin/import_positions.html"
    page_title = gettext_lazy("Import positions")
    header_icon = "upload"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{NAME}:index"), "label": _("Positions of officials")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = OfficialPosition.Position.choices
        return {**super().get_context_data(**kwargs), "column_names": COLUMNS, "positions": known}

    def form_valid(self, form: PositionImportForm) -> HttpResponse:
        key = form.cleaned_data["campaign_key"]
        try:
            imported = importing.import_table(
                campaign_key=key, text=form.cleaned_data["table"], today=timezone.localdate()
            )
        except importing.BadTable as error:
            for each in error.errors[:MOST_ERRORS]:
                form.add_error("table", describe(each))
            if (left := len(error.errors) - MOST_ERRORS) > 0:
                said = ngettext("And %(count)s line more.", "And %(count)s lines more.", left)
                form.add_error("table", said % {"count": left})
            return self.form_invalid(form)
        log(
            OfficialPosition(pk=0, campaign_key=key),
            IMPORTED,
            title=dict(positions.campaign_choices())[str(key)],
        )
        said = _("Taken in: %(added)s new, %(changed)s changed.")
        messages.success(self.request, said % {"added": imported.added, "changed": imported.changed})
        return redirect(f"{reverse(f'{NAME}:index')}?campaign_key={key}")

    def form_invalid(self, form: PositionImportForm) -> HttpResponse:
        messages.validation_error(self.request, _("Nothing was taken in. Correct what is marked below."), form)
        return super().form_invalid(form)


class OfficialPositionViewSet(ModelViewSet):
    model = OfficialPosition
    name = NAME
    icon = "group"
    menu_label = gettext_lazy("Positions of officials")
    add_to_admin_menu = True
    menu_order = 250
    add_to_reference_index = False
    index_view_class = PositionIndexView
    filterset_class = PositionFilterSet
    copy_view_enabled = False
    search_fields = ["official__name", "source"]
    ordering = ["official__family_name", "official__name"]
    list_display = [
        "official",
        Column("position", label=gettext_lazy("Position"), accessor="get_position_display", sort_key="position"),
        BooleanColumn("is_cosponsor", label=gettext_lazy("Sponsors the bill"), sort_key="is_cosponsor"),
        "source",
        Column("noted_on", label=gettext_lazy("Noted on"), sort_key="noted_on"),
    ]

    def get_form_class(self, for_update: bool = False) -> type[PositionForm]:
        return PositionForm

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("import/", PositionImportView.as_view(), name="import"), *super().get_urlpatterns()]
