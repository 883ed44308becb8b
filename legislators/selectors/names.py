"""Finds officials in office by their names."""

from django.db.models import Q

from legislators.records.officials import Official
from legislators.selectors.cards import OfficialCard, cards_of
from legislators.selectors.seats import current_terms

MOST_FOUND = 12
_MOST_WORDS = 6


def officials_named(query: str) -> list[OfficialCard]:
    """Those in office whose name holds every word, by family name; at most a dozen. A single letter finds nobody."""
    words = query.split()[:_MOST_WORDS]
    if not any(len(word) > 1 for word in words):
        return []
    fits = Q()
    for word in words:
        fits &= Q(name__icontains=word)
    found = Official.objects.filter(fits, pk__in=current_terms().values("official_id"))
    ids = list(found.order_by("family_name", "name").values_list("pk", flat=True)[:MOST_FOUND])
    cards = cards_of(ids, is_brief=True)
    return [cards[one] for one in ids]
