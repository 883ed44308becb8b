"""Puts addresses on the list of those that want no more mail of a kind, and takes them off it."""

from collections.abc import Sequence

from django.utils import timezone

from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.records.recipients import Suppression
from delivery.selectors import bouncing, suppressions
from delivery.services import fallbacks, moves

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


def turn_away(*, batch: Sequence[OutboxMessage]) -> list[OutboxMessage]:
    """Of a claimed `batch`, what may still go to its address, in the same order.

    Asked right before the batch leaves: the wish for no more mail, or the report that a mailbox is dead, may be
    younger than the row. A letter to an office then goes its next way; mail to a supporter ends here.
    """
    unwanted = suppressions.suppressed_messages(batch)
    failing = bouncing.failing_messages(batch)
    for message in batch:
        if message.pk in unwanted:
            _turn_away(message, DeliveryEvent.Reason.SUPPRESSED)
        elif message.pk in failing:
            _turn_away(message, DeliveryEvent.Reason.ADDRESS_FAILING)
    return [message for message in batch if message.pk not in unwanted | failing]


def _turn_away(message: OutboxMessage, reason: str) -> None:
    if message.stream == OutboxMessage.Stream.LETTER:
        fallbacks.fall_back(message_id=message.pk, reason=reason)
        return
    moves.move(
        message_id=message.pk,
        to=OutboxMessage.State.SUPPRESSED,
        only_from=[OutboxMessage.State.CLAIMED],
        only_owner=message.lease_owner,
        reason=reason,
        lease_owner="",
        lease_until=None,
    )
