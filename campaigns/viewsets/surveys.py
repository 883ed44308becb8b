"""What came of surveys, for the staff who may change the page that asks."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import log

from campaigns.engine import survey
from campaigns.engine.survey import QuestionResult
from campaigns.forms.submissions_list import EXPORTED, VIEWED
from campaigns.selectors import surveys
from campaigns.viewsets.csv_files import as_csv

URL_NAMESPACE = "survey_results"


class AllSurveysView(WagtailAdminTemplateMixin, TemplateView):
    """One row a survey."""

    template_name = "campaigns/admin/surveys.html"
    header_icon = "table"
    page_title = gettext_lazy("Survey results")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("Survey results")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = [one for one in surveys.survey_pages() if _may_see(self.request, one.page)]
        return {**super().get_context_data(**kwargs), "surveys": found}


class SurveyView(WagtailAdminTemplateMixin, TemplateView):
    """One survey, question by question, over all languages; as a file with `?export=csv`."""

    template_name = "campaigns/admin/survey.html"
    header_icon = "table"
    page_title = gettext_lazy("Survey results")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page = surveys.page_of(kwargs["key"])
        if page is None:
            raise Http404
        if not _may_see(request, page):
            raise PermissionDenied
        answers = surveys.answers_of(kwargs["key"])
        results = survey.results(page.form_specs, answers)
        self.page_subtitle = page.title
        if request.GET.get("export") == "csv":
            log(page, EXPORTED, data={"format": "csv", "count": len(answers)})
            return as_csv("survey", (_("Question"), _("Answer"), _("Number"), _("Percent")), _rows(results))
        log(page, VIEWED)
        return self.render_to_response(self.get_context_data(results=results, people=len(answers), **kwargs))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{URL_NAMESPACE}:index"), "label": _("Survey results")},
            {"url": "", "label": self.page_subtitle},
        ]


class SurveyViewSet(ViewSet):
    name = URL_NAMESPACE
    icon = "table"
    menu_label = gettext_lazy("Survey results")
    menu_hook = "register_reports_menu_item"
    url_prefix = "reports/surveys"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", AllSurveysView.as_view(), name="index"),
            path("<uuid:key>/", SurveyView.as_view(), name="survey"),
        ]


def _may_see(request: HttpRequest, page: Any) -> bool:
    return bool(page.permissions_for_user(request.user).can_edit())


def _rows(results: list[QuestionResult]) -> Iterator[tuple[Any, ...]]:
    for result in results:
        label = result.spec.label
        yield (label, _("People who answered"), result.answered, "")
        for share in result.shares:
            yield (label, share.label, share.count, share.percent)
        if result.figures:
            yield (label, _("Median"), result.figures.median, "")
            yield (label, _("Smallest"), result.figures.smallest, "")
            yield (label, _("Largest"), result.figures.largest, "")
        for text in result.texts:
            yield (label, text, "", "")
