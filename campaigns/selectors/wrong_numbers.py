"""Reads which telephone numbers people say are wrong, for whoever keeps them right."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from campaigns.records.taken_actions import Outreach
from campaigns.selectors import phones
from legislators.records.officials import Official
from legislators.selectors import seats

_MOST = 200


@dataclass(frozen=True, slots=True)
class WrongNumber:
    """A number of somebody in office; nobody who called is named."""

    official: Official
    number: str
    reports: int
    last_at: datetime
    #: Whether people are still given it; otherwise it has been corrected since.
    is_in_use: bool


def wrong_numbers() -> list[WrongNumber]:
    """Numbers of people in office that were reported as wrong, those still given out first, then the latest."""
    rows = list(
        Outreach.objects.filter(official__isnull=False)
        .exclude(wrong_phone="")
        .order_by()
        .values("official_id", "wrong_phone")
        .annotate(reports=Count("taken_action__submission__advocate", distinct=True), last_at=Max("reported_at"))
        .order_by("-last_at")[:_MOST]
    )
    sitting = set(seats.current_terms().values_list("official_id", flat=True))
    ids = {row["official_id"] for row in rows} & sitting
    officials, numbers = seats.officials_by_id(ids), phones.of_officials(ids)
    found = [
        WrongNumber(
            officials[row["official_id"]],
            row["wrong_phone"],
            row["reports"],
            row["last_at"],
            row["wrong_phone"] in {phone.number for phone in numbers[row["official_id"]]},
        )
        for row in rows
        if row["official_id"] in ids
    ]
    return sorted(found, key=lambda one: not one.is_in_use)
