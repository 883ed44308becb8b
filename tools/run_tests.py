"""`make test`: the whole suite, on the real services that it starts itself."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import browser, postgres_server, queue_server
from tools.bootstrap import ENVIRONMENT, ROOT, CannotStart

NO_TESTS_COLLECTED = 5
MOST_PROCESSES = 4
#: What a developer's .env or shell may set for the running site must not decide whether a test passes.
NOT_FOR_TESTS = (
    "DELIVERY_MODE",
    "GEOCODERS",
    "DJANGO_SETTINGS_MODULE",
    "BASE_URL",
    "ALLOWED_HOSTS",
    "TEST_DATABASE_NAME",
)


def main(arguments: list[str]) -> int:
    # A stop from outside ends what was started here too.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    skipped: list[str] = []
    with tempfile.TemporaryDirectory(prefix="tests-", ignore_cleanup_errors=True) as name:
        environment = _environment(Path(name))
        _find_browser(environment, skipped)
        with _queue(environment, Path(name), skipped):
            codes = [_run_pytest(environment, Path(name) / "tests.sqlite3", arguments)]
            codes.append(_run_on_postgres(environment, arguments, skipped))
    for reason in skipped:
        print(f"Not run on this machine: {reason}", flush=True)
    return next((code for code in codes if code != 0), 0)


def _environment(folder: Path) -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if name not in NOT_FOR_TESTS}
    data = folder / "data"
    data.mkdir()
    if environment.pop("PYTHONDONTWRITEBYTECODE", ""):
        # Containers set it to stay small; here each of some thirty processes would compile everything anew.
        environment.setdefault("PYTHONPYCACHEPREFIX", str(Path(ENVIRONMENT) / ".bytecode"))
    return environment | {"DATA_DIR": str(data)}


def _find_browser(environment: dict[str, str], skipped: list[str]) -> None:
    try:
        environment["CHROMIUM_PATH"] = browser.find_or_install(environment)
        print(f"Browser tests run in {environment['CHROMIUM_PATH']}", flush=True)
    except browser.NoBrowser as error:
        skipped.append(f"browser tests: {error}")
        environment["CHROMIUM_MISSING_BECAUSE"] = str(error)


@contextmanager
def _queue(environment: dict[str, str], folder: Path, skipped: list[str]) -> Iterator[None]:
    """Export REDIS_URL of a server that answers; a started one is for this run only."""
    try:
        server = queue_server.choose(environment, folder)
    except CannotStart as error:
        skipped.append(f"Redis tests: {error}")
        yield
        return
    process = subprocess.Popen(server.command, start_new_session=True) if server.command else None
    try:
        until = time.monotonic() + 15
        while not queue_server.answers(server.url) and time.monotonic() < until:
            time.sleep(0.1)
        if not queue_server.answers(server.url):
            raise CannotStart(server.complaint)
        print(f"Redis tests run on {server.description}", flush=True)
        environment["REDIS_URL"] = server.url
        yield
    finally:
        if process is not None:
            process.terminate()
            process.wait(10)


def _run_pytest(environment: dict[str, str], database: Path, arguments: list[str]) -> int:
    # A file, because an in-memory database locks whole tables and knows neither WAL nor waiting.
    environment = environment | {"DATABASE_URL": f"sqlite:///{database}", "TEST_DATABASE_NAME": str(database)}
    return _pytest([*_side_by_side(), *arguments], environment)


def _side_by_side() -> list[str]:
    return ["-n", str(min(os.cpu_count() or 1, MOST_PROCESSES)), "--dist", "loadgroup"]


def _run_on_postgres(environment: dict[str, str], arguments: list[str], skipped: list[str]) -> int:
    try:
        with postgres_server.running(os.environ) as server:
            print(f"\nTests of database behaviour again, on PostgreSQL: {server.description}", flush=True)
            code = _pytest(["-m", "database", *_side_by_side(), *arguments], environment | {"DATABASE_URL": server.url})
    except postgres_server.NoPostgres as error:
        skipped.append(f"database tests on PostgreSQL: {error}")
        return 0
    # A chosen part of the suite may well hold no such test; the whole suite may not.
    return 0 if code == NO_TESTS_COLLECTED and arguments else code


def _pytest(arguments: list[str], environment: dict[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", *arguments]
    with subprocess.Popen(command, env=environment, cwd=ROOT) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            # Ctrl-C reached pytest too: it ends by itself and says what it had found.
            process.wait()
            raise SystemExit(130) from None


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except CannotStart as problem:
        sys.exit(str(problem))
