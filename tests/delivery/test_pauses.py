"""What is paused stays here, from the moment of the commit on."""

import threading
import time
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from delivery.engine.addressing import OutgoingMail
from delivery.records.messages import OutboxMessage
from delivery.records.pauses import Pause
from delivery.selectors import due
from delivery.services import claiming, dispatch, pauses, sweeping
from tests.delivery.fakes import FakeMailer
from tests.delivery.sink import Sink
from tests.factories.delivery import make_message

State = OutboxMessage.State
Scope = Pause.Scope
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.usefixtures("sending")]

CAMPAIGN = uuid.UUID(int=7)
KEPT = {
    Scope.SITE: "",
    Scope.CAMPAIGN: CAMPAIGN.hex,
    Scope.RECIPIENT: "official:7",
    Scope.DOMAIN: "senate.example",
}


def _letter_that_all_are_about(**changes: object) -> OutboxMessage:
    return make_message(
        **{
            "campaign_key": CAMPAIGN,
            "recipient_key": "official:7",
            "recipient_address": "poe@senate.example",
            "recipient_domain": "senate.example",
            **changes,
        }
    )


def _drain(mailer: FakeMailer) -> dispatch.Drained:
    return dispatch.drain(connect=lambda: mailer)


@pytest.mark.parametrize("scope", Scope.values)
def test_what_is_paused_waits_and_leaves_when_the_pause_ends(scope: str) -> None:
    kept, other = _letter_that_all_are_about(), make_message()
    pauses.pause(scope=scope, key=KEPT[Scope(scope)])
    mailer = FakeMailer()
    drained = _drain(mailer)
    expected = [] if scope == Scope.SITE else [str(other.pk)]
    assert ([mail_.reference for mail_ in mailer.sent], drained.has_more) == (expected, False)
    assert pauses.resume(scope=scope, key=KEPT[Scope(scope)]) == 1
    _drain(mailer)
    kept.refresh_from_db()
    assert kept.state == State.ACCEPTED


@pytest.mark.parametrize("scope", [Scope.CAMPAIGN, Scope.RECIPIENT, Scope.DOMAIN])
def test_a_receipt_is_kept_by_nothing_but_the_switch_for_everything(scope: Scope) -> None:
    _letter_that_all_are_about(stream="receipt")
    pauses.pause(scope=scope, key=KEPT[scope])
    mailer = FakeMailer()
    _drain(mailer)
    assert len(mailer.sent) == 1


@pytest.mark.parametrize("scope", Scope.values)
def test_a_pause_keeps_what_a_worker_has_claimed_already(scope: str) -> None:
    _letter_that_all_are_about()
    [claimed] = claiming.claim(owner="a", limit=5, now=timezone.now())
    pauses.pause(scope=scope, key=KEPT[Scope(scope)])
    assert not claiming.mark_sending([claimed])
    pauses.resume(scope=scope, key=KEPT[Scope(scope)])
    assert claiming.mark_sending([claimed])


def test_a_letter_that_a_pause_catches_is_queued_again_at_once() -> None:
    first, second = make_message(), make_message()

    def pause(_mail: OutgoingMail) -> None:
        pauses.pause(scope=Scope.SITE)

    drained = _drain(FakeMailer(failure=pause))
    assert (drained.by_state, drained.has_more) == ({"accepted": 1}, False)
    states = OutboxMessage.objects.filter(pk__in=[first.pk, second.pk]).values_list("state", "lease_owner")
    assert sorted(states) == [(State.ACCEPTED, ""), (State.QUEUED, "")]


def test_a_pause_that_is_over_keeps_nothing() -> None:
    _letter_that_all_are_about()
    pauses.pause(scope=Scope.SITE, until=timezone.now() - timedelta(seconds=1))
    mailer = FakeMailer()
    _drain(mailer)
    assert len(mailer.sent) == 1


def test_the_same_pause_again_lasts_until_its_new_end() -> None:
    first = pauses.pause(scope=Scope.DOMAIN, key="senate.example", until=timezone.now() + timedelta(hours=1))
    later = timezone.now() + timedelta(hours=5)
    again = pauses.pause(scope=Scope.DOMAIN, key="senate.example", until=later)
    assert (again.pk, again.since) == (first.pk, first.since)
    assert Pause.objects.get().until == later


def test_ending_one_reason_leaves_the_other_in_force() -> None:
    pauses.pause(scope=Scope.RECIPIENT, key="official:7")
    pauses.pause(scope=Scope.RECIPIENT, key="official:7", reason=Pause.Reason.SOFT_BOUNCES)
    assert pauses.resume(scope=Scope.RECIPIENT, key="official:7", reason=Pause.Reason.SOFT_BOUNCES) == 1
    _letter_that_all_are_about()
    assert not due.sendable(timezone.now()).exists()


def test_what_is_paused_is_not_overdue_and_wakes_nobody(no_queue: list[str]) -> None:
    _letter_that_all_are_about(next_attempt_at=timezone.now() - timedelta(days=2))
    pauses.pause(scope=Scope.CAMPAIGN, key=CAMPAIGN.hex)
    assert sweeping.sweep() == sweeping.Swept()
    assert no_queue == []
    assert due.oldest_by_stream(timezone.now()) == {}


def test_the_switch_lets_no_more_leave_than_is_on_the_wire(smtp_sink: Sink, settings: Settings) -> None:
    """Four threads, a server that takes its time, and somebody who stops it all in the middle."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("an in-memory database has one connection; the suite's file and PostgreSQL run this")
    settings.SEND_THREADS = 4
    smtp_sink.delay_seconds = 0.1
    for _ in range(60):
        make_message()
    ended: list[BaseException | None] = []

    def work() -> None:
        try:
            dispatch.drain()
            ended.append(None)
        except BaseException as error:
            ended.append(error)
        finally:
            connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    until = time.monotonic() + 30
    while len(smtp_sink.received) < 8 and time.monotonic() < until:
        time.sleep(0.01)
    pauses.pause(scope=Scope.SITE)
    on_the_wire = OutboxMessage.objects.filter(state=State.SENDING).count()
    received = len(smtp_sink.received)
    worker.join(30)
    assert (ended, received >= 8) == ([None], True)
    # Whatever was marked before the commit may arrive, and nothing else.
    assert len(smtp_sink.received) <= received + 4
    assert on_the_wire <= 4
    left = OutboxMessage.objects.exclude(state=State.ACCEPTED)
    assert set(left.values_list("state", "lease_owner")) == {(State.QUEUED, "")}
    assert left.count() == 60 - len(smtp_sink.received)
