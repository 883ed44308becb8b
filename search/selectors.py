"""Finds published pages of one language."""

from django.db.models import QuerySet
from wagtail.models import Locale, Page
from wagtail.search.utils import parse_query_string


def pages_matching(query: str, *, locale: Locale, site_root: Page) -> QuerySet[Page] | list[Page]:
    """Published, public pages of the site in the locale that hold every word of the query, best first.

    A phrase in double quotes is searched as a phrase. An alias repeats another page's words and is left out.

    :param site_root: the site's root page in any language; other sites' pages are not found.
    """
    if not query.strip():
        return []
    root = site_root.get_translations(inclusive=True).filter(locale=locale).first()
    if root is None:
        return []
    # The search can filter by indexed fields only, and `alias_of` is none.
    aliases = Page.objects.filter(alias_of__isnull=False, locale=locale).values_list("pk", flat=True)
    pages = Page.objects.descendant_of(root, inclusive=True).live().public().exclude(pk__in=list(aliases))
    _filters, parsed = parse_query_string(query, operator="and")
    return pages.search(parsed)
