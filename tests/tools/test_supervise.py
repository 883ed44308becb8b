"""`make run` on a machine where something stands in its way."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tools import supervise
from tools.bootstrap import CannotStart


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def run(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **environment}
    return subprocess.run(
        [sys.executable, "-m", "tools.supervise"], env=clean, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_port_in_use_gets_one_sentence(taken_port, tmp_path):
    answer = run(tmp_path, PORT=str(taken_port))
    assert answer.returncode == 1
    assert answer.stderr == (
        f"Port {taken_port} is in use: stop what uses it, or choose another (make run PORT=8001).\n"
    )
    assert answer.stdout == ""


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1", ""])
def test_a_port_that_is_none_gets_one_sentence(text):
    with pytest.raises(CannotStart, match="PORT has to be a number from 1 to 65535"):
        supervise.read_port(text)


def test_a_queue_that_does_not_answer_gets_one_sentence_without_its_password(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    answer = run(tmp_path, PORT=str(port), REDIS_URL=f"redis://:secret@127.0.0.1:{port}/0")
    assert answer.returncode == 1
    assert answer.stderr == (f"The queue's server does not answer: Redis at redis://127.0.0.1:{port}/0 (REDIS_URL).\n")
    assert "secret" not in answer.stdout


def test_two_supervisors_never_share_their_data(tmp_path):
    with supervise.lock(tmp_path), pytest.raises(CannotStart, match="Another `make run` is using the data"):
        supervise.lock(tmp_path)
    supervise.lock(tmp_path).close()


def test_the_second_ctrl_c_hurries_what_the_first_asked_for():
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        signals = supervise.StopSignals()
        with pytest.raises(supervise.StopAsked):
            signal.raise_signal(signal.SIGINT)
        assert not signals.is_hurried()
        signal.raise_signal(signal.SIGINT)
        assert signals.is_hurried()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
