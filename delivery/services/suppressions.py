"""Puts addresses on the list of those that want no more mail of a kind, and takes them off it."""

from django.utils import timezone

from delivery.records.recipients import Suppression
from delivery.selectors import suppressions

Reason = Suppression.Reason


def suppress(*, address: str, stream: str, reason: str) -> bool:
    """No more mail of `stream` goes to `address`; says whether that is new. The address itself is not kept."""
    return suppress_hash(address_hash=suppressions.hashes_of(address)[0], stream=stream, reason=reason)


def suppress_hash(*, address_hash: str, stream: str, reason: str) -> bool:
    """As `suppress`, for an address of which only the hash is known."""
    _row, is_new = Suppression.objects.get_or_create(
        address_hash=address_hash, stream=stream, defaults={"reason": reason, "at": timezone.now()}
    )
    return is_new


def lift(*, address: str, stream: str = "") -> int:
    """Mail may go to `address` again; says how many entries that ended. It writes down nowhere who asked for what.

    :param stream: of this kind only; empty is every kind.
    """
    found = Suppression.objects.filter(address_hash__in=suppressions.hashes_of(address))
    if stream:
        found = found.filter(stream=stream)
    deleted, _by_model = found.delete()
    return deleted
