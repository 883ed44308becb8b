"""What Django finds here: the outbox and its events, pacing and pauses, recipients, offices, answers."""

from delivery.records.cwc_offices import CwcOffice, CwcOfficeList
from delivery.records.heartbeats import Heartbeat
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.records.pacing import PacingLane, PacingRule
from delivery.records.pauses import Pause
from delivery.records.recipients import RecipientRecord, Suppression
from delivery.records.replies import InboundMail, Reply
from delivery.records.tallies import Tally

__all__ = [
    "CwcOffice",
    "CwcOfficeList",
    "DeliveryEvent",
    "Heartbeat",
    "InboundMail",
    "OutboxMessage",
    "PacingLane",
    "PacingRule",
    "Pause",
    "RecipientRecord",
    "Reply",
    "Suppression",
    "Tally",
]
