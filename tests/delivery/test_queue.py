"""Wake-ups: with a real Redis, and with one that is away or hangs."""

import importlib
import socket
import time
import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
import redis
from django.db import connection, transaction
from django.utils import timezone
from rq import Queue, SimpleWorker

from delivery.adapters import queue
from delivery.adapters.worker import Worker
from delivery.records.messages import OutboxMessage
from delivery.services import outbox, sweeping
from tests.factories.delivery import make_draft, make_message

State = OutboxMessage.State
pytestmark = pytest.mark.redis


@pytest.fixture
def letters_queue(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Queue]:
    """A queue and a flag of this test's own on the real server."""
    name = uuid.uuid4().hex
    real = Queue(name, connection=redis.Redis.from_url(redis_url))
    monkeypatch.setattr(queue, "_queue", lambda _name: real)
    monkeypatch.setattr(queue, "WAKE_FLAG", f"wake:{name}")
    yield real
    real.delete(delete_jobs=True)
    real.connection.delete(*(f"wake:{name}:{each}" for each in queue.JOBS))
    real.connection.close()


@pytest.fixture
def redis_away(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = Queue("letters", connection=redis.Redis.from_url("redis://127.0.0.1:1/0?socket_connect_timeout=1"))
    monkeypatch.setattr(queue, "_queue", lambda _name: gone)


def test_a_thousand_submissions_make_one_job(letters_queue: Queue) -> None:
    assert all(queue.wake() for _ in range(1000))
    assert letters_queue.count == 1


def test_what_is_committed_after_a_drain_began_wakes_another(letters_queue: Queue) -> None:
    queue.wake()
    queue.acknowledge(queue.LETTERS)
    queue.wake()
    assert letters_queue.count == 2


def test_with_no_worker_alive_jobs_do_not_pile_up(letters_queue: Queue) -> None:
    for _ in range(50):
        queue.acknowledge(queue.LETTERS)
        assert queue.wake()
    assert letters_queue.count == queue.MAX_WAITING_JOBS


def test_a_flag_that_was_lost_ends_by_itself(letters_queue: Queue) -> None:
    queue.wake()
    assert 0 < letters_queue.connection.ttl(f"{queue.WAKE_FLAG}:letters") <= queue.WAKE_FLAG_SECONDS


def test_a_job_carries_nothing_about_anybody(letters_queue: Queue) -> None:
    queue.wake()
    [job] = letters_queue.jobs
    assert (job.func_name, job.args, job.kwargs, job.description) == (
        queue.JOBS[queue.LETTERS],
        (),
        {},
        "drain the outbox",
    )


@pytest.mark.parametrize("job", queue.JOBS.values())
def test_the_jobs_can_be_imported(job: str) -> None:
    module, _, name = job.rpartition(".")
    assert callable(getattr(importlib.import_module(module), name))


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_a_worker_sends_what_was_submitted(letters_queue: Queue) -> None:
    with transaction.atomic():
        [message] = outbox.enqueue(drafts=[make_draft()])
    SimpleWorker([letters_queue], connection=letters_queue.connection).work(burst=True)
    message.refresh_from_db()
    assert message.state == State.CAPTURED


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_our_worker_sends_from_a_process_of_its_own(letters_queue: Queue, tmp_path: object) -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("another process cannot see an in-memory database")
    messages = [make_message() for _ in range(3)]
    queue.wake()
    Worker([letters_queue], connection=letters_queue.connection).work(burst=True)
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {State.CAPTURED}
    assert len(messages) == 3


@pytest.mark.django_db(transaction=True)
def test_with_redis_away_a_submission_is_kept_and_sent_by_the_clock(redis_away: None) -> None:
    with transaction.atomic():
        [message] = outbox.enqueue(drafts=[make_draft()])
    message.refresh_from_db()
    assert message.state == State.QUEUED
    swept = sweeping.sweep()
    message.refresh_from_db()
    assert (message.state, swept.is_queue_away) == (State.CAPTURED, True)


@pytest.mark.django_db(transaction=True)
def test_losing_everything_in_redis_loses_no_letter(letters_queue: Queue) -> None:
    with transaction.atomic():
        [message] = outbox.enqueue(drafts=[make_draft()])
    letters_queue.empty()
    letters_queue.connection.delete(f"{queue.WAKE_FLAG}:letters")
    sweeping.sweep()
    assert letters_queue.count == 1
    # Even with a flag for a job that is gone and no worker: the clock does it.
    letters_queue.empty()
    sweeping.sweep(now=timezone.now() + sweeping.OVERDUE + timedelta(seconds=1))
    message.refresh_from_db()
    assert message.state == State.CAPTURED


def test_a_redis_that_hangs_does_not_hold_the_visitor(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    query = settings.RQ_QUEUES["letters"]["URL"].partition("?")[2]
    assert "socket_timeout=" in query
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0?{query}"
        hung = Queue("letters", connection=redis.Redis.from_url(url))
        monkeypatch.setattr(queue, "_queue", lambda _name: hung)
        started = time.monotonic()
        assert queue.wake() is False
        queue.acknowledge(queue.LETTERS)
        assert time.monotonic() - started < 6
