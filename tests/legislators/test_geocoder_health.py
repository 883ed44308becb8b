"""How the geocoders fare is counted, and never stands in the way."""

import threading
import time
from datetime import date, timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from legislators.adapters import circuit_breakers
from legislators.adapters.geocoding import GeocoderUnavailableError
from legislators.engine.resolution import PostalAddress
from legislators.models import GeocoderDay
from legislators.selectors import geocoders
from legislators.services import geocoder_health, geocoding
from legislators.services.geocoder_health import Outcome
from tests.factories import legislators as make

ADDRESS = PostalAddress("5 Maple St", "Birchfield", "ax", "69903")


@pytest.fixture(autouse=True)
def _no_failures():
    geocoding.forget_failures()
    yield
    geocoding.forget_failures()


def counted(name="street_ranges"):
    return GeocoderDay.objects.values_list("asked", "found", "failed").get(geocoder=name, day=timezone.localdate())


@pytest.mark.database
@pytest.mark.django_db
def test_each_question_is_counted_once(django_capture_on_commit_callbacks):
    make.street_range("MAPLE ST")
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            geocoding.geocode(address=ADDRESS)
    with django_capture_on_commit_callbacks(execute=True):
        geocoding.geocode(address=PostalAddress("5 Oak St", "", "ax", "69903"))
    assert counted() == (3, 2, 0)


@pytest.mark.django_db
def test_a_failure_is_counted_with_its_reason(django_capture_on_commit_callbacks, settings):
    settings.GEOCODERS = ["geocodio"]
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(GeocoderUnavailableError):
        geocoding.geocode(address=ADDRESS)
    assert counted("geocodio") == (1, 0, 1)
    row = GeocoderDay.objects.get()
    assert "GEOCODER_GEOCODIO_KEY" in row.last_failure
    assert row.last_failed_at is not None


@pytest.mark.django_db
def test_an_invented_address_is_not_counted(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        geocoding.geocode(address=ADDRESS, is_sample=True)
    assert callbacks == []


@pytest.mark.django_db
def test_inside_a_transaction_nothing_is_written_before_it_is_over(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        geocoder_health.record([Outcome("census", 1.0)])
        assert not GeocoderDay.objects.exists()
    assert len(callbacks) == 1


@pytest.mark.django_db
def test_a_database_that_cannot_be_written_is_no_error(monkeypatch, caplog, django_capture_on_commit_callbacks):
    def locked(outcome):
        raise OperationalError("database is locked")

    monkeypatch.setattr(geocoder_health, "_add", locked)
    caplog.set_level("INFO")
    with django_capture_on_commit_callbacks(execute=True):
        geocoder_health.record([Outcome("census", 1.0)])
    assert "not counted" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_locked_table_is_not_waited_for(settings):
    if connection.vendor != "sqlite" or connection.is_in_memory_db():
        pytest.skip("the lock of a SQLite file")
    locked, done = threading.Event(), threading.Event()

    def hold():
        with connection.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            locked.set()
            done.wait(10)
            cursor.execute("ROLLBACK")
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    locked.wait(10)
    began = time.monotonic()
    geocoder_health.record([Outcome("census", 1.0)])
    took = time.monotonic() - began
    done.set()
    holder.join()
    assert took < 3
    assert not GeocoderDay.objects.exists()
    geocoder_health.record([Outcome("census", 1.0)])
    assert counted("census") == (1, 0, 0)
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] > 1000


@pytest.mark.django_db
def test_staff_see_shares_and_times_of_each_geocoder(settings):
    settings.GEOCODERS = ["sample", "street_ranges", "census", "nobody.at.All"]
    today = date(2026, 11, 20)
    for days_ago, values in {0: (8, 4, 2, 1000), 29: (2, 2, 0, 500), 30: (90, 0, 90, 9)}.items():
        asked, found, failed, milliseconds = values
        GeocoderDay.objects.create(
            geocoder="census", day=today - timedelta(days=days_ago), asked=asked, found=found, failed=failed,
            milliseconds=milliseconds, last_failure=f"{days_ago} days ago" if failed else "",
            last_failed_at=timezone.now() - timedelta(days=days_ago) if failed else None,
        )  # fmt: skip
    GeocoderDay.objects.create(geocoder="geocodio", day=today, asked=1, found=1, milliseconds=7)
    for _ in range(3):
        circuit_breakers.breaker_of("census").failed()
    rows = {row.name: row for row in geocoders.health(on=today)}
    assert list(rows) == ["street_ranges", "census", "nobody.at.All", "geocodio"]
    census = rows["census"]
    assert (census.asked, census.found, census.failed, census.mean_milliseconds) == (10, 6, 2, 150)
    assert (census.answered_share, census.found_share) == (0.8, 0.6)
    assert (census.last_failure, census.is_resting) == ("0 days ago", True)
    assert (rows["street_ranges"].asked, rows["street_ranges"].answered_share) == (0, None)
    assert (rows["geocodio"].is_configured, rows["geocodio"].mean_milliseconds) == (False, 7)
    assert geocoders.resting() == ["census"]
