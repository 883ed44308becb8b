"""Makes the records of `delivery` that tests need."""

import itertools
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from delivery.engine.drafts import MessageDraft
from delivery.records.messages import OutboxMessage

_numbers = itertools.count(1)


def make_draft(**changes: Any) -> MessageDraft:
    """A letter to an official with an e-mail address; `recipient_address=""` makes it a hand-off."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "dedupe_key": f"letter:{number}",
        "stream": OutboxMessage.Stream.LETTER,
        "recipient_name": f"Senator Number {number}",
        "recipient_address": f"senator{number}@legislature.example",
        "sender_name": "Dr. Ada Quill",
        "reply_to_address": "ada.quill@clinic.example",
        "subject": "Please support telehealth parity",
        "body": "Dear Senator,\n\nPlease support the bill.\n\nAda Quill",
    }
    return MessageDraft(**{**values, **changes})


def make_message(**changes: Any) -> OutboxMessage:
    """A row of the outbox, written directly: in whatever state a test wants it."""
    number = next(_numbers)
    now = timezone.now()
    values: dict[str, Any] = {
        "dedupe_key": f"row:{number}",
        "stream": OutboxMessage.Stream.LETTER,
        "channel": OutboxMessage.Channel.EMAIL,
        "recipient_name": f"Senator Number {number}",
        "recipient_address": f"senator{number}@legislature.example",
        "sender_name": "Dr. Ada Quill",
        "reply_to_address": "ada.quill@clinic.example",
        "subject": "Please support telehealth parity",
        "body": "Dear Senator,\n\nPlease support the bill.\n\nAda Quill",
        "created_at": now,
        "state_changed_at": now,
        "next_attempt_at": now,
        "planned_at": now,
    }
    return OutboxMessage.objects.create(**{**values, **changes})


def words_of(message: OutboxMessage) -> str:
    """What a mail to a person says if it leaves now: some are written when they are queued, some at the door."""
    return message.body or import_string(settings.DELIVERY_MAIL_WRITER)(messages=[message])[message.pk]


def make_in_doubt(**changes: Any) -> OutboxMessage:
    """Waits for a second try under a key that the service still knows: the first try may have arrived."""
    now, hour = timezone.now(), timedelta(hours=1)
    return make_message(
        **{"in_doubt_since": now - hour, "send_before": now + hour, "attempts": 1, "recipient_key": "official:1"}
        | changes
    )
