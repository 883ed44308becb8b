"""What a form brought in, as staff see it: Wagtail's list, export and deletion, made readable, safe and logged."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.contrib.forms import views
from wagtail.log_actions import log

from campaigns.blocks.fields import FIELD_TYPES
from campaigns.engine.fields import PART_SEPARATOR, FieldSpec, Json
from campaigns.forms.history import as_answered
from campaigns.records.submissions import Submission
from campaigns.selectors import form_versions
from campaigns.selectors.form_versions import Fields
from campaigns.services import uploads
from home.engine.spreadsheets import safe_cell

VIEWED = "campaigns.view_submissions"
EXPORTED = "campaigns.export_submissions"
DELETED = "campaigns.delete_submissions"
#: A column of the record; no storage key of a form has a hyphen.
VIA = "made-on"

#: Language and fields of a form as it was filled in, by the id of the version.
Versions = dict[int, tuple[str, Fields]]


class SubmissionsListView(views.SubmissionsListView):
    """Labels instead of stored values; one column for each part of a name or an address in the export."""

    @cached_property
    def specs(self) -> dict[str, FieldSpec]:
        return {spec.clean_name: spec for spec in self.form_page.get_listed_fields()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if not self.is_export:
            versions = form_versions.of_submissions(context["submissions"])
            context["data_rows"] = [self._row(submission, versions) for submission in context["submissions"]]
            if not self.results_only:
                log(self.form_page, VIEWED)
        return context

    def as_spreadsheet(self, queryset: Iterable[Submission], spreadsheet_format: str) -> HttpResponse:
        last = {VIA: _("Made on")} if self.form_page.has_other_places else {}
        self.list_export = ["submit_time", *self._columns, *last]
        self.export_headings = {"submit_time": _("Submission date"), **self._columns, **last}
        count = self.get_queryset().count()
        self._versions = form_versions.of_submissions(self.get_queryset().only("form_version_id"))
        log(self.form_page, EXPORTED, data={"format": spreadsheet_format, "count": count})
        return super().as_spreadsheet(queryset, spreadsheet_format)

    def to_row_dict(self, item: Submission) -> dict[str, Any]:
        row: dict[str, Any] = {"submit_time": item.submit_time}
        for name in self._columns:
            key, _separator, part = name.partition(PART_SEPARATOR)
            row[name] = _cell(self._seen(self.specs[key], item, self._versions), item.form_data.get(key), part)
        if VIA in self.list_export:
            row[VIA] = _place(item.via)
        return row

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        processed = super().preprocess_field_value(field, value, export_format)
        return safe_cell(processed) if isinstance(processed, str) else processed

    def get_heading(self, queryset: QuerySet[Submission], field: str) -> str:
        return safe_cell(super().get_heading(queryset, field))

    @cached_property
    def _columns(self) -> dict[str, str]:
        """The heading of each column by storage key, or by key and part."""
        return {
            spec.part_name(part): heading
            for spec in self.specs.values()
            for part, heading in FIELD_TYPES[spec.field_type].columns(spec).items()
        }

    def _row(self, submission: Submission, versions: Versions) -> dict[str, Any]:
        texts = [
            _listed(self._seen(spec, submission, versions), submission.form_data.get(key))
            for key, spec in self.specs.items()
        ]
        last = [_place(submission.via)] if self.form_page.has_other_places else []
        return {"model_id": submission.pk, "fields": [submission.submit_time, *texts, *last]}

    def _seen(self, spec: FieldSpec, submission: Submission, versions: Versions) -> FieldSpec:
        """The field in the words that this person answered, in the language of the list where it has any."""
        language, fields = versions.get(submission.form_version_id or 0, ("", None))
        return as_answered(spec, fields, is_same_language=language == self.form_page.locale.language_code)


class DeleteSubmissionsView(views.DeleteSubmissionsView):
    """A submission from which a letter came stays: the letter's history would lose its sender."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)
        if request.method == "POST":
            return response
        kept = self._selected().filter(letters__isnull=False).distinct().count()
        if kept:
            messages.warning(request, _kept_message(kept))
        return response if self.submissions.exists() else redirect(self.get_success_url())

    def get_queryset(self) -> QuerySet[Submission]:
        return self._selected().filter(letters__isnull=True)

    def handle_delete(self, submissions: QuerySet[Submission]) -> None:
        count = submissions.count()
        try:
            with transaction.atomic():
                uploads.delete_of(submissions=submissions)
                super().handle_delete(submissions)
        except ProtectedError:
            # A letter was stored between the question and the answer.
            messages.error(self.request, _kept_message(count))
            return
        if count:
            log(self.page, DELETED, data={"count": count})

    def _selected(self) -> QuerySet[Submission]:
        ids = [
            number
            for number in self.request.GET.getlist("selected-submissions")
            if number.isdecimal() and len(number) < 19
        ]
        return self.page.get_submissions().filter(id__in=ids)


def _place(via: str) -> str:
    """Where a form was filled in, where not on its own page."""
    place, _separator, name = via.partition(":")
    words = {"frame": _("Other site: %(name)s"), "stand": _("Stand: %(name)s")}
    return words[place] % {"name": name or "–"} if place in words else ""


def _kept_message(count: int) -> str:
    return ngettext(
        "%(count)d submission cannot be deleted, because a letter was sent with it.",
        "%(count)d submissions cannot be deleted, because letters were sent with them.",
        count,
    ) % {"count": count}


def _shown(spec: FieldSpec, answer: Json) -> str:
    return FIELD_TYPES[spec.field_type].display(spec, answer)


def _listed(spec: FieldSpec, answer: Json) -> str:
    """As it is shown, files with a way to them."""
    if spec.field_type != "upload" or not isinstance(answer, dict):
        return _shown(spec, answer)
    links = ((reverse("campaigns_upload", args=[key]), name) for key, name in uploads.named_in(answer))
    return format_html_join(", ", '<a href="{}">{}</a>', links)


def _cell(spec: FieldSpec, answer: Json, part: str) -> Any:
    """Numbers stay numbers; everything else is the text that the list shows."""
    if part:
        return FIELD_TYPES[spec.field_type].display_part(spec, answer, part)
    if isinstance(answer, int | float) and not isinstance(answer, bool):
        return answer
    return _shown(spec, answer)
