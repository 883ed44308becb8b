"""The clock goes on whatever happens, says so once, and stops when it is told."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import OperationalError

from campaigns.services import reply_questions
from config import clock
from config.clock import Task
from delivery.services import relays, sweeping
from legislators.services import answers, sync

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _keep_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock drops a connection that failed; the test's own must survive that."""
    monkeypatch.setattr("config.clock.connections.close_all", lambda: None)
    # Nor is it asked how it is: these tests may not use one, and another test may have opened it before.
    monkeypatch.setattr("config.clock.close_old_connections", lambda: None)


def test_a_problem_that_goes_on_is_told_once_and_so_is_its_end(caplog: pytest.LogCaptureFixture) -> None:
    outcomes: list[Exception | None] = [OperationalError("secret@clinic.example")] * 3 + [None, None, ValueError("x")]

    def run() -> None:
        outcome = outcomes.pop(0)
        if outcome is not None:
            raise outcome

    task = Task("the sweep", 10.0, run)
    with caplog.at_level(logging.INFO):
        for _ in range(6):
            task.attempt()
    lines = [record.getMessage() for record in caplog.records]
    assert lines == [
        "the sweep fails (OperationalError); it is tried again every 10 s",
        "the sweep works again",
        "the sweep fails (ValueError); it is tried again every 10 s",
    ]
    assert "secret" not in caplog.text


def test_each_task_runs_at_its_own_pace_and_a_failing_one_does_not_stop_the_others() -> None:
    stopping = threading.Event()
    ran: list[str] = []

    def quick() -> None:
        ran.append("quick")
        if ran.count("quick") == 3:
            stopping.set()

    def failing() -> None:
        ran.append("failing")
        raise OperationalError

    clock.run([Task("failing", 60.0, failing), Task("quick", 0.01, quick)], stopping)
    assert ran == ["failing", "quick", "quick", "quick"]


def test_the_clock_stops_at_once_when_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    stopping = threading.Event()
    threading.Timer(0.2, stopping.set).start()
    started = time.monotonic()
    clock.run([Task("idle", 600.0, lambda: None)], stopping)
    assert time.monotonic() - started < 5


@pytest.mark.django_db
def test_once_does_everything_once(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []
    monkeypatch.setattr(sweeping, "sweep", lambda **_: called.append("sweep"))
    monkeypatch.setattr(clock, "call_command", called.append)
    monkeypatch.setattr(sync, "enqueue_due", lambda: called.append("sync"))
    monkeypatch.setattr(answers, "purge", lambda: called.append("purge"))
    monkeypatch.setattr(reply_questions, "ask_due", lambda: called.append("ask"))
    monkeypatch.setattr(reply_questions, "remind_due", lambda: called.append("remind"))
    monkeypatch.setattr(relays, "forget", lambda: called.append("forget"))
    call_command("run_clock", "--once")
    assert called == ["sweep", "publish_scheduled", "sync", "ask", "remind", "purge", "forget"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_process_ends_cleanly_although_neither_database_nor_redis_answers(
    tmp_path: Path, number: signal.Signals
) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": django_settings.SETTINGS_MODULE,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site"), *sys.path]),
    }
    command = [sys.executable, "-m", "django", "run_clock", "--sweep-seconds", "0.2"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        # The first line of the log says that it runs, and that the database is away.
        first = ""
        while "the sweep of the outbox fails" not in first:
            first = process.stderr.readline()
            assert process.poll() is None, first
        time.sleep(1.0)
        process.send_signal(number)
        rest = process.stderr.read()
        assert process.wait(20) == 0
    assert "Traceback" not in rest
    assert "the sweep of the outbox fails" not in rest
