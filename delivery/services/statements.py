"""The two statements that every message sent costs, written out: to build them anew takes longer than to run them."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from delivery.records.messages import OutboxMessage

#: A pause of a campaign, an office or a domain has a key; a message that it cannot keep gives an empty one.
_MARK_SENDING = """
    UPDATE delivery_outboxmessage SET state = 'sending', state_changed_at = %s, lease_until = %s
    WHERE id = %s AND state IN ('claimed', 'sending') AND lease_owner = %s
      AND (send_before IS NULL OR send_before > %s)
      AND NOT EXISTS (
        SELECT 1 FROM delivery_pause
        WHERE (until IS NULL OR until > %s)
          AND (scope = 'site' OR (scope = 'campaign' AND "key" = %s)
            OR (scope = 'recipient' AND "key" = %s) OR (scope = 'domain' AND "key" = %s))
      )
"""
#: An answer of an office that was passed on is nobody's to read here any more (`sealed`).
_ACCEPT = """
    UPDATE delivery_outboxmessage SET state = %s, state_changed_at = %s, lease_owner = '', lease_until = NULL,
      attempts = %s, provider_message_id = %s, sealed = NULL, send_before = NULL
    WHERE id = %s AND state IN ('sending', 'uncertain') AND lease_owner IN (%s, '')
"""
_EVENT = "INSERT INTO delivery_deliveryevent (message_id, at, state, reason, detail, source_id) "
_NOTE = _EVENT + "VALUES (%s, %s, %s, %s, %s, '')"
_ACCEPT_AND_NOTE = (
    "WITH moved AS (" + _ACCEPT + " RETURNING id) " + _EVENT + "SELECT id, %s, %s, %s, %s, '' FROM moved"  # noqa: S608
)


def mark_sending(message: OutboxMessage, *, now: datetime, lease_until: datetime) -> bool:
    """Notes the intent to send, if the message is still its owner's, safe to send, and kept by no pause.

    Asked again after the answer of the database was lost, it says the same: nobody else has this lease.
    """
    at, is_letter = _time(now), message.stream == OutboxMessage.Stream.LETTER
    keys = [
        message.campaign_key.hex if is_letter and message.campaign_key else "",
        message.recipient_key if is_letter else "",
        message.recipient_domain if is_letter else "",
    ]
    with connection.cursor() as cursor:
        values = [at, _time(lease_until), _key(message), message.lease_owner, at, at, *keys]
        cursor.execute(_MARK_SENDING, values)
        return bool(cursor.rowcount)


def accept(
    message: OutboxMessage, *, state: str, now: datetime, provider_message_id: str, reason: str = "", detail: str = ""
) -> bool:
    """Writes down the other side's yes and its event, together or not at all; False if the row is not its owner's.

    :param state: `accepted` or `captured`.
    """
    at = _time(now)
    update = [state, at, message.attempts + 1, provider_message_id, _key(message), message.lease_owner]
    event = [at, state, reason, detail[:300]]
    if connection.vendor == "postgresql":
        # One way to the server instead of four.
        with connection.cursor() as cursor:
            cursor.execute(_ACCEPT_AND_NOTE, [*update, *event])
            return bool(cursor.rowcount)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ACCEPT, update)
        if not cursor.rowcount:
            return False
        cursor.execute(_NOTE, [_key(message), *event])
    return True


def _key(message: OutboxMessage) -> Any:
    return OutboxMessage._meta.pk.get_db_prep_value(message.pk, connection)


def _time(value: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(value)
