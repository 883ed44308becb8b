"""A message before it is a row: what a caller hands to the outbox."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MessageDraft:
    """`recipient_address` empty means that the office takes no e-mail: the message becomes a hand-off."""

    dedupe_key: str
    stream: str
    recipient_name: str
    recipient_address: str
    sender_name: str
    reply_to_address: str
    subject: str
    body: str
    language: str = "en"
