"""What every test can ask for."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone, translation
from django_tasks import default_task_backend
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings

from tests.factories import migrated

# How fast examples come depends on what else the machine does.
hypothesis_settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("any machine")

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


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Wagtail caches which site a page belongs to; a site that another test's rollback took away stays in there."""
    cache.clear()


@pytest.fixture(autouse=True)
def _forgets_tasks() -> None:
    """Of thousands of tests what each would have had done behind its pages would fill the memory."""
    default_task_backend.clear()


@pytest.fixture
def indexed(settings: Settings) -> None:
    """Pages can be found by their words and by what they refer to, at once, as on a running site."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long a download would have paused before each further try; no test pauses."""
    taken: list[float] = []
    monkeypatch.setattr("legislators.adapters.downloads.sleep", taken.append)
    return taken


@pytest.fixture(autouse=True)
def _forms_are_filled_in_by_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test fills in a form faster than any person; each form says that it was shown a minute before."""
    monkeypatch.setattr("campaigns.content.flow.shown_at", lambda: timezone.now() - timedelta(minutes=1))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests first, for they are long and share one running site; tests with real transactions last.

    Such a test empties every table when it ends: what ran after it would miss the site's home pages, and the random
    order would decide which tests those are. Each therefore starts from what the migrations wrote.
    """
    for item in items:
        if _has_real_transactions(item):
            marker = item.get_closest_marker("django_db")
            options = {**(marker.kwargs if marker else {}), "transaction": True, "serialized_rollback": True}
            item.add_marker(pytest.mark.django_db(**options), append=False)
    items.sort(key=lambda item: (item.get_closest_marker("browser") is None, _has_real_transactions(item)))


def _has_real_transactions(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    names = getattr(item, "fixturenames", ())
    return bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in names or "live_server" in names


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker, django_db_keepdb: bool) -> Iterator[None]:
    """Tests with real transactions begin with what the migrations made, and so does the next run of a kept database."""
    with django_db_blocker.unblock():
        connection.creation.deserialize_db_from_string = migrated.MigratedRows().put_back
    connection.ops.sql_flush = migrated.rows_deleted
    yield
    contents = getattr(connection, "_test_serialized_contents", None)
    if django_db_keepdb and contents:
        with django_db_blocker.unblock():
            from django.contrib.contenttypes.models import ContentType

            if not ContentType.objects.exists():
                connection.creation.deserialize_db_from_string(contents)
