"""Reads who has joined which network, of forms against which nothing speaks."""

from django.db.models import Count, OuterRef, QuerySet, Subquery

from advocates.records.memberships import Membership
from campaigns.engine.standing import Standing
from campaigns.records.submissions import Submission


def members(network: str = "") -> QuerySet[Membership]:
    """Who is in it today, the newest first; of all networks where none is named."""
    clear = Submission.objects.filter(standing=Standing.CLEAR.value).values("key")
    found = Membership.objects.filter(left_at=None, source_key__in=clear).select_related("advocate")
    source = Submission.objects.filter(key=OuterRef("source_key"))
    found = found.annotate(
        town=Subquery(source.values("city")[:1]),
        state_code=Subquery(source.values("state")[:1]),
        role=Subquery(source.values("role")[:1]),
    ).order_by("-joined_at", "-pk")
    return found.filter(network=network) if network else found


def networks() -> list[tuple[str, int]]:
    """Each network that has members, with their number."""
    rows = members().order_by().values("network").annotate(number=Count("pk")).order_by("network")
    return [(row["network"], row["number"]) for row in rows]


def is_proven(membership: Membership) -> bool:
    """Whether nothing speaks against the form that it came from."""
    return Submission.objects.filter(key=membership.source_key, standing=Standing.CLEAR.value).exists()
