"""Which addresses get no more of one kind of mail."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.conf import settings
from django.db.models import Count

from delivery.engine import suppression
from delivery.records.messages import OutboxMessage
from delivery.records.recipients import Suppression


def keys() -> list[bytes]:
    """The keys under which addresses were hashed: today's first, then those of secrets that were replaced."""
    return [suppression.derive_key(str(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def hashes_of(address: str) -> list[str]:
    """Every hash under which `address` may stand in the list."""
    return _hashes(address, keys())


def _hashes(address: str, among: Sequence[bytes]) -> list[str]:
    return [suppression.address_hash(address, key=key) for key in among]


def is_suppressed(address: str, stream: str) -> bool:
    """Whether mail of `stream` is not to go to `address`: asked when it is queued, and again before it leaves."""
    return bool(suppressed(addresses=[address], stream=stream))


def suppressed(*, addresses: Iterable[str], stream: str) -> set[str]:
    """Those of `addresses`, as they were given, that get no more of `stream`. One query."""
    among = keys()
    wanted = {found: address for address in set(addresses) if address for found in _hashes(address, among)}
    if not wanted:
        return set()
    listed = Suppression.objects.filter(stream=stream, address_hash__in=wanted)
    return {wanted[found] for found in listed.values_list("address_hash", flat=True)}


def suppressed_messages(messages: Sequence[OutboxMessage]) -> set[UUID]:
    """The ids of those e-mails among `messages` that are not to leave; one query a stream.

    What a drain asks of the rows that it has just claimed: the wish may be younger than the row.
    """
    emails = [message for message in messages if message.channel == OutboxMessage.Channel.EMAIL]
    found: set[UUID] = set()
    for stream in {message.stream for message in emails}:
        of_stream = [message for message in emails if message.stream == stream]
        unwanted = suppressed(addresses=[message.recipient_address for message in of_stream], stream=stream)
        found |= {message.pk for message in of_stream if message.recipient_address in unwanted}
    return found


def counts() -> dict[tuple[str, str], int]:
    """How many addresses there are by stream and reason; there is nothing else that staff could be shown."""
    rows = Suppression.objects.order_by().values_list("stream", "reason").annotate(number=Count("pk"))
    return {(stream, reason): number for stream, reason, number in rows}
