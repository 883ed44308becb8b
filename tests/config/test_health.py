"""The health report: alive while the database answers, honest about the queue, silent about people."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from delivery.services import pauses
from legislators.models import DataSource
from tests.factories.delivery import make_message

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue_away(settings, tmp_path):
    settings.RQ_QUEUES = {"default": {"URL": f"unix://{tmp_path / 'absent.sock'}"}}


def test_a_site_without_its_queue_is_alive_and_says_so(client, queue_away):
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "database": "ok",
        "queue": "away",
        "messages_due": 0,
        "oldest_due_seconds": None,
        "sources_in_trouble": 0,
        "alarms": [{"alarm": "queue_away", "count": 1}],
    }


@pytest.mark.redis
def test_a_queue_that_answers_is_reported(client, settings, redis_url):
    settings.RQ_QUEUES = {"default": {"URL": redis_url}}
    assert client.get("/health/").json()["queue"] == "ok"


def test_a_site_without_its_database_is_down(client, queue_away, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("connection refused for user jo@example.org")

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json() == {"status": "down", "database": "away", "queue": "away"}


def test_the_report_says_how_long_the_oldest_letter_has_waited_and_nothing_about_anybody(client, queue_away):
    now = timezone.now()
    make_message(next_attempt_at=now - timedelta(minutes=10), recipient_address="senator@example.org")
    make_message(next_attempt_at=now - timedelta(minutes=1))
    make_message(next_attempt_at=now + timedelta(hours=1))
    answer = client.get("/health/")
    assert answer.json()["messages_due"] == 2
    assert 600 <= answer.json()["oldest_due_seconds"] < 660
    assert b"example" not in answer.content


@pytest.mark.parametrize("scope", ["site", "domain"])
def test_mail_that_is_paused_is_late_by_intent_and_not_counted(client, queue_away, scope):
    old = timezone.now() - timedelta(minutes=10)
    make_message(next_attempt_at=old, recipient_domain="senate.example")
    before = client.get("/health/").json()
    pauses.pause(scope=scope, key="" if scope == "site" else "senate.example")
    after = client.get("/health/").json()
    assert (before["messages_due"], before["oldest_due_seconds"] >= 600) == (1, True)
    assert (after["messages_due"], after["oldest_due_seconds"]) == (0, None)


@pytest.mark.parametrize("changes", [{"state": "held"}, {"planned_at": None}])
def test_a_letter_that_is_held_or_has_no_place_in_the_plan_is_not_due(client, queue_away, changes):
    make_message(next_attempt_at=timezone.now() - timedelta(minutes=10), **changes)
    report = client.get("/health/").json()
    assert (report["messages_due"], report["oldest_due_seconds"]) == (0, None)


def test_sources_that_fail_are_counted_but_not_those_that_are_switched_off(client, queue_away, settings):
    settings.LEGISLATORS_SYNC = ["openstates:ma", "congress"]
    DataSource.objects.create(key="openstates:ma", problem="https://secret.example: the server answered 503")
    DataSource.objects.create(key="openstates:vt", problem="the server answered 503")
    answer = client.get("/health/")
    assert answer.json()["sources_in_trouble"] == 1
    assert b"secret" not in answer.content


def test_the_report_is_never_cached(client, queue_away):
    assert "no-store" in client.get("/health/").headers["Cache-Control"]


def test_alarms_are_machine_words_and_counts_and_do_not_make_the_site_look_dead(client, queue_away):
    old = timezone.now() - timedelta(hours=2)
    make_message(next_attempt_at=old, created_at=old, recipient_address="senator@example.org")
    make_message(state="uncertain")
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert answer.json()["alarms"] == [
        {"alarm": "clock_stopped", "count": 0},
        {"alarm": "queue_away", "count": 1},
        {"alarm": "oldest_due", "count": 120},
        {"alarm": "uncertain", "count": 1},
    ]
    assert b"example" not in answer.content
