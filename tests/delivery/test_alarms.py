"""What rings, and what does not although something waits."""

import datetime
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from delivery.adapters import workers
from delivery.adapters.workers import QueueState
from delivery.records.cwc_offices import CwcOfficeList
from delivery.records.heartbeats import Heartbeat
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.records.pauses import Pause
from delivery.selectors import alarms
from delivery.selectors.alarms import Alarm, Kind
from delivery.services import sweeping
from tests.factories.delivery import make_message

State = OutboxMessage.State
pytestmark = pytest.mark.django_db
WORKING = tuple(QueueState(name, 1, 0) for name in alarms.QUEUES)


def _ring(queues: Any = WORKING) -> list[Alarm]:
    return alarms.ringing(timezone.now(), queues=queues, is_asked=True)


def _kinds(queues: Any = WORKING) -> list[Kind]:
    return [alarm.kind for alarm in _ring(queues)]


@pytest.fixture(autouse=True)
def clock() -> None:
    Heartbeat.objects.create(name=Heartbeat.CLOCK, at=timezone.now())


def _ago(**amount: float) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(**amount)


def _events(state: str, count: int, **amount: float) -> None:
    message = make_message(state=State.ACCEPTED)
    at = _ago(**(amount or {"minutes": 5}))
    DeliveryEvent.objects.bulk_create(DeliveryEvent(message=message, at=at, state=state) for _ in range(count))


def test_a_site_where_all_is_well_is_silent() -> None:
    make_message(next_attempt_at=_ago(minutes=29))
    _events(State.ACCEPTED, 100)
    assert _ring() == []


def test_mail_that_is_due_too_long_rings() -> None:
    make_message(next_attempt_at=_ago(minutes=45))
    assert _ring() == [Alarm(Kind.OLDEST_DUE, 45)]


@pytest.mark.parametrize(
    "message",
    [
        {"next_attempt_at": timezone.now() + datetime.timedelta(hours=5)},
        {"next_attempt_at": timezone.now() - datetime.timedelta(days=1), "state": State.HELD},
        {"next_attempt_at": timezone.now() - datetime.timedelta(days=1), "state": State.CANCELLED},
    ],
)
def test_what_is_paced_or_held_is_not_due(message: dict[str, Any]) -> None:
    make_message(**message)
    assert _ring() == []


@pytest.mark.parametrize(
    ("scope", "key"), [("site", ""), ("recipient", "official:x"), ("domain", "legislature.example")]
)
def test_what_is_paused_is_not_due_and_the_rest_is(scope: str, key: str) -> None:
    make_message(next_attempt_at=_ago(hours=2), recipient_key="official:x", recipient_domain="legislature.example")
    Pause.objects.create(scope=scope, key=key, since=timezone.now())
    assert _ring() == []
    Pause.objects.update(until=_ago(minutes=1))
    assert _kinds() == [Kind.OLDEST_DUE]


def test_a_queue_without_a_worker_rings_by_its_name_and_an_absent_redis_by_its_own() -> None:
    queues = (QueueState("receipts", 1, 0), QueueState("letters", 0, 3), QueueState("alerts", 2, 0))
    assert _ring(queues) == [Alarm(Kind.NO_WORKER, 3, "letters")]
    assert _ring(None) == [Alarm(Kind.QUEUE_AWAY, 1)]


@pytest.mark.redis
def test_real_redis_knows_who_listens(redis_url: str, settings: Settings) -> None:
    import redis
    from rq import Queue
    from rq.worker import SimpleWorker

    settings.RQ_QUEUES = {name: {"URL": redis_url} for name in alarms.QUEUES}
    connection = redis.Redis.from_url(redis_url)
    before = {state.name: state.workers for state in workers.queues(alarms.QUEUES) or ()}
    worker = SimpleWorker([Queue("letters", connection=connection)], connection=connection)
    worker.register_birth()
    try:
        after = {state.name: state.workers for state in workers.queues(alarms.QUEUES) or ()}
    finally:
        worker.register_death()
    assert after["letters"] == before["letters"] + 1
    assert after["receipts"] == before["receipts"]


def test_redis_that_is_away_is_none_and_no_error(settings: Settings, tmp_path: Any) -> None:
    settings.RQ_QUEUES = {name: {"URL": f"unix://{tmp_path / 'absent.sock'}"} for name in alarms.QUEUES}
    assert workers.queues(alarms.QUEUES) is None


def test_too_many_failures_ring_only_when_enough_was_tried(settings: Settings) -> None:
    settings.ALARM_FAILURE_PERCENT = 20
    _events(State.FAILED, 10)
    assert _ring() == []
    _events(State.ACCEPTED, 40)
    # Ten of fifty are the twenty percent that are allowed.
    assert _ring() == []
    _events(State.BOUNCED, 1)
    assert _ring() == [Alarm(Kind.FAILURES, 22)]


def test_failures_of_yesterday_are_over() -> None:
    _events(State.FAILED, 50, hours=20)
    assert _ring() == []


def test_more_returned_than_tried_is_no_more_than_all() -> None:
    _events(State.BOUNCED, 30)
    assert _ring() == [Alarm(Kind.FAILURES, 100)]


def test_what_nobody_knows_waits_for_a_person() -> None:
    make_message(state=State.UNCERTAIN)
    make_message(state=State.UNCERTAIN, stream=OutboxMessage.Stream.RECEIPT)
    assert _ring() == [Alarm(Kind.UNCERTAIN, 2)]


def test_a_clock_that_stopped_rings_and_a_sweep_silences_it() -> None:
    Heartbeat.objects.update(at=_ago(minutes=12))
    assert _ring() == [Alarm(Kind.CLOCK_STOPPED, 12)]
    sweeping.sweep(drain_seconds=0.0)
    assert _ring() == []


def test_a_clock_that_never_ran_rings_once_there_is_something_to_look_after() -> None:
    Heartbeat.objects.all().delete()
    assert _ring() == []
    make_message(state=State.DELIVERED, created_at=_ago(hours=1))
    assert _ring() == [Alarm(Kind.CLOCK_STOPPED, 0)]
    sweeping.sweep(drain_seconds=0.0)
    assert _ring() == []


def test_a_list_of_offices_that_cannot_be_had_rings_where_congress_is_written_to(settings: Settings) -> None:
    CwcOfficeList.objects.create(chamber="us_house", tried_at=timezone.now(), problem="the server answered 503")
    CwcOfficeList.objects.create(chamber="us_senate", tried_at=timezone.now())
    settings.CWC_MODE = "off"
    assert _ring() == []
    settings.CWC_MODE = "live"
    assert _ring() == [Alarm(Kind.CWC_LIST, 1, "us_house")]


def test_a_mail_service_that_reports_nothing_is_hinted_at(monkeypatch: pytest.MonkeyPatch) -> None:
    _events(State.ACCEPTED, 20, hours=3)
    assert _ring() == []
    monkeypatch.setattr("delivery.adapters.mail.is_sending", lambda: True)
    assert _ring() == [Alarm(Kind.WEBHOOKS_SILENT, 20)]
    _events(State.DELIVERED, 1, hours=2)
    assert _ring() == []


def test_asking_is_cheap(django_assert_max_num_queries: Any) -> None:
    for _ in range(30):
        make_message(next_attempt_at=_ago(hours=1))
    with django_assert_max_num_queries(14):
        _ring()
