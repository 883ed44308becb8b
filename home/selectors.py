"""Reads the page tree for the shell: home pages, the menu, translations and their addresses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language, get_language_info
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet

from home.engine.sharing import ShareLink, share_links

_SHARED_TEXT = "home.share"


@dataclass(frozen=True)
class LanguageLink:
    """Where the language switcher leads."""

    code: str
    #: The language's name in that language.
    name: str
    url: str
    is_current: bool
    #: False when the link leads to the home page because what is shown has not been translated.
    is_same_page: bool


def absolute_url(page: Page, request: HttpRequest | None = None) -> str:
    """The page's whole address as the visitor's browser knows it; without a request, as the Site record says."""
    address = page.get_url(request) if request else page.full_url
    if request and address and not urlsplit(address).netloc:
        return request.build_absolute_uri(address)
    return address or ""


def active_language() -> str:
    try:
        return get_supported_content_language_variant(get_language() or settings.LANGUAGE_CODE)
    except LookupError:
        return settings.LANGUAGE_CODE


def active_locale() -> Locale:
    """The locale of the active language, which a site may not have: then the default one."""
    return Locale.objects.filter(language_code=active_language()).first() or Locale.get_default()


def listable_children(page: Page) -> PageQuerySet:
    """The children that a public list may show, in the editors' order."""
    return page.get_children().live().public().filter(alias_of__isnull=True)


def shown_version(page: Page | None) -> Page | None:
    """The page in the active language where it is published there, else as it was chosen; None if not public."""
    if page is None:
        return None
    found = page.localized
    return found if found.live and not found.get_view_restrictions().exists() else None


def shown_versions(pages: Iterable[Page | None]) -> list[Page]:
    """What a list of chosen pages shows: each in the active language, as its own type, those not public left out."""
    found = (shown_version(page) for page in pages)
    return [page.specific for page in found if page is not None]


def cards_of(section: Page | None, *, limit: int | None = None) -> list[Page]:
    """The pages below a section as cards show them, in the editors' order."""
    return list(listable_children(section).specific().prefetch_related("locale")[:limit]) if section else []


class BadText(Exception):
    """Not signed by us."""


def text_to_share(signed: str) -> str:
    """:raises BadText: where it was not made by `links_to_share`."""
    try:
        return str(signing.Signer(salt=_SHARED_TEXT).unsign_object(signed))
    except signing.BadSignature:
        raise BadText from None


def links_to_share(*, address: str, text: str) -> list[ShareLink]:
    """Every way to pass a page on; that of Mastodon is a page of ours, since only the visitor knows their server."""
    words = signing.Signer(salt=_SHARED_TEXT).sign_object(f"{text} {address}".strip())
    here = ShareLink("mastodon", "Mastodon", reverse("mastodon", args=[words]))
    links = share_links(address=address, text=text)
    place = next(place for place, link in enumerate(links) if link.key == "bluesky") + 1
    return [*links[:place], here, *links[place:]]


def any_image() -> AbstractImage | None:
    """The newest image of the library, for the preview of a block."""
    return get_image_model().objects.order_by("-pk").first()


def any_document() -> AbstractDocument | None:
    return get_document_model().objects.order_by("-pk").first()


def live_translations(page: Page) -> list[Page]:
    """The page itself and its published translations; aliases hold another language's words and are left out."""
    pages = page.get_translations(inclusive=True).live().public().filter(alias_of__isnull=True)
    return in_order_of_languages(pages.select_related("locale"))


def in_order_of_languages(versions: Iterable[Page]) -> list[Page]:
    """Versions of a page in the order in which the settings name the languages."""
    return sorted(versions, key=lambda each: _language_order(each.locale.language_code))


def alternates(versions: Sequence[Page], request: HttpRequest | None = None) -> list[tuple[str, str]]:
    """Language code and absolute address of every version, with `x-default` for the first language.

    Empty when there is only one version. Source: https://developers.google.com/search/docs/specialty/international

    :param versions: what `live_translations` found.
    """
    found = [(each.locale.language_code, absolute_url(each, request)) for each in versions]
    if len(found) < 2:
        return []
    return [*found, ("x-default", dict(found).get(settings.LANGUAGE_CODE, found[0][1]))]


def language_links(
    request: HttpRequest, *, page: Page | None, versions: Sequence[Page], homes: Mapping[str, Page]
) -> list[LanguageLink]:
    """One link for each language of the site: to this page's translation, else to that language's home page.

    :param page: what is shown, if it is a page.
    :param versions: what `live_translations` found for it.
    :param homes: the home page of each language.
    """
    current = active_language()
    pages = {each.locale.language_code: each for each in versions}
    links = []
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        same_page_url = pages[code].get_url(request) if code in pages else _view_address(page, request, code)
        home_url = homes[code].get_url(request) if code in homes else None
        url = same_page_url or home_url
        if code == current:
            links.append(LanguageLink(code, _own_name(code), url or request.path, True, True))
        elif url:
            links.append(LanguageLink(code, _own_name(code), url, False, same_page_url is not None))
    return links


def _view_address(page: Page | None, request: HttpRequest, code: str) -> str | None:
    """Where a view that is not a page answers in another language; None for a page and for an unknown address."""
    match = getattr(request, "resolver_match", None)
    if page is not None or match is None or match.view_name == "wagtail_serve":
        return None
    return translate_url(request.get_full_path(), code)


def _own_name(code: str) -> str:
    return str(get_language_info(code)["name_local"]).capitalize()


def _language_order(code: str) -> int:
    codes = [each for each, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    return codes.index(code) if code in codes else len(codes)
