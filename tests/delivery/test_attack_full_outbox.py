"""What is asked before every batch and every minute is found by an index, however full the outbox is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from delivery.records.messages import OutboxMessage
from delivery.services import planning, reconciling
from tests.factories.delivery import make_message

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HOUR = timedelta(hours=1)


def _plans(queries: CaptureQueriesContext, column: str) -> list[str]:
    """How the database finds what the look-ups by `column` ask for."""
    asked = [
        each["sql"]
        for each in queries.captured_queries
        if f'ORDER BY "delivery_outboxmessage"."{column}"' in each["sql"]
    ]
    found = []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A few rows are read faster without any index, and a table of a few rows is no full outbox.
            cursor.execute("SET LOCAL enable_seqscan = off")
        for sql in asked:
            cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}")
            found.append(" ".join(str(part) for row in cursor.fetchall() for part in row))
    return found


def test_whether_a_time_was_missed_is_read_off_the_index_of_what_is_due(settings: Settings) -> None:
    settings.PACE_LETTERS = True
    make_message(next_attempt_at=timezone.now() + HOUR)
    with CaptureQueriesContext(connection) as queries:
        assert planning.plan() == 0
    plans = _plans(queries, "next_attempt_at")
    assert plans
    assert all("outbox_due" in plan and "Sort" not in plan for plan in plans), plans


def test_what_is_back_in_doubt_is_read_off_an_index_of_its_own(settings: Settings) -> None:
    settings.DELIVERY_MODE = "send"
    settings.EMAIL_BACKEND = "delivery.adapters.smtp.SmtpBackend"
    now = timezone.now()
    expired = make_message(in_doubt_since=now - HOUR, send_before=now - HOUR)
    make_message(in_doubt_since=now - HOUR, send_before=now + HOUR)
    with CaptureQueriesContext(connection) as queries:
        assert reconciling.settle().expired == 1
    expired.refresh_from_db()
    assert expired.state == OutboxMessage.State.UNCERTAIN
    plans = _plans(queries, "send_before")
    assert plans
    assert all("outbox_send_before" in plan for plan in plans), plans
