"""Counts which of the society's talking points people took into their letters."""

import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.apps import apps
from django.utils.translation import gettext as _

from campaigns.engine.actions import input_key
from campaigns.engine.standing import Standing
from campaigns.records.submissions import Letter
from home.selectors import active_locale


@dataclass(frozen=True, slots=True)
class Row:
    text: str
    #: Who took it into a letter, each once.
    people: int
    letters: int


def rows(campaign_key: uuid.UUID) -> list[Row]:
    """Of letters whose forms are clear; the points that the pages have now, in their order, also those without any."""
    letters = Letter.objects.filter(campaign_key=campaign_key, submission__standing=Standing.CLEAR.value)
    taken = letters.exclude(points=[]).order_by().values_list("advocate_id", "points")
    counted: Counter[str] = Counter()
    people: dict[str, set[int]] = {}
    for advocate_id, keys in taken.iterator():
        for key in set(keys):
            counted[key] += 1
            people.setdefault(key, set()).add(advocate_id)
    texts = _texts(letters.order_by().values_list("submission__page_key", flat=True).distinct())
    found = [Row(text, len(people.get(key, ())), counted[key]) for key, text in texts.items()]
    gone = [key for key in counted if key not in texts]
    if gone:
        together = set[int]().union(*(people[key] for key in gone))
        found.append(Row(_("Points that no page has any more"), len(together), sum(counted[key] for key in gone)))
    return found


def _texts(page_keys: Collection[uuid.UUID]) -> dict[str, str]:
    """By key, in the active language where the page is in it."""
    model, locale = apps.get_model("campaigns", "ActionPage"), active_locale().pk
    pages = model.objects.filter(translation_key__in=list(page_keys), alias_of=None)
    found: dict[str, str] = {}
    for page in sorted(pages, key=lambda page: page.locale_id != locale):
        for child in page.guidance:
            if child.block_type == "talking_point":
                found.setdefault(input_key(child.id), child.value["text"])
    return found
