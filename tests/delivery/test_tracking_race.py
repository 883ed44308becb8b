"""A report that comes while the worker is still writing down that the letter was taken."""

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from delivery.adapters.carriers import Answer
from delivery.engine.tracking import TrackingReport
from delivery.records.messages import OutboxMessage
from delivery.services import outcomes, tracking
from tests.factories.delivery import make_message

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
ROUNDS = 15


def _at_once(*deeds: Callable[[], object]) -> None:
    """Each in a thread and on a connection of its own, all let go in the same moment."""
    start, troubles = threading.Barrier(len(deeds)), []

    def run(deed: Callable[[], object]) -> None:
        try:
            start.wait(timeout=10)
            deed()
        except Exception as error:
            troubles.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert troubles == []
    assert not any(thread.is_alive() for thread in threads)


def _sending() -> OutboxMessage:
    return make_message(state="sending", lease_owner="me", lease_until=timezone.now() + timedelta(minutes=4))


def _report(message: OutboxMessage, kind: str, code: str = "") -> TrackingReport:
    return TrackingReport(
        kind=kind,
        at=timezone.now(),
        source_id=f"event:{kind}",
        reference=str(message.pk),
        provider_message_id="theirs",
        code=code,
    )


@pytest.fixture(autouse=True)
def sending(settings: Settings, told_of_handoffs: list[UUID]) -> None:
    settings.DELIVERY_MODE, settings.EMAIL_BACKEND = "send", "delivery.adapters.smtp.SmtpBackend"


@pytest.mark.parametrize(
    ("kind", "code", "expected"),
    [("delivered", "", "delivered"), ("bounced", "bounced 550 5.1.1", "needs_handoff"), ("deferred", "", "accepted")],
)
def test_whoever_is_first_the_report_is_not_lost(kind: str, code: str, expected: str) -> None:
    for _ in range(ROUNDS):
        message = _sending()
        _at_once(
            lambda message=message: outcomes.step([(message, Answer("theirs"))]),
            lambda message=message: tracking.record(report=_report(message, kind, code)),
            # The service posts it twice.
            lambda message=message: tracking.record(report=_report(message, kind, code)),
        )
        message.refresh_from_db()
        assert (message.state, message.lease_owner) == (expected, "")
        # What went another way has left that service's number behind, unless the worker came last.
        assert message.provider_message_id in ({"theirs", ""} if expected == "needs_handoff" else {"theirs"})
        assert message.events.filter(source_id=f"event:{kind}").count() == 1
