"""Trouble on the way: the database goes, the clock is wrong, one service is away, an address goes bad."""

from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections
from django.utils import timezone
from pytest_django import Settings

from delivery.engine.addressing import OutgoingMail
from delivery.engine.failures import Failure, Fate
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.records.recipients import RecipientRecord, Suppression
from delivery.services import claiming, dispatch, outbox, suppressions, sweeping
from tests.delivery.fakes import SERVICE_AWAY, FakeMailer
from tests.delivery.sink import Sink
from tests.factories.delivery import make_draft, make_message

State = OutboxMessage.State
Reason = DeliveryEvent.Reason
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server that could go away")


@pytest.fixture(autouse=True)
def without_waiting(sending: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("delivery.services.outcomes._PAUSES_SECONDS", (0.0, 0.0, 0.0))


def _drain(mailer: FakeMailer) -> dispatch.Drained:
    return dispatch.drain(connect=lambda: mailer)  # type: ignore[arg-type]


def _cut_every_connection() -> None:
    """What a restart of the server does to a process that was connected."""
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
    finally:
        other.close()


def _arrivals(mailer: FakeMailer) -> list[str]:
    return sorted(mail.reference for mail in mailer.sent)


# --- The database -------------------------------------------------------------------------------------------------


@on_postgres
def test_a_database_that_restarts_before_the_intent_is_noted_sends_nothing_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    messages = [make_message() for _ in range(3)]
    mark, cuts = claiming.mark_sending, []

    def cut_first(messages: Collection[OutboxMessage]) -> frozenset[UUID]:
        if not cuts:
            cuts.append(len(messages))
            _cut_every_connection()
        return mark(messages)

    monkeypatch.setattr(claiming, "mark_sending", cut_first)
    mailer = FakeMailer()
    _drain(mailer)
    _drain(mailer)
    assert len(cuts) == 1
    assert _arrivals(mailer) == sorted(str(message.pk) for message in messages)
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {State.ACCEPTED}


@on_postgres
def test_a_database_that_restarts_before_the_answer_is_noted_loses_no_answer() -> None:
    messages = [make_message() for _ in range(3)]
    cuts: list[str] = []

    def cut_first(mail: OutgoingMail) -> None:
        if not cuts:
            cuts.append(mail.reference)
            _cut_every_connection()

    mailer = FakeMailer(failure=cut_first)
    _drain(mailer)
    _drain(mailer)
    assert len(cuts) == 1
    assert _arrivals(mailer) == sorted(str(message.pk) for message in messages)
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {State.ACCEPTED}
    assert DeliveryEvent.objects.filter(state=State.ACCEPTED).count() == 3


# --- The clock ----------------------------------------------------------------------------------------------------


def test_a_clock_that_was_an_hour_ahead_and_was_set_back_leaves_nothing_behind(settings: Settings) -> None:
    settings.PACE_LETTERS = False
    now, ahead = timezone.now(), timezone.now() + timedelta(hours=1)
    long_lease = ahead + timedelta(minutes=5)
    for state in (State.CLAIMED, State.SENDING):
        make_message(state=state, lease_owner="a", lease_until=long_lease, state_changed_at=ahead, created_at=ahead)
    placed = make_message(planned_at=ahead, next_attempt_at=ahead)
    sweeping.sweep(now=now)
    states = sorted(OutboxMessage.objects.exclude(pk=placed.pk).values_list("state", flat=True))
    assert states == [State.QUEUED, State.UNCERTAIN]
    mailer = FakeMailer()
    _drain(mailer)
    assert str(placed.pk) in _arrivals(mailer)


def test_a_clock_that_jumps_an_hour_ahead_sends_nothing_twice() -> None:
    """Leases seem to have ended: what had begun to leave is in doubt and stays, the rest waits again."""
    begun, waiting = make_message(), make_message()
    now = timezone.now()
    claimed = {message.pk: message for message in claiming.claim(owner="a", limit=5, now=now)}
    assert claiming.mark_sending([claimed[begun.pk]])
    sweeping.sweep(now=now + timedelta(hours=1), should_stop=lambda: True)
    begun.refresh_from_db()
    waiting.refresh_from_db()
    assert (begun.state, waiting.state) == (State.UNCERTAIN, State.QUEUED)
    # The first worker comes back to what it had claimed.
    assert not claiming.mark_sending([claimed[waiting.pk]])
    mailer = FakeMailer()
    _drain(mailer)
    assert _arrivals(mailer) == [str(waiting.pk)]


# --- Services -----------------------------------------------------------------------------------------------------


def _too_busy(seconds: float) -> Callable[[OutgoingMail], Failure]:
    return lambda _mail: Failure(Fate.RETRY, "HTTP 429", is_service_wide=True, retry_after_seconds=seconds)


def test_how_long_a_service_wants_to_be_left_alone_counts_for_all_that_goes_through_it() -> None:
    for _ in range(3):
        make_message()
    before = timezone.now()
    mailer = FakeMailer(failure=_too_busy(900))
    _drain(mailer)
    rows = OutboxMessage.objects.values_list("state", "attempts", "next_attempt_at")
    assert {(state, attempts) for state, attempts, _at in rows} == {(State.QUEUED, 0)}
    waits = [(at - before).total_seconds() for _state, _attempts, at in rows]
    assert [wait for wait in waits if not 890 < wait < 960] == []


def test_a_wait_of_its_own_overrides_the_usual_one_for_a_single_letter() -> None:
    message = make_message(attempts=5)
    before = timezone.now()
    failure = Failure(Fate.RETRY, "HTTP 425", retry_after_seconds=30)
    _drain(FakeMailer(failure=lambda _mail: failure))
    message.refresh_from_db()
    assert timedelta(seconds=25) < message.next_attempt_at - before < timedelta(seconds=60)


# --- SMTP ---------------------------------------------------------------------------------------------------------


def test_a_letter_that_is_refused_for_now_arrives_once_at_the_next_try(smtp_sink: Sink) -> None:
    smtp_sink.rcpt_reply = "451 4.7.1 Greylisted"
    message = make_message()
    dispatch.drain()
    smtp_sink.rcpt_reply = ""
    OutboxMessage.objects.update(next_attempt_at=timezone.now())
    dispatch.drain()
    message.refresh_from_db()
    assert (message.state, message.attempts, len(smtp_sink.received)) == (State.ACCEPTED, 2, 1)


@pytest.mark.parametrize(
    ("reply", "is_gone"), [("550 5.1.1 <x@y.example> unknown", True), ("550 5.7.1 Not from you", False)]
)
def test_the_code_of_a_refused_recipient_says_whether_the_mailbox_is_gone(
    smtp_sink: Sink, reply: str, is_gone: bool
) -> None:
    smtp_sink.rcpt_reply = reply
    make_message(recipient_key="official:7")
    dispatch.drain()
    found = RecipientRecord.objects.filter(key="official:7", failing_since__isnull=False)
    assert found.exists() is is_gone


# --- What enters --------------------------------------------------------------------------------------------------


def _failing(key: str, address: str) -> None:
    RecipientRecord.objects.create(key=key, name="Poe", failing_since=timezone.now(), failing_address=address)


def test_what_is_to_be_read_first_is_held_from_the_start() -> None:
    [message] = outbox.enqueue(drafts=[make_draft(hold_reasons=("held_for_review",))])
    assert (message.state, message.hold_reasons) == (State.HELD, ["held_for_review"])
    assert message.events.get().reason == Reason.HELD_FOR_REVIEW
    mailer = FakeMailer()
    _drain(mailer)
    assert mailer.sent == []


def test_a_mailbox_that_returns_mail_is_not_even_queued_for() -> None:
    _failing("official:7", "poe@senate.example")
    [message] = outbox.enqueue(drafts=[make_draft(recipient_key="official:7", recipient_address="poe@senate.example")])
    assert (message.state, message.events.get().reason) == (State.NEEDS_HANDOFF, Reason.ADDRESS_FAILING)


def test_a_supporter_who_wants_no_alerts_gets_none_and_still_gets_receipts() -> None:
    suppressions.suppress(address="ada@clinic.example", stream="alert", reason=Suppression.Reason.UNSUBSCRIBED)
    streams = ("alert", "receipt")
    messages = outbox.enqueue(
        drafts=[make_draft(stream=stream, recipient_address="ada@clinic.example") for stream in streams]
    )
    mailer = FakeMailer()
    _drain(mailer)
    assert _arrivals(mailer) == [str(messages[1].pk)]
    messages[0].refresh_from_db()
    assert messages[0].state == State.SUPPRESSED


def test_an_address_that_goes_bad_while_the_letter_waits_is_not_written_to(rooms_above: Any) -> None:
    letters = outbox.enqueue(
        drafts=[make_draft(recipient_key="official:7", recipient_address="poe@senate.example"), make_draft()]
    )
    _failing("official:7", "poe@senate.example")
    mailer = FakeMailer()
    _drain(mailer)
    letters[0].refresh_from_db()
    assert (letters[0].state, _arrivals(mailer)) == (State.NEEDS_HANDOFF, [str(letters[1].pk)])
    assert letters[0].events.last().reason == Reason.ADDRESS_FAILING
    assert rooms_above.handed_off == [letters[0].pk]


def test_a_mail_service_that_is_away_stops_mail_only(monkeypatch: pytest.MonkeyPatch) -> None:
    from delivery.services import sending
    from tests.delivery.cwc.samples import make_content

    by_mail, to_congress = make_message(), make_message(channel="cwc", congress=make_content().as_json())
    congress = FakeMailer()
    monkeypatch.setitem(sending.CARRIERS, "cwc", lambda: congress)  # type: ignore[arg-type]
    monkeypatch.setitem(sending._COMPOSERS, "cwc", lambda message: OutgoingStandIn(message))  # type: ignore[arg-type]
    _drain(FakeMailer(opening_failure=SERVICE_AWAY))
    by_mail.refresh_from_db()
    to_congress.refresh_from_db()
    assert (by_mail.state, to_congress.state) == (State.QUEUED, State.ACCEPTED)


class OutgoingStandIn:
    """A letter to Congress as far as a carrier that only counts needs it."""

    def __init__(self, message: OutboxMessage) -> None:
        self.message_id = self.reference = str(message.pk)
