"""Finds petitions that are published."""

import uuid
from typing import Any

from django.apps import apps

from campaigns.engine.kinds import KindTerms
from campaigns.engine.participation import PETITION
from home.selectors import active_locale


def published(page_key: uuid.UUID, block_id: str) -> tuple[Any, KindTerms] | None:
    """The page in the active language, or in another where it is not in that one, and its petition.

    A page that only some may see counts as none.
    """
    locale = active_locale()
    pages = apps.get_model("campaigns", "ActionPage").objects.live().public().filter(translation_key=page_key)
    for page in sorted(pages.select_related("locale"), key=lambda page: (page.locale_id != locale.pk, page.pk)):
        for kind in page.kinds:
            if kind.kind == PETITION and kind.block_id == block_id:
                return page, kind
    return None
