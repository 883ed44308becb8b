"""A message before it is a row: what a caller hands to the outbox."""

import uuid
from dataclasses import dataclass

from delivery.engine.cwc.content import CongressContent


@dataclass(frozen=True, slots=True)
class MessageDraft:
    """What `routes` leaves open decides how it goes; where nothing is open it becomes a hand-off."""

    dedupe_key: str
    stream: str
    recipient_name: str
    recipient_address: str
    sender_name: str
    reply_to_address: str
    subject: str
    body: str
    language: str = "en"
    #: The three keys that pacing, pauses and numbers go by: see `OutboxMessage`.
    campaign_key: uuid.UUID | None = None
    recipient_key: str = ""
    jurisdiction: str = ""
    #: Channels in the order in which they are tried, as `OutboxMessage.Channel` values.
    routes: tuple[str, ...] = ("email", "handoff")
    congress: CongressContent | None = None
    #: Why the staff read it first, as machine keys; empty: it leaves by itself.
    hold_reasons: tuple[str, ...] = ()
    may_record_reply: bool = False
