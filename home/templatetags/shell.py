"""What base.html asks for: the menu, the texts of the frame and the ways to the other languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from home import selectors
from home.content.site_text import SiteText
from home.content.standard_page import StandardPage

register = template.Library()


@dataclass(frozen=True)
class Frame:
    """What surrounds every page, read once for each."""

    home: Page | None
    menu: Sequence[Page]
    footer_pages: Sequence[Page]
    text: SiteText
    languages: list[selectors.LanguageLink]
    #: Language code and absolute address.
    alternates: list[tuple[str, str]]


@register.simple_tag(takes_context=True)
def frame(context: template.Context) -> Frame:
    request, page = _request(context), _page(context)
    homes = selectors.home_pages(Site.find_for_request(request))
    home = homes.get(selectors.active_language()) or homes.get(settings.LANGUAGE_CODE)
    versions = selectors.live_translations(page) if page else []
    languages = (
        selectors.language_links(request, page=page, versions=versions, homes=homes) if request is not None else []
    )
    return Frame(
        home=home,
        menu=selectors.navigation(home),
        footer_pages=_footer_pages(home),
        text=SiteText.in_language(selectors.active_locale()),
        languages=languages,
        alternates=selectors.alternates(versions, request),
    )


def _footer_pages(home: Page | None) -> Sequence[Page]:
    """The plain pages below the home page that editors put into the foot: about, privacy, accessibility."""
    if home is None:
        return []
    pages = StandardPage.objects.child_of(home).live().public()
    return list(pages.filter(is_in_footer=True, alias_of__isnull=True).order_by("path"))


@register.simple_tag
def not_translated_note(code: str) -> dict[str, str]:
    """Says in the language `code` that its link leads to the home page: in two words, and in a sentence."""
    with translation.override(code):
        return {"short": _("home page"), "long": _("This page is not translated yet.")}


@register.simple_tag(takes_context=True)
def absolute_address(context: template.Context, page: Page) -> str:
    return selectors.absolute_url(page, _request(context))


@register.simple_tag(takes_context=True)
def absolute_path(context: template.Context, path: str) -> str:
    """The whole address of a file of ours, which other sites fetch for their preview of a shared link."""
    request = _request(context)
    return request.build_absolute_uri(path) if request else path


@register.filter
def is_below(path: str, ancestor_path: str) -> bool:
    """Compares tree paths, so that the menu marks the section that a page is in without asking the database."""
    return path.startswith(ancestor_path) and path != ancestor_path


@register.filter
def telephone(number: str) -> str:
    """Only what a `tel:` address may hold."""
    return "".join(character for character in number if character.isdigit() or character == "+")


@register.filter
def localized(page: Page | None) -> Page | None:
    """The page in the active language where it is published there, else the page itself; None if unpublished."""
    found = page.localized if page else None
    return found if found and found.live else None


@register.filter
def trail(page: Page) -> Sequence[Page]:
    """The published pages above, from the home page down; without the tree's invisible root."""
    return list(page.get_ancestors().filter(depth__gt=1).live()) if page.pk else []


def _request(context: template.Context) -> HttpRequest | None:
    return context.get("request")


def _page(context: template.Context) -> Any:
    page = context.get("page")
    return page if isinstance(page, Page) and page.pk else None
