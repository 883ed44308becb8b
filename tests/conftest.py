"""What every test can ask for."""

import os
from pathlib import Path

import pytest
from django.utils import translation

REAL_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(autouse=True)
def first_language() -> None:
    """A request leaves its language active in the thread; no test begins in the language of the one before."""
    translation.deactivate()


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real open data beside the project, where there is one."""
    if not REAL_DATA.is_dir():
        pytest.skip("the real data is not on this machine (../shared/data)")
    return REAL_DATA


@pytest.fixture(scope="session")
def redis_url() -> str:
    """A real Redis server of this run's own; `make test` starts it."""
    url = os.environ.get("REDIS_URL", "")
    if not url:
        pytest.skip("REDIS_URL is not set: `make test` starts a server and sets it")
    return url


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The Chromium that browser tests drive; `make test` finds or installs it."""
    from tools import browser

    path = browser.find(os.environ)
    if path is None:
        pytest.skip(os.environ.get("CHROMIUM_MISSING_BECAUSE", "no chromium on the PATH: `make test` installs it"))
    return path
