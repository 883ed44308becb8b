"""The campaigns for which staff note positions, and what is noted."""

from uuid import UUID

from wagtail.models import Page


def campaign_choices() -> list[tuple[str, str]]:
    """Every campaign, and every action page that lies in none, by title: the key that positions are noted under."""
    campaigns = _pages("campaignpage")
    inside = [page.path for page in campaigns]
    alone = [page for page in _pages("actionpage") if page.path[: -Page.steplen] not in inside]
    titles: dict[UUID, str] = {}
    for page in sorted([*campaigns, *alone], key=lambda page: page.locale.language_code != "en"):
        titles.setdefault(page.translation_key, page.title)
    return sorted(((str(key), title) for key, title in titles.items()), key=lambda choice: choice[1].casefold())


def _pages(model: str) -> list[Page]:
    found = Page.objects.filter(content_type__app_label="campaigns", content_type__model=model)
    return list(found.filter(alias_of__isnull=True).select_related("locale").order_by("pk"))
