"""The whole site as `make run` starts it, and a browser in front of it."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
#: Half a minute on a quiet machine; under load it has taken ten times that.
START_SECONDS = 360
#: A driven browser fills in a form in less time than any person, and all its visitors share one network and one home.
LIMITS = """
from wagtail.models import Site
from campaigns.models import ProtectionSettings
limits = ProtectionSettings.for_site(Site.objects.get(is_default_site=True))
limits.fastest_seconds, limits.network_an_hour, limits.network_a_day = 0, 10_000, 10_000
limits.person_a_day, limits.address_a_day = 1_000, 1_000
limits.save()
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@dataclass(frozen=True)
class RunningSite:
    url: str
    data: Path

    def captured(self) -> list[bytes]:
        """The mail that this run has captured, apart from the demonstration's own."""
        return [path.read_bytes() for path in sorted((self.data / "mail").glob("*.eml"))]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory, chromium_path: str) -> Iterator[RunningSite]:
    """The demonstration, with its own database, queue, worker and clock, started as a newcomer starts it."""
    data = tmp_path_factory.mktemp("site")
    port = _free_port()
    kept = {name: value for name, value in os.environ.items() if name not in {"REDIS_URL", "DATABASE_URL"}}
    environment = {
        **kept,
        "PORT": str(port),
        "DATA_DIR": str(data),
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
    }
    supervisor = subprocess.Popen(
        [sys.executable, "-m", "tools.supervise"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    said: list[str] = []

    def listen() -> None:
        said.extend(supervisor.stdout or ())

    threading.Thread(target=listen, daemon=True).start()
    try:
        _wait_until_up(supervisor, port, said)
        subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0", "-c", LIMITS], cwd=ROOT, env=environment, check=True
        )
        yield RunningSite(f"http://localhost:{port}", data)
    finally:
        supervisor.send_signal(signal.SIGINT)
        try:
            supervisor.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(supervisor.pid, signal.SIGKILL)


def _wait_until_up(supervisor: "subprocess.Popen[str]", port: int, said: list[str]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if supervisor.poll() is not None:
            pytest.fail("the supervisor ended:\n" + "".join(said[-40:]))
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"http://localhost:{port}/health/", timeout=5) as answer,
        ):
            if answer.status == 200:
                return
        time.sleep(0.25)
    pytest.fail(f"the site was not up on port {port} after {START_SECONDS} seconds:\n" + "".join(said[-40:]))


@pytest.fixture(scope="package")
def browser(chromium_path: str) -> Iterator[Browser]:
    # Chromium calls home at every start unless it is told not to.
    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=arguments)
        yield chromium
        chromium.close()


@dataclass
class Visit:
    """A page, and what it did that it should not have done."""

    page: Page
    foreign_requests: list[str]
    console_errors: list[str]


def _visit(context: BrowserContext, site: RunningSite) -> Visit:
    visit = Visit(context.new_page(), [], [])
    visit.page.on(
        "request",
        lambda request: (
            None if request.url.startswith((site.url, "data:")) else visit.foreign_requests.append(request.url)
        ),
    )
    visit.page.on(
        "console", lambda message: visit.console_errors.append(message.text) if message.type == "error" else None
    )
    return visit


@pytest.fixture
def visit(browser: Browser, site: RunningSite) -> Iterator[Visit]:
    """A visitor at a desk, in English."""
    context = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 900}, locale="en-US")
    yield _visit(context, site)
    context.close()


@pytest.fixture
def phone_visit(browser: Browser, site: RunningSite) -> Iterator[Visit]:
    """A visitor with a phone of 390 pixels."""
    context = browser.new_context(base_url=site.url, viewport={"width": 390, "height": 844}, locale="en-US")
    yield _visit(context, site)
    context.close()


@pytest.fixture
def plain_visit(browser: Browser, site: RunningSite) -> Iterator[Visit]:
    """A visitor whose browser runs no scripts."""
    context = browser.new_context(base_url=site.url, java_script_enabled=False, locale="en-US")
    yield _visit(context, site)
    context.close()
