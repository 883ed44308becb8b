"""A short run of `make faults`, and whether its checker would notice what it is there to notice."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults import plan, verdict
from tools import postgres_server, queue_server
from tools.bootstrap import CannotStart

ROOT = Path(__file__).resolve().parents[2]
KILLS, LETTERS = 25, 150
LAST_LINE = re.compile(r"faults: kills=(\d+) letters=(\d+) lost=(\d+) twice=(\d+) uncertain=(\d+) reconciled=(\d+)")


@pytest.fixture
def own_servers(tmp_path: Path) -> None:
    """The run starts a queue and a database of its own, because it kills them; here only whether it can."""
    if not Path("/proc/self/task").is_dir():
        pytest.skip("finding a worker's work-horse needs Linux's /proc")
    try:
        queue_server.choose({"PATH": os.environ.get("PATH", "")}, tmp_path)
        with postgres_server.running({}):
            pass
    except (CannotStart, postgres_server.NoPostgres) as error:
        pytest.skip(str(error))


@pytest.mark.redis
@pytest.mark.timeout(600)
def test_whatever_is_killed_no_letter_is_lost_none_comes_twice_and_no_doubt_is_left(own_servers: None) -> None:
    run = [sys.executable, "-m", "tools.faults", "--kills", str(KILLS), "--letters", str(LETTERS), "--workers", "2"]
    finished = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, timeout=580, check=False)
    said = finished.stdout + finished.stderr
    assert finished.returncode == 0, said
    found = LAST_LINE.fullmatch(finished.stdout.splitlines()[-1])
    assert found, said
    kills, letters, lost, twice, uncertain, reconciled = map(int, found.groups())
    assert (kills, lost, twice) == (KILLS, 0, 0), said
    assert letters >= LETTERS
    assert uncertain == reconciled


def _judge(**changes: Any) -> verdict.Verdict:
    values: dict[str, Any] = {
        "kills": 7,
        "committed": ["a", "b", "c"],
        "states": {"a": "delivered", "b": "delivered", "c": "needs_handoff"},
        "ever_uncertain": ["b"],
        "taken": ["a", "b"],
        "refused": {"c"},
    }
    return verdict.judge(**{**values, **changes})


def test_what_arrived_once_or_was_refused_and_says_so_is_good() -> None:
    found = _judge()
    assert found.is_good
    assert found.line() == "faults: kills=7 letters=3 lost=0 twice=0 uncertain=1 reconciled=1"


@pytest.mark.parametrize(
    "changes",
    [
        {"taken": ["b"]},
        {"states": {"a": "queued", "b": "delivered", "c": "failed"}},
        {"states": {"a": "accepted", "b": "delivered", "c": "failed"}},
        {"states": {"b": "delivered", "c": "failed"}, "taken": ["b"]},
        {"states": {"a": "failed", "b": "delivered", "c": "failed"}, "taken": ["b"]},
    ],
    ids=["never taken", "still waiting", "never reported", "no row", "failed though never refused"],
)
def test_a_lost_letter_is_noticed(changes: dict[str, Any]) -> None:
    found = _judge(**changes)
    assert (found.lost, found.twice, found.is_good) == (("a",), (), False)
    assert "lost=1" in found.line()


@pytest.mark.parametrize(
    "changes",
    [
        {"taken": ["a", "b", "a"]},
        {"states": {"a": "needs_handoff", "b": "delivered", "c": "failed"}},
    ],
    ids=["taken twice", "taken, and the person is asked to send it as well"],
)
def test_a_letter_that_comes_twice_is_noticed(changes: dict[str, Any]) -> None:
    found = _judge(**changes)
    assert (found.lost, found.twice, found.is_good) == ((), ("a",), False)
    assert "twice=1" in found.line()


def test_a_doubt_that_is_left_is_noticed() -> None:
    found = _judge(states={"a": "delivered", "b": "uncertain", "c": "failed"})
    assert (found.uncertain, found.reconciled, found.is_good) == (1, 0, False)


def test_a_letter_that_nobody_wrote_is_noticed() -> None:
    found = _judge(taken=["a", "b", "x"])
    assert (found.strangers, found.is_good) == (("x",), False)


def test_the_same_seed_kills_the_same_things_and_spares_none() -> None:
    steps = list(plan.draw(7, 300))
    assert steps == list(plan.draw(7, 300))
    assert steps != list(plan.draw(8, 300))
    assert len(steps) == 300
    assert {step.blow for step in steps} == {step.blow for step in plan.draw(7, KILLS)} == set(plan.Blow)
