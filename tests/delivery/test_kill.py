"""Workers killed with SIGKILL in the middle of their work: no letter lost, none sent twice, doubt admitted."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

from delivery.services import sending
from tests.delivery import kill_driver
from tests.delivery.sink import running_sink

ROOT = Path(__file__).resolve().parents[2]
MESSAGES = 150
KILLS = 10


def _database_url(tmp_path: Path) -> str:
    """PostgreSQL's test database where the suite runs on it, else a SQLite file of this test's own."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{tmp_path / 'outbox.sqlite3'}"
    values: dict[str, Any] = connection.settings_dict
    # A server of the suite's own is reached through a socket, whose folder stands in the options.
    host = values["HOST"] or values["OPTIONS"].get("host", "")
    user = f"{quote(values['USER'])}:{quote(values['PASSWORD'] or '')}"
    return f"postgres://{user}@:{values['PORT']}/{values['NAME']}?host={quote(host, safe='')}"


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("seed", "threads", "delay_seconds"), [(1, 1, 0.004), (2, 8, 0.03)])
def test_workers_killed_at_any_point_lose_nothing_and_send_nothing_twice(
    tmp_path: Path, seed: int, threads: int, delay_seconds: float
) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": _database_url(tmp_path),
        "DATA_DIR": str(tmp_path),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site"), *sys.path]),
        "LOG_LEVEL": "ERROR",
    }
    with running_sink() as sink:
        sink.delay_seconds = delay_seconds
        numbers = (sink.port, MESSAGES, KILLS, seed, threads)
        driver = [sys.executable, kill_driver.__file__, *map(str, numbers)]
        finished = subprocess.run(driver, env=environment, capture_output=True, text=True, timeout=240, check=False)
    assert finished.returncode == 0, finished.stderr
    outcome = json.loads(finished.stdout)
    states: dict[str, str] = outcome["states"]
    received = Counter(received.message["Message-ID"].removeprefix("<").partition("@")[0] for received in sink.received)
    assert outcome["killed_at_work"] >= 3
    assert len(states) == MESSAGES
    assert set(states.values()) <= {"accepted", "uncertain"}
    assert max(received.values()) == 1
    accepted = {reference for reference, state in states.items() if state == "accepted"}
    uncertain = set(states) - accepted
    # What we call accepted was received; what was received we call accepted, or admit that we do not know.
    assert accepted <= set(received)
    assert set(received) <= accepted | uncertain
    # One a thread where the service takes its time, a small group where it does not.
    at_once = min(sending.LARGEST_GROUP, max(1, int(sending.GROUP_SECONDS / delay_seconds)))
    assert len(uncertain) <= outcome["killed_at_work"] * threads * at_once
    assert uncertain <= set(outcome["owned_up"])
