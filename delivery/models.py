"""What Django finds here: the outbox and its events."""

from delivery.records.messages import DeliveryEvent, OutboxMessage

__all__ = ["DeliveryEvent", "OutboxMessage"]
