"""Data loads in the Wagtail admin: what each run of a loader did, and what it refused and why."""

from collections.abc import Iterable

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from legislators.records.loads import DataLoad


class DataLoadInspectView(generic.InspectView):
    def get_refused_display_value(self) -> SafeString | str:
        return _lines(f"{row.get('where', '')}: {row.get('why', '')}" for row in self.object.refused)

    def get_notes_display_value(self) -> SafeString | str:
        return _lines(self.object.notes)


def _lines(rows: Iterable[str]) -> SafeString | str:
    return format_html_join("", "<div>{}</div>", ((row,) for row in rows)) or "–"


class DataLoadViewSet(ModelViewSet):
    model = DataLoad
    name = "data-loads"
    icon = "download"
    menu_label = _("Data loads")
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
