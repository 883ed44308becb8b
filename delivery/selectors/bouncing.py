"""Which offices' addresses return mail, as mail services reported it."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from delivery.records.messages import OutboxMessage
from delivery.records.recipients import RecipientRecord


def failing() -> QuerySet[RecipientRecord]:
    """The records of offices whose mailbox returned a letter for good and has taken none since, the latest first."""
    return RecipientRecord.objects.filter(failing_since__isnull=False).order_by("-failing_since")


def failing_count() -> int:
    """How many they are: for the board and the alarms."""
    return failing().count()


def is_failing(*, recipient_key: str, address: str) -> bool:
    """Whether `address` of this office returns mail. An address that was corrected since starts clean."""
    if not recipient_key or not address:
        return False
    return failing().filter(key=recipient_key, failing_address__iexact=address).exists()


def failing_messages(messages: Sequence[OutboxMessage]) -> set[UUID]:
    """The ids of those letters among `messages` that would go to an address that returns mail. One query.

    What a drain asks of the rows that it has just claimed: the letters that wait for an office go the next way as
    soon as one of them came back.
    """
    letters = [
        message
        for message in messages
        if message.stream == OutboxMessage.Stream.LETTER
        and message.channel == OutboxMessage.Channel.EMAIL
        and message.recipient_key
    ]
    if not letters:
        return set()
    rows = failing().filter(key__in={letter.recipient_key for letter in letters})
    addresses = {key: address.casefold() for key, address in rows.values_list("key", "failing_address")}
    return {
        letter.pk for letter in letters if addresses.get(letter.recipient_key) == letter.recipient_address.casefold()
    }
