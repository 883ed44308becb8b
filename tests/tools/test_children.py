"""Children of the supervisor: watched, restarted, and stopped with all that they started."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.children import Child, ChildKeepsDying, Household

GRANDCHILD = """
import os, subprocess, sys, time
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print("grandchild", grandchild.pid, flush=True)
time.sleep(60)
"""
STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(60)
"""


class Scene:
    """A household, what it said, and help with waiting."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str]] = []
        self.household = Household(lambda name, line: self.lines.append((name, line)))

    def start(self, source: str, name: str = "child", grace_seconds: float = 1) -> Child:
        child = Child(name, [sys.executable, "-c", source], dict(os.environ), Path.cwd(), grace_seconds)
        return self.household.start(child)

    def until(self, condition: Callable[[], object], seconds: float = 15) -> None:
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, f"did not happen within {seconds} s: {self.lines}"
            self.household.watch(0.02)

    def said(self, text: str) -> bool:
        return any(text in line for _name, line in self.lines)


@pytest.fixture
def scene():
    scene = Scene()
    yield scene
    scene.household.stop()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A process that has ended but was not collected by init yet counts as gone.
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().split(") ")[1].startswith("Z"))


def test_each_line_of_output_is_passed_on_under_the_name_of_the_child(scene):
    scene.start("import time; print('first'); print('second', flush=True); time.sleep(60)", name="worker")
    scene.until(lambda: len(scene.lines) == 2)
    assert scene.lines == [("worker", "first"), ("worker", "second")]


def test_a_child_that_dies_is_told_of_and_started_again(scene):
    child = scene.start("import time; time.sleep(60)")
    first = child.process.pid
    child.process.send_signal(signal.SIGKILL)
    scene.until(lambda: scene.said("was ended by SIGKILL; it starts again in 1 s"))
    scene.until(lambda: child.is_running and child.process.pid != first)


def test_a_child_that_keeps_dying_stops_the_whole_with_a_sentence(scene, monkeypatch):
    monkeypatch.setattr("tools.children.LONGEST_PAUSE_SECONDS", 0.01)
    scene.start("raise SystemExit(3)", name="clock")
    with pytest.raises(ChildKeepsDying, match="clock ended with exit code 3, for the 5th time in a minute"):
        scene.until(lambda: False)


def test_stopping_ends_what_a_child_started_too(scene):
    child = scene.start(GRANDCHILD)
    scene.until(lambda: scene.said("grandchild"))
    grandchild = int(scene.lines[0][1].split()[1])
    pid = child.process.pid
    scene.household.stop()
    time.sleep(0.2)
    assert not is_alive(pid)
    assert not is_alive(grandchild)


def test_a_child_that_does_not_listen_is_killed_after_its_grace(scene, monkeypatch):
    child = scene.start(STUBBORN, grace_seconds=0.2)
    scene.until(lambda: scene.said("deaf"))
    pid = child.process.pid
    began = time.monotonic()
    scene.household.stop()
    assert not is_alive(pid)
    assert 0.2 < time.monotonic() - began < 10


def test_the_last_started_is_stopped_first_so_that_the_queue_outlives_its_users(scene):
    farewell = (
        "import signal, sys, time; signal.signal(signal.SIGTERM, lambda *a: sys.exit(print('bye', flush=True))); "
    )
    for name in ("queue", "worker"):
        scene.start(farewell + "print('up', flush=True); time.sleep(60)", name=name)
    scene.until(lambda: len(scene.lines) == 2)
    scene.household.stop()
    assert scene.lines[2:] == [("worker", "bye"), ("queue", "bye")]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent was killed")
def test_children_of_a_supervisor_that_was_killed_end_too(tmp_path):
    import subprocess

    source = f"""
import os, sys, time
sys.path.insert(0, {str(Path.cwd())!r})
from pathlib import Path
from tools.children import Child, Household
household = Household(lambda name, line: print(line, flush=True))
child = household.start(Child("c", [sys.executable, "-c", "import time; time.sleep(60)"], dict(os.environ), Path.cwd()))
print(child.process.pid, flush=True)
time.sleep(60)
"""
    parent = subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    end = time.monotonic() + 5
    while is_alive(pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert not is_alive(pid)
