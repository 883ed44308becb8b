"""Reads what visitors doubt: "this is not my legislator"."""

from dataclasses import dataclass

from django.db.models import Count, Max, QuerySet

from legislators.records.answers import LegislatorDoubt
from legislators.records.divisions import Division

_MOST_DIVISIONS = 10


@dataclass(frozen=True, slots=True)
class DoubtedDivision:
    division: Division
    count: int
    latest: object


def waiting() -> QuerySet[LegislatorDoubt]:
    """Doubts that nobody has settled."""
    return LegislatorDoubt.objects.filter(settled_at=None)


def most_doubted(most: int = _MOST_DIVISIONS) -> list[DoubtedDivision]:
    """Divisions with open doubts, those with most of them first."""
    rows = list(
        waiting()
        .order_by()
        .values("division_id")
        .annotate(count=Count("pk"), latest=Max("created_at"))
        .order_by("-count", "-latest")[:most]
    )
    divisions = Division.objects.select_related("jurisdiction").in_bulk([row["division_id"] for row in rows])
    return [DoubtedDivision(divisions[row["division_id"]], row["count"], row["latest"]) for row in rows]
