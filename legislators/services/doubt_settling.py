"""Settles what visitors doubted, once staff have looked into it."""

from django.db.models import QuerySet
from django.utils import timezone

from legislators.records.answers import LegislatorDoubt


def settle(*, doubts: QuerySet[LegislatorDoubt]) -> int:
    """Marks the open ones among them as settled, and says how many those were. Settling twice changes nothing."""
    numbers = doubts.order_by().values("pk")
    return LegislatorDoubt.objects.filter(pk__in=numbers, settled_at=None).update(settled_at=timezone.now())
