"""What surrounds every page, read in few look-ups: every visitor pays for them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction, Site

from home import selectors
from home.content.site_text import SiteText

#: What a link needs of a page, and what says where the page stands: a page has some thirty columns.
_COLUMNS = (
    *("title", "slug", "path", "depth", "numchild", "url_path"),
    *("live", "translation_key", "alias_of", "show_in_menus"),
)


@dataclass(frozen=True)
class Around:
    """The published pages that surround one page, besides those of the menu and the foot."""

    #: The home page of each language by its code; an alias is no translation.
    homes: Mapping[str, Page]
    #: The page itself and its public translations; aliases hold another language's words and are left out.
    versions: Sequence[Page]
    #: The pages above, from the home page down; without the tree's invisible root.
    trail: Sequence[Page]
    #: Where the button of the header leads, in the active language where it is published there.
    button_page: Page | None


class Frame:
    """The menu, the texts and the ways to other languages, each read when a template first asks for it."""

    def __init__(self, request: HttpRequest | None, page: Any) -> None:
        """:param page: what is shown, None where that is no page of the tree."""
        self.request = request
        self.page = page

    @cached_property
    def text(self) -> SiteText:
        return SiteText.in_language(selectors.active_language())

    @property
    def home(self) -> Page | None:
        homes = self._around.homes
        return homes.get(selectors.active_language()) or homes.get(settings.LANGUAGE_CODE)

    @property
    def trail(self) -> Sequence[Page]:
        return self._around.trail

    @property
    def button_page(self) -> Page | None:
        return self._around.button_page

    @cached_property
    def menu(self) -> list[Page]:
        """The pages below the home page that editors marked to show in menus."""
        return [page for page in self._below_home if page.show_in_menus]

    @cached_property
    def footer_pages(self) -> list[Page]:
        """The plain pages below the home page that editors put into the foot: about, privacy, accessibility."""
        return [page for page in self._below_home if page.is_in_footer]

    @cached_property
    def languages(self) -> list[selectors.LanguageLink]:
        if self.request is None:
            return []
        around = self._around
        return selectors.language_links(self.request, page=self.page, versions=around.versions, homes=around.homes)

    @cached_property
    def alternates(self) -> list[tuple[str, str]]:
        """Language code and absolute address."""
        return selectors.alternates(self._around.versions, self.request)

    # --- Inside --------------------------------------------------------------------------------

    @cached_property
    def _private_paths(self) -> tuple[str, ...]:
        """Where the parts of the tree begin that not everybody may see."""
        return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))

    def _public(self, pages: Iterable[Page]) -> list[Page]:
        return [page for page in pages if not page.path.startswith(self._private_paths)]

    @cached_property
    def _below_home(self) -> list[Any]:
        if self.home is None:
            return []
        children = self.home.get_children().filter(live=True, alias_of__isnull=True)
        shown = children.filter(Q(show_in_menus=True) | Q(standardpage__is_in_footer=True))
        found = shown.annotate(is_in_footer=F("standardpage__is_in_footer")).only(*_COLUMNS).order_by("path")
        return self._public(found)

    @cached_property
    def _around(self) -> Around:
        site = Site.find_for_request(self.request)
        home_key = site.root_page.translation_key if site else None
        page_key = self.page.translation_key if self.page else None
        button = self.text.header_action_page
        path = self.page.path if self.page else ""
        above = [path[:end] for end in range(2 * Page.steplen, len(path), Page.steplen)]
        keys = {key for key in (home_key, page_key, button.translation_key if button else None) if key}
        wanted = Q(translation_key__in=keys) | Q(path__in=above)
        pages = Page.objects.filter(wanted, live=True).select_related("locale")
        found = list(pages.only(*_COLUMNS, "locale__language_code").order_by("path"))
        versions = [each for each in found if each.translation_key == page_key and each.alias_of_id is None]
        return Around(
            homes={
                each.locale.language_code: each
                for each in found
                if each.translation_key == home_key and each.alias_of_id is None
            },
            versions=selectors.in_order_of_languages(self._public(versions)),
            trail=[each for each in found if each.path in above],
            button_page=self._in_active_language(button, found),
        )

    @staticmethod
    def _in_active_language(page: Page | None, found: Iterable[Page]) -> Page | None:
        if page is None:
            return None
        versions = [each for each in found if each.translation_key == page.translation_key]
        code = selectors.active_language()
        translated = next((each for each in versions if each.locale.language_code == code), None)
        return translated or next((each for each in versions if each.pk == page.pk), None)
