"""A page and the page it was translated from: dates and states are read from one, so that no language lags behind."""

from typing import TypeVar

from django.conf import settings
from wagtail.models import Page

AnyPage = TypeVar("AnyPage", bound=Page)


def original(page: AnyPage) -> AnyPage:
    """The version in the site's first language; the page itself where there is none."""
    if not page.pk or page.locale.language_code == settings.LANGUAGE_CODE:
        return page
    found = page.get_translations().filter(locale__language_code=settings.LANGUAGE_CODE).first()
    return found or page
