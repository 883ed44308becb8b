"""Reads what came of surveys: all languages of a page together, in the words of the active one."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from campaigns.engine import survey
from campaigns.engine.fields import Json
from campaigns.engine.standing import Standing
from campaigns.engine.survey import QuestionResult
from campaigns.records.submissions import Submission
from home.selectors import active_locale


@dataclass(frozen=True, slots=True)
class SurveyPage:
    page: Any
    people: int


def survey_pages() -> list[SurveyPage]:
    """Every page that asks a survey, in one language each, with how many people have answered."""
    pages: dict[uuid.UUID, Any] = {}
    locale_id = active_locale().pk
    for page in apps.get_model("campaigns", "ActionPage").objects.filter(alias_of=None).select_related("locale"):
        if any(child["type"] == "survey" for child in page.actions.raw_data) and (
            page.translation_key not in pages or page.locale_id == locale_id
        ):
            pages[page.translation_key] = page
    found = [SurveyPage(page, len(answers_of(key))) for key, page in pages.items()]
    return sorted(found, key=lambda one: str(one.page.title))


def page_of(page_key: uuid.UUID, *, is_public: bool = False) -> Any:
    """The page in the active language, else in any; None where it is gone.

    :param is_public: only a page that is published.
    """
    found = apps.get_model("campaigns", "ActionPage").objects.filter(translation_key=page_key, alias_of=None)
    found = found.live() if is_public else found
    return found.filter(locale=active_locale()).first() or found.first()


def answers_of(page_key: uuid.UUID) -> list[dict[str, Json]]:
    """The latest answers of each person, of forms against which nothing speaks, the first person first."""
    rows = (
        Submission.objects.filter(page_key=page_key, standing=Standing.CLEAR.value, taken_actions__kind="survey")
        .order_by("submit_time", "pk")
        .values_list("advocate_id", "form_data")
        .distinct()
    )
    latest: dict[int, dict[str, Json]] = {}
    for advocate_id, form_data in rows:
        latest[advocate_id] = form_data
    return list(latest.values())


def public_results(page_key: uuid.UUID) -> list[QuestionResult]:
    """What everybody may see; nothing while it is of few."""
    page = page_of(page_key, is_public=True)
    if page is None:
        return []
    answers = answers_of(page_key)
    return survey.shown(survey.results(page.form_specs, answers), people=len(answers))
