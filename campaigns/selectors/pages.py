"""Reads campaigns and their numbers; pages are named by string, since the blocks that ask stand below them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet

from campaigns.engine.standing import Standing
from campaigns.records.submissions import Submission
from home.content.settings import OrganisationSettings
from home.selectors import active_locale, shown_version, shown_versions


@dataclass(frozen=True, slots=True)
class Progress:
    supporters: int
    goal: int | None = None

    @property
    def percent(self) -> int:
        """Of the goal, at most 100."""
        return min(100, self.supporters * 100 // self.goal) if self.goal else 0


def society(request: HttpRequest) -> str:
    """The name of the organization that runs the site."""
    return OrganisationSettings.for_request(request).name or str(settings.WAGTAIL_SITE_NAME)


def supporters(campaign_key: uuid.UUID) -> int:
    """How many people have taken part, each once, whatever the language of the page; nobody who has to be checked."""
    counted = Submission.objects.filter(campaign_key=campaign_key, standing=Standing.CLEAR)
    return counted.values("advocate").distinct().count()


def progress(page: Page | None) -> Progress:
    """Of a campaign page; nothing yet for any other, as in a preview."""
    if page is None or not page.pk or not hasattr(page, "goal"):
        return Progress(0)
    return Progress(supporters(page.translation_key), page.goal)


def campaigns(locale: Locale) -> PageQuerySet:
    """Published campaigns in one language, newest first; an alias repeats another page's words and is left out."""
    model = apps.get_model("campaigns", "CampaignPage")
    found = model.objects.live().public().filter(locale=locale, alias_of__isnull=True)
    return found.select_related("locale").order_by("-first_published_at")


def open_campaigns(locale: Locale, *, excluding: Page | None = None, limit: int = 3) -> list[Page]:
    """Campaigns that take letters today, for lists of what to do."""
    found = [page for page in campaigns(locale) if page.phase.value == "open" and page != excluding]
    return found[:limit]


def related(chosen: Sequence[Page | None], *, page: Page | None) -> list[Page]:
    """The campaigns that an editor chose, as their language's versions; without a choice those that are open."""
    if any(chosen):
        return [found for found in shown_versions(chosen) if found != page]
    return open_campaigns(page.locale if page is not None else active_locale(), excluding=page)


def action_with_key(key: uuid.UUID) -> Page | None:
    """An action page by what all its languages have in common; None where there is none any more."""
    return apps.get_model("campaigns", "ActionPage").objects.filter(translation_key=key, alias_of=None).first()


def shown_action(page: Page | None) -> Any:
    """The action page in the visitor's language; None where it is not public."""
    shown = shown_version(page)
    return shown.specific if shown else None
