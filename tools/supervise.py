"""`make run`: the whole site under one supervisor, from an empty folder to a printed address."""

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from tools import queue_server
from tools.bootstrap import ROOT, CannotStart
from tools.children import Child, ChildKeepsDying, Household

PROJECT = Path(ROOT)
PYTHON = sys.executable
WORKERS, THREADS = 2, 4
READY_WITHIN_SECONDS = 90
NAME_WIDTH = 7


def say(name: str, line: str) -> None:
    print(f"{name:>{NAME_WIDTH}} | {line}", flush=True)


class StopAsked(Exception):
    """The person pressed Ctrl-C, or the machine asked us to end."""


class StopSignals:
    """Turns SIGINT, SIGTERM and SIGHUP into StopAsked once, and into hurry when they come again."""

    def __init__(self) -> None:
        self.count = 0
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._hear)

    def _hear(self, number: int, frame: object) -> None:
        self.count += 1
        if self.count == 1:
            raise StopAsked

    def is_hurried(self) -> bool:
        return self.count > 1


class Supervisor:
    """Prepares the data, starts the queue server, the web server, the worker and the clock, and watches them."""

    def __init__(self, *, host: str, port: int, data: Path) -> None:
        self.host, self.port, self.data = host, port, data
        self.household = Household(say)
        self.queue = queue_server.choose(os.environ, data)
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.development"),
            "DATA_DIR": str(data),
            "REDIS_URL": self.queue.url,
            "BASE_URL": os.environ.get("BASE_URL", self.address),
            "PYTHONUNBUFFERED": "1",
            # macOS ends a forked RQ job otherwise.
            "OBJC_DISABLE_INITIALIZE_FORK_SAFETY": "YES",
        }

    @property
    def address(self) -> str:
        shown = "localhost" if self.host in ("127.0.0.1", "0.0.0.0", "::1", "::") else self.host
        return f"http://{shown}:{self.port}"

    def start(self) -> None:
        """Bring everything up and print what the person needs to know.

        :raises CannotStart: when a step fails, in one sentence.
        """
        self._start_queue()
        welcome = self._prepare_site()
        # Letters are sent by the worker; the clock finds what was left behind. Both stop before the queue does.
        self._start("web", self._granian(), grace_seconds=8)
        self._start("worker", self._manage("run_worker"), grace_seconds=10)
        self._start("clock", self._manage("run_clock"), grace_seconds=5)
        self._wait_until(self._site_answers, f"The site did not answer within {READY_WITHIN_SECONDS} s.")
        self._print_welcome(welcome)

    def watch(self) -> None:
        while True:
            self.household.watch(0.5)

    def _start(self, name: str, command: list[str], **options: float) -> None:
        self.household.start(Child(name, command, self.environment, PROJECT, **options))  # type: ignore[arg-type]

    def _manage(self, *arguments: str) -> list[str]:
        return [PYTHON, str(PROJECT / "manage.py"), *arguments]

    def _granian(self) -> list[str]:
        return [
            *(str(Path(PYTHON).with_name("granian")), "--interface", "wsgi", "--host", self.host),
            *("--port", str(self.port), "--workers", str(WORKERS), "--blocking-threads", str(THREADS)),
            *("--no-ws", "--log-level", "warning", "--respawn-failed-workers", "--workers-kill-timeout", "5s"),
            *("--working-dir", str(PROJECT / "site"), "config.wsgi:application"),
        ]

    def _start_queue(self) -> None:
        say("queue", self.queue.description)
        if self.queue.command:
            self._end_leftover_queue()
            self._start("queue", list(self.queue.command), grace_seconds=10)
        self._wait_until(
            lambda: queue_server.answers(self.queue.url),
            self.queue.complaint,
            within_seconds=15 if self.queue.command else 3,
        )

    def _end_leftover_queue(self) -> None:
        """A supervisor that was killed may have left its server on our socket; its log is kept and read again."""
        import redis

        if queue_server.answers(self.queue.url):
            say("queue", "ending the server that an earlier run left behind")
            with suppress(redis.RedisError), redis.Redis.from_url(self.queue.url) as client:
                client.shutdown()

    def _prepare_site(self) -> dict[str, str]:
        result = self.data / ".welcome.json"
        result.unlink(missing_ok=True)
        command = self._manage("prepare_development", "--welcome", str(result))
        # What is built is told in a few lines; Wagtail's line for each page is left out.
        environment = {"LOG_LEVEL": "WARNING"} | self.environment
        with subprocess.Popen(command, env=environment, cwd=PROJECT, start_new_session=True) as process:
            try:
                code = process.wait()
            except StopAsked:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGTERM)
                raise
        if code != 0:
            raise CannotStart("The database could not be prepared: the reason stands above.")
        welcome: dict[str, str] = json.loads(result.read_text(encoding="utf-8"))
        result.unlink()
        return welcome

    def _site_answers(self) -> bool:
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}.get(self.host, self.host)
        try:
            with urllib.request.urlopen(f"http://{host}:{self.port}/health/", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _wait_until(self, condition: Callable[[], bool], complaint: str, within_seconds: float = 0) -> None:
        until = time.monotonic() + (within_seconds or READY_WITHIN_SECONDS)
        while not condition():
            if time.monotonic() > until:
                raise CannotStart(complaint)
            self.household.watch(0.2)

    def _print_welcome(self, welcome: dict[str, str]) -> None:
        lines = [
            ("The site", f"{self.address}/"),
            ("The editors' side", f"{self.address}/admin/"),
            *welcome.items(),
            ("The queue", self.queue.description),
            ("To stop", "Ctrl-C"),
        ]
        width = max(len(label) for label, _text in lines)
        print("\n" + "\n".join(f"  {label:<{width}}  {text}" for label, text in lines) + "\n", flush=True)


def port_is_free(host: str, port: int) -> bool:
    """Whether a web server could listen there now."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        # A port whose last connections are still fading is free; one that is being listened on is not.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def read_port(text: str) -> int:
    """:raises CannotStart: when it is no port number."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise CannotStart(f"PORT has to be a number from 1 to 65535, not {text!r}.")
    return int(text)


def lock(data: Path) -> IO[str]:
    """Keep a second supervisor off the same data for as long as the returned file is open.

    :raises CannotStart: when another one holds it.
    """
    data.mkdir(parents=True, exist_ok=True)
    file = (data / ".lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise CannotStart(f"Another `make run` is using the data in {data}: stop it first, or set DATA_DIR.") from None
    return file


def load_environment() -> Path:
    """Read .env as the site does; give back the data folder."""
    sys.path.insert(0, str(PROJECT / "site"))
    from config.env import DATA

    return Path(DATA).resolve()


def main() -> int:
    signals = StopSignals()
    supervisor = None
    try:
        data = load_environment()
        host, port = os.environ.get("HOST", "127.0.0.1"), read_port(os.environ.get("PORT", "8000"))
        held = lock(data)
        if not port_is_free(host, port):
            raise CannotStart(f"Port {port} is in use: stop what uses it, or choose another (make run PORT=8001).")
        supervisor = Supervisor(host=host, port=port, data=data)
        supervisor.start()
        supervisor.watch()
    except StopAsked:
        print("\nStopping …", flush=True)
        return 0
    except (CannotStart, ChildKeepsDying) as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    finally:
        signals.count = max(signals.count, 1)
        if supervisor is not None:
            supervisor.household.stop(is_hurried=signals.is_hurried)
            held.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
