"""Letters that only the supporter can get to the office: by phone, or through its contact form."""

from uuid import UUID

from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import moves


def report_done(*, message_id: UUID) -> OutboxMessage:
    """Records that the supporter says they did it. Said twice, it is recorded once.

    :raises OutboxMessage.DoesNotExist: there is no such hand-off.
    """
    moves.move(
        message_id=message_id,
        to=OutboxMessage.State.HANDED_OFF,
        reason=DeliveryEvent.Reason.REPORTED_DONE,
    )
    return OutboxMessage.objects.get(pk=message_id, channel=OutboxMessage.Channel.HANDOFF)
