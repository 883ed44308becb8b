"""The two statements that letters sent cost, written out: to build them anew takes longer than to run them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from delivery.records.messages import OutboxMessage

# Rows are looked up by their id. PostgreSQL would rather read the entries that an index has of a state, which are few
# as it sees them, and many of rows that have long left that state: `state || ''` is in no index.

#: What a pause keeps, said a second time beside `selectors.pauses.without_paused`; a test holds the two together.
_MARK = """
    UPDATE delivery_outboxmessage SET state = 'sending', state_changed_at = %s, lease_until = %s
    WHERE id IN ({ids}) AND state || '' IN ('claimed', 'sending') AND lease_owner = %s
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
_OURS = "delivery_outboxmessage.state || '' IN ('sending', 'uncertain') AND lease_owner IN (%s, '')"
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
    ), noted AS (
      {_EVENT} SELECT id, %s, state, reason, detail, '' FROM moved
    )
"""  # noqa: S608 - our own words
_ONLY_ANSWERS = "SELECT id FROM moved"
_ANSWERS_AND_INTENTS = "SELECT id, true FROM moved UNION ALL SELECT id, false FROM marked"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The other side's yes to one letter, as it is written down."""

    message_id: UUID
    #: `accepted` or `captured`.
    state: str
    provider_message_id: str
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Intent:
    """What `owner` is about to send, for how long nobody else takes it."""

    message_ids: Sequence[UUID]
    owner: str
    lease_until: datetime


@dataclass(frozen=True, slots=True)
class Written:
    """Ids of messages."""

    #: The answers to these were ours to write.
    accepted: frozenset[UUID] = frozenset()
    #: These may leave now.
    marked: frozenset[UUID] = frozenset()


def mark_sending(intent: Intent, *, now: datetime) -> frozenset[UUID]:
    """Notes the intent to send those that are still the owner's, safe to send, and kept by no pause; which they are.

    Asked again after the answer of the database was lost, it says the same: nobody else has this lease.
    """
    with connection.cursor() as cursor:
        cursor.execute(*_mark(intent, now))
        count = cursor.rowcount
    if count in (0, len(intent.message_ids)):
        return frozenset(intent.message_ids) if count else frozenset()
    marked = OutboxMessage.objects.filter(
        pk__in=intent.message_ids, state="sending", lease_owner=intent.owner, state_changed_at=now
    )
    return frozenset(marked.values_list("pk", flat=True))


def accept(answers: Sequence[Accepted], *, owner: str, now: datetime) -> frozenset[UUID]:
    """Writes down each yes and its event, all together or not at all; which rows were still `owner`'s to write."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"{_ACCEPT_AND_NOTE} {_ONLY_ANSWERS}", _columns(answers, owner, now))
            return frozenset(row[0] for row in cursor.fetchall())
    return _accept_in_turn(answers, owner, _time(now))


def accept_and_mark(answers: Sequence[Accepted], intent: Intent, *, now: datetime) -> Written:
    """`accept` and `mark_sending` in one commit, on PostgreSQL in one statement."""
    if connection.vendor == "postgresql":
        mark, values = _mark(intent, now)
        together = f"{_ACCEPT_AND_NOTE}, marked AS ({mark} RETURNING id) {_ANSWERS_AND_INTENTS}"
        with connection.cursor() as cursor:
            cursor.execute(together, [*_columns(answers, intent.owner, now), *values])
            rows = cursor.fetchall()
        return Written(
            accepted=frozenset(key for key, is_answer in rows if is_answer),
            marked=frozenset(key for key, is_answer in rows if not is_answer),
        )
    with transaction.atomic():
        return Written(
            accepted=_accept_in_turn(answers, intent.owner, _time(now)), marked=mark_sending(intent, now=now)
        )


def _mark(intent: Intent, now: datetime) -> tuple[str, list[Any]]:
    at, ids = _time(now), [_key(message_id) for message_id in intent.message_ids]
    return _MARK.format(ids=", ".join(["%s"] * len(ids))), [at, _time(intent.lease_until), *ids, intent.owner, at, at]


def _columns(answers: Sequence[Accepted], owner: str, now: datetime) -> list[Any]:
    columns: list[list[Any]] = [
        [answer.message_id for answer in answers],
        [answer.state for answer in answers],
        [answer.provider_message_id for answer in answers],
        [answer.reason for answer in answers],
        [answer.detail[:300] for answer in answers],
    ]
    return [*columns, _time(now), owner, _time(now)]


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
