"""The two statements that letters sent cost, written out: to build them anew takes longer than to run them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from delivery.records.messages import OutboxMessage

#: What a pause keeps, said a second time beside `selectors.pauses.without_paused`; a test holds the two together.
_MARK_SENDING = """
    UPDATE delivery_outboxmessage SET state = 'sending', state_changed_at = %s, lease_until = %s
    WHERE id IN ({ids}) AND state IN ('claimed', 'sending') AND lease_owner = %s
      AND (send_before IS NULL OR send_before > %s)
      AND NOT EXISTS (
        SELECT 1 FROM delivery_pause
        WHERE (until IS NULL OR until > %s)
          AND (scope = 'site' OR (delivery_outboxmessage.stream = 'letter' AND (
            (scope = 'campaign' AND "key" = replace(CAST(delivery_outboxmessage.campaign_key AS varchar(36)), '-', ''))
            OR (scope = 'recipient' AND "key" = delivery_outboxmessage.recipient_key)
            OR (scope = 'domain' AND "key" = delivery_outboxmessage.recipient_domain))))
      )
"""
#: An answer of an office that was passed on is nobody's to read here any more (`sealed`). What is in doubt no longer
#: (`in_doubt_since`) may wait as long as it likes (`send_before`), as `moves.move` has it.
_ACCEPTED = """state_changed_at = %s, lease_owner = '', lease_until = NULL, attempts = attempts + 1,
    sealed = NULL, in_doubt_since = NULL, send_before = NULL"""
_OURS = "delivery_outboxmessage.state IN ('sending', 'uncertain') AND lease_owner IN (%s, '')"
_EVENT = "INSERT INTO delivery_deliveryevent (message_id, at, state, reason, detail, source_id) "

_ACCEPT = (
    f"UPDATE delivery_outboxmessage SET state = %s, provider_message_id = %s, {_ACCEPTED} WHERE id = %s AND {_OURS}"  # noqa: S608 - our own words
)
_NOTE = _EVENT + "VALUES (%s, %s, %s, %s, %s, '')"
#: One way to the server, however many letters.
_ACCEPT_AND_NOTE = f"""
    WITH answer (id, state, provider_message_id, reason, detail) AS (
      SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[])
    ), moved AS (
      UPDATE delivery_outboxmessage SET state = answer.state, provider_message_id = answer.provider_message_id,
        {_ACCEPTED}
      FROM answer WHERE delivery_outboxmessage.id = answer.id AND {_OURS}
      RETURNING answer.*
    )
    {_EVENT} SELECT id, %s, state, reason, detail, '' FROM moved RETURNING message_id
"""  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True)
class Accepted:
    """The other side's yes to one letter, as it is written down."""

    message_id: UUID
    #: `accepted` or `captured`.
    state: str
    provider_message_id: str
    reason: str = ""
    detail: str = ""


def mark_sending(message_ids: Collection[UUID], *, owner: str, now: datetime, lease_until: datetime) -> frozenset[UUID]:
    """Notes the intent to send those that are still `owner`'s, safe to send, and kept by no pause; which they are.

    Asked again after the answer of the database was lost, it says the same: nobody else has this lease.
    """
    at = _time(now)
    sql = _MARK_SENDING.format(ids=", ".join(["%s"] * len(message_ids)))
    with connection.cursor() as cursor:
        cursor.execute(sql, [at, _time(lease_until), *map(_key, message_ids), owner, at, at])
        count = cursor.rowcount
    if count in (0, len(message_ids)):
        return frozenset(message_ids) if count else frozenset()
    marked = OutboxMessage.objects.filter(pk__in=message_ids, state="sending", lease_owner=owner, state_changed_at=now)
    return frozenset(marked.values_list("pk", flat=True))


def accept(answers: Sequence[Accepted], *, owner: str, now: datetime) -> frozenset[UUID]:
    """Writes down each yes and its event, all together or not at all; which rows were still `owner`'s to write."""
    if connection.vendor == "postgresql":
        return _accept_at_once(answers, owner, _time(now))
    return _accept_in_turn(answers, owner, _time(now))


def _accept_at_once(answers: Sequence[Accepted], owner: str, at: Any) -> frozenset[UUID]:
    columns: list[list[Any]] = [
        [answer.message_id for answer in answers],
        [answer.state for answer in answers],
        [answer.provider_message_id for answer in answers],
        [answer.reason for answer in answers],
        [answer.detail[:300] for answer in answers],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_ACCEPT_AND_NOTE, [*columns, at, owner, at])
        return frozenset(row[0] for row in cursor.fetchall())


def _accept_in_turn(answers: Sequence[Accepted], owner: str, at: Any) -> frozenset[UUID]:
    moved = set()
    with transaction.atomic(), connection.cursor() as cursor:
        for answer in answers:
            key = _key(answer.message_id)
            cursor.execute(_ACCEPT, [answer.state, answer.provider_message_id, at, key, owner])
            if cursor.rowcount:
                cursor.execute(_NOTE, [key, at, answer.state, answer.reason, answer.detail[:300]])
                moved.add(answer.message_id)
    return frozenset(moved)


def _key(message_id: UUID) -> Any:
    return OutboxMessage._meta.pk.get_db_prep_value(message_id, connection)


def _time(value: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(value)
