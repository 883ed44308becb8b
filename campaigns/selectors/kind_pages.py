"""Finds the pages that ask for one kind of action, for the staff: each once, whatever its languages."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from wagtail.models import Locale


@dataclass(frozen=True, slots=True)
class KindOnPage:
    """An action of a page, in the site's first language where the page is in it."""

    page: Any
    page_key: uuid.UUID
    block_id: str
    #: Of the editor's block; drafts that were never published count as they stand.
    value: Mapping[str, Any]

    @property
    def settings(self) -> Mapping[str, Any]:
        kinds = {kind.block_id: kind for kind in self.page.kinds}
        return kinds[self.block_id].settings if self.block_id in kinds else {}


def all_with(kind: str) -> list[KindOnPage]:
    """The newest page first."""
    first = Locale.get_default().pk
    pages = apps.get_model("campaigns", "ActionPage").objects.filter(alias_of=None).select_related("locale")
    found: dict[tuple[uuid.UUID, str], KindOnPage] = {}
    for page in sorted(pages, key=lambda page: (page.locale_id != first, -page.pk)):
        for child in page.actions:
            key = (page.translation_key, child.id or child.block_type)
            if child.block_type == kind and key not in found:
                found[key] = KindOnPage(page, *key, child.value)
    return sorted(found.values(), key=lambda one: -one.page.pk)


def one_with(kind: str, page_key: uuid.UUID, block_id: str) -> KindOnPage | None:
    found = (one for one in all_with(kind) if (one.page_key, one.block_id) == (page_key, block_id))
    return next(found, None)
