"""What the journeys share: the invented state, a member of the staff, a mail server and a queue."""

import uuid
from collections.abc import Callable, Iterator

import pytest
import redis
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings
from rq import Queue, SimpleWorker

from campaigns.services import staff
from delivery.adapters import queue
from delivery.services import sweeping
from tests.delivery.sink import Sink, running_sink
from tests.factories import alder as invented_state
from tests.factories import home
from tests.journeys.people import Editor

Drain = Callable[[], None]


@pytest.fixture
def site(transactional_db: None) -> None:
    """The home page in two languages, and the society's name. Commits are real here, and so is what they set off."""
    home.fresh_site()
    home.organisation()


@pytest.fixture
def alder(site: None) -> None:
    """The invented state: districts with outlines, officials, streets, ZIP codes."""
    invented_state.build()


@pytest.fixture
def editor(site: None) -> Editor:
    """Somebody of the communications staff, and no superuser."""
    group, _given = staff.set_up_group()
    user = User.objects.create_user("erin", "erin@alder-medical.example", "x")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return Editor(client)


@pytest.fixture
def post_office(settings: Settings) -> Iterator[Sink]:
    """A mail server on this machine, and the settings of a site that really sends."""
    with running_sink() as sink:
        settings.DELIVERY_MODE = "send"
        settings.EMAIL_BACKEND = "delivery.adapters.smtp.SmtpBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", sink.port, 5
        settings.ANYMAIL = {"WEBHOOK_SECRET": "postmark:sesame"}
        yield sink


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


@pytest.fixture(params=["worker", "clock"])
def drain(request: pytest.FixtureRequest) -> Drain:
    """What sends: an RQ worker on a real Redis, or the clock where there is none."""
    if request.param == "clock":
        request.getfixturevalue("redis_away")
        return lambda: None if sweeping.sweep().drained else pytest.fail("the clock found nothing to send")
    jobs: Queue = request.getfixturevalue("letters_queue")
    return lambda: work_off(jobs)


def work_off(jobs: Queue) -> None:
    """Runs what waits, after a look at it: a job tells nothing about anybody."""
    waiting = [(job.args, job.kwargs, job.description, job.meta) for job in jobs.jobs]
    assert waiting == [((), {}, "drain the outbox", {})] * len(waiting)
    assert {job.func_name for job in jobs.jobs} <= set(queue.JOBS.values())
    assert waiting
    SimpleWorker([jobs], connection=jobs.connection).work(burst=True)
