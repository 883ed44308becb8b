"""Reads which officials' mail comes back, for whoever keeps their addresses right."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min

from delivery.records.messages import DeliveryEvent, OutboxMessage
from legislators.records.officials import Official
from legislators.selectors import seats
from legislators.selectors.contacts import contact_of

_MOST = 200


@dataclass(frozen=True, slots=True)
class BouncingAddress:
    """An address of somebody in office that letters came back from; nobody who wrote one is named."""

    official: Official
    address: str
    letters: int
    first_at: datetime
    last_at: datetime
    #: Whether letters would still go there; otherwise the address has been corrected since.
    is_in_use: bool


def bouncing_addresses() -> list[BouncingAddress]:
    """Addresses of people in office that returned a letter and have not taken one since, the latest first."""
    # Of the history, not of where a letter is now: one that came back goes another way at once.
    rows = (
        DeliveryEvent.objects.filter(state=OutboxMessage.State.BOUNCED, message__letter__official__isnull=False)
        .exclude(reason=DeliveryEvent.Reason.SOFT_BOUNCE)
        .order_by()
        .values("message__letter__official_id", "message__recipient_address")
        .annotate(letters=Count("message", distinct=True), first_at=Min("at"), last_at=Max("at"))
        .order_by("-last_at")[:_MOST]
    )
    bounced = list(rows)
    taken = _last_taken({row["message__letter__official_id"] for row in bounced})
    sitting = set(seats.current_terms().values_list("official_id", flat=True))
    officials = seats.officials_by_id(row["message__letter__official_id"] for row in bounced)
    found = []
    for row in bounced:
        number, address = row["message__letter__official_id"], row["message__recipient_address"]
        taken_at = taken.get((number, address.casefold()))
        if number in sitting and (taken_at is None or taken_at < row["last_at"]):
            in_use = contact_of(officials[number]).email.casefold() == address.casefold()
            found.append(
                BouncingAddress(officials[number], address, row["letters"], row["first_at"], row["last_at"], in_use)
            )
    return sorted(found, key=lambda one: not one.is_in_use)


def _last_taken(officials: set[int]) -> dict[tuple[int, str], datetime]:
    """When each address last took a letter: delivered, so that the office's own server said so."""
    rows = (
        DeliveryEvent.objects.filter(
            state=OutboxMessage.State.DELIVERED,
            message__letter__official_id__in=officials,
        )
        .order_by()
        .values_list("message__letter__official_id", "message__recipient_address")
        .annotate(last=Max("at"))
    )
    return {(number, address.casefold()): last for number, address, last in rows}
