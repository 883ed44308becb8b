"""The sync: due sources, claimed once, downloaded once, and nothing lost when the new data looks wrong."""

import io
import re
import threading
from datetime import timedelta

import pytest
import responses
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from home.adapters import housekeeping
from legislators import jobs
from legislators.adapters import downloads, queue
from legislators.models import ContactOverride, DataLoad, DataSource, Official
from legislators.selectors import attention
from legislators.services import loading_legislators, photos, sync
from legislators.services.loading import LoadError
from tests.factories.sources import archive, person, role, write_folder

URL = downloads.OPENSTATES_URL


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    monkeypatch.setattr(downloads, "sleep", lambda _seconds: None)


@pytest.fixture
def published(tmp_path):
    """Serves these people as the archive of Open States; the mock counts who asks."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as web:

        def publish(*records, state="ma", body=None, **values):
            if body is None:
                path = archive(write_folder(tmp_path, "legislature", records, state=state), tmp_path / "m.tar.gz", "gz")
                body = path.read_bytes()
            web.reset()
            web.get(URL, body=body, **values)
            return body

        publish.web = web
        yield publish


@pytest.fixture
def daily(settings):
    settings.LEGISLATORS_SYNC = ["openstates:ma"]
    settings.LEGISLATORS_SYNC_HOURS = 24
    return settings


def source(key="openstates:ma"):
    return DataSource.objects.get(key=key)


def make_due():
    DataSource.objects.update(due_at=timezone.now() - timedelta(minutes=1))


@pytest.mark.django_db
def test_what_is_due_is_downloaded_and_loaded(daily, published):
    published(person(1), person(2))
    (outcome,) = sync.run()
    assert (outcome.problem, outcome.report.added) == ("", 2)
    assert Official.objects.count() == 2
    row = source()
    assert row.succeeded_at is not None
    assert row.problem == ""
    assert row.lease_until is None
    assert timedelta(hours=23) < row.due_at - timezone.now() <= timedelta(hours=24)


@pytest.mark.django_db
def test_nothing_is_asked_before_it_is_due(daily, published):
    published(person(1))
    sync.run()
    assert sync.due() == []
    assert sync.run() == []
    assert len(published.web.calls) == 1
    make_due()
    assert sync.due() == ["openstates:ma"]


@pytest.mark.django_db
def test_off_is_off(settings, published):
    settings.LEGISLATORS_SYNC = []
    assert sync.run() == []
    assert sync.enqueue_due() is False
    assert not DataSource.objects.exists()


@pytest.mark.django_db
def test_the_same_file_is_not_read_again_and_says_so(daily, published, monkeypatch):
    published(person(1))
    sync.run()
    make_due()
    monkeypatch.setattr(loading_legislators, "load", lambda **_values: pytest.fail("the file was read"))
    (outcome,) = sync.run()
    assert outcome.is_unchanged
    assert source().succeeded_at > DataLoad.objects.get().finished_at


@pytest.mark.django_db
def test_by_hand_it_is_read_again(daily, published):
    published(person(1))
    sync.run()
    (outcome,) = sync.run(is_forced=True)
    assert outcome.report.unchanged == 1


@pytest.mark.django_db
def test_one_download_serves_every_state(daily, published, tmp_path):
    daily.LEGISLATORS_SYNC = ["openstates:ma", "openstates:vt"]
    write_folder(tmp_path, "legislature", [person(3, role("Addison-1", state="vt"))], state="vt")
    published(person(1))
    outcomes = sync.run()
    assert [outcome.report.added for outcome in outcomes] == [1, 1]
    assert len(published.web.calls) == 1


# --- When the new looks wrong -----------------------------------------------------------------------


def _truncated(body):
    return {"body": body[: len(body) // 2]}


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (lambda _body: {"body": b"<!DOCTYPE html><title>Rate limited</title>"}, "web page|not a"),
        (_truncated, "damaged|half|broken|cut"),
        (lambda body: _truncated(body) | {"headers": {"Content-Length": str(len(body))}}, "bytes|ChunkedEncodingError"),
        (lambda _body: {"status": 503}, "503"),
        (lambda _body: {"status": 404}, "404"),
        (lambda _body: {"body": b""}, "empty|not a|damaged"),
    ],
    ids=["html", "truncated", "stopped-half-way", "away", "gone", "empty"],
)
@pytest.mark.django_db
def test_what_looks_wrong_changes_nothing_and_is_told(daily, published, answer, why):
    body = published(person(1), person(2))
    sync.run()
    succeeded_at, checksum = source().succeeded_at, source().checksum
    make_due()
    options = answer(body)
    is_honest = "Content-Length" not in options.get("headers", {})
    published(auto_calculate_content_length=is_honest, **({"body": b""} | options))
    (outcome,) = sync.run()
    assert outcome.problem.startswith("Nothing was changed. ")
    assert re.search(why, outcome.problem), outcome.problem
    assert "/tmp" not in outcome.problem
    assert Official.objects.filter(retired_at=None).count() == 2
    row = source()
    assert (row.succeeded_at, row.checksum, row.problem) == (succeeded_at, checksum, outcome.problem)
    assert row.due_at - timezone.now() <= timedelta(hours=4)
    assert any("openstates:ma" in item.sentence for item in attention.listed(["openstates:ma"]))


@pytest.mark.django_db
def test_a_chamber_that_shrank_is_held_and_told_until_somebody_lets_it_in(daily, published):
    everybody = [person(number) for number in range(1, 21)]
    published(*everybody)
    sync.run()
    published(*everybody[:10])
    for _ in range(2):
        make_due()
        (outcome,) = sync.run()
        assert "20 members before, 10 after" in outcome.problem
        assert Official.objects.filter(retired_at=None).count() == 20
    assert source().problem
    make_due()
    published(*everybody)
    sync.run()
    assert source().problem == ""


@pytest.mark.django_db
def test_a_correction_of_staff_outlives_a_sync(daily, published):
    published(person(1))
    sync.run()
    official = Official.objects.get()
    ContactOverride.objects.create(
        official=official, email="right@house.example", reason="The office says so", expires_on="2099-01-01"
    )
    before = ContactOverride.objects.values().get()
    published(person(1, email="moved@legislature.example"))
    make_due()
    sync.run()
    official.refresh_from_db()
    assert official.email == "moved@legislature.example"
    assert ContactOverride.objects.values().get() == before


@pytest.mark.django_db
def test_one_source_that_fails_does_not_stop_the_next(daily, published, monkeypatch, caplog):
    daily.LEGISLATORS_SYNC = ["openstates:ma", "openstates:vt"]
    published(person(1))
    real = loading_legislators.load

    def load(*, state, **values):
        if state == "ma":
            raise ZeroDivisionError("secret")
        return real(state=state, **values)

    monkeypatch.setattr(loading_legislators, "load", load)
    first, second = sync.run()
    assert "ZeroDivisionError" in first.problem
    assert "secret" not in first.problem
    assert "no legislator" in second.problem
    assert "the sync of openstates:ma stopped" in caplog.text


# --- Two at once, and one that died -----------------------------------------------------------------


@pytest.mark.django_db
def test_what_somebody_has_in_hand_is_left_alone_even_by_hand(daily, published):
    published(person(1))
    DataSource.objects.create(key="openstates:ma", lease_until=timezone.now() + timedelta(minutes=5))
    assert sync.due() == []
    assert sync.run() == []
    assert sync.run(is_forced=True) == []
    assert len(published.web.calls) == 0


@pytest.mark.django_db
def test_a_run_that_died_is_tried_again_after_its_lease(daily, published):
    published(person(1))
    DataSource.objects.create(key="openstates:ma", lease_until=timezone.now() - timedelta(seconds=1))
    assert sync.due() == ["openstates:ma"]
    assert sync.run()[0].report.added == 1


@pytest.mark.django_db
def test_a_run_that_outlived_its_lease_does_not_speak_for_the_next(daily, published, monkeypatch):
    published(person(1))
    taken = timezone.now() + timedelta(hours=2)

    def load(**_values):
        # Meanwhile another run has found the lease over, and has the source in hand.
        DataSource.objects.update(lease_until=taken)
        raise LoadError("too late")

    monkeypatch.setattr(loading_legislators, "load", load)
    sync.run()
    assert (source().lease_until, source().problem) == (taken, "")


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_of_two_runs_at_once_one_has_the_source(daily):
    DataSource.objects.create(key="openstates:ma")
    claims, start = [], threading.Barrier(4)

    def claim():
        start.wait()
        try:
            claims.append(sync._claim("openstates:ma", False))
        finally:
            connection.close()

    threads = [threading.Thread(target=claim) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len([one for one in claims if one is not None]) == 1
    assert len(claims) == 4


# --- The job, the queue and the command -------------------------------------------------------------


@pytest.mark.django_db
def test_the_job_begins_no_further_source_when_its_time_is_up(daily, published):
    published(person(1))
    assert sync.run(seconds=0) == []
    assert sync.due() == ["openstates:ma"]


@pytest.mark.django_db
def test_the_job_runs_what_is_due(daily, published, monkeypatch):
    # The test's own connection must survive it.
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
    published(person(1))
    jobs.sync_sources()
    assert Official.objects.count() == 1


@pytest.mark.django_db
def test_photos_that_are_left_over_come_soon(daily, monkeypatch):
    daily.LEGISLATORS_SYNC = ["photos"]
    monkeypatch.setattr(photos, "copy", lambda **_values: photos.Copied(sync.LoadReport(added=3), has_more=True))
    sync.run()
    assert source("photos").due_at - timezone.now() <= timedelta(minutes=5)


class FakeQueue:
    def __init__(self):
        self.jobs, self.flags = [], set()
        self.connection = self

    def set(self, name, value, *, nx, ex):
        is_new = name not in self.flags
        self.flags.add(name)
        return is_new

    def enqueue(self, name, **options):
        self.jobs.append((name, options))


@pytest.mark.django_db
def test_the_clock_asks_for_one_job_however_often_it_comes_round(daily, monkeypatch):
    fake = FakeQueue()
    monkeypatch.setattr(housekeeping, "_queue", lambda: fake)
    assert [sync.enqueue_due() for _ in range(3)] == [True, False, False]
    ((name, options),) = fake.jobs
    assert name == "legislators.jobs.sync_sources"
    assert options["job_timeout"] == 3600
    # Nothing about anybody goes into the queue: the job takes nothing.
    assert set(options) == {"job_timeout", "result_ttl", "failure_ttl", "description"}


@pytest.mark.redis
@pytest.mark.django_db
def test_a_real_queue_takes_the_job(daily, redis_url, settings, monkeypatch):
    import django_rq
    from rq import Queue

    settings.RQ_QUEUES = {"default": {"URL": redis_url}}
    housekeeping._queue.cache_clear()
    real: Queue = django_rq.get_queue("default")
    real.empty()
    real.connection.delete(queue.FLAG)
    try:
        assert sync.enqueue_due()
        assert not sync.enqueue_due()
        (job,) = real.jobs
        assert (job.func_name, job.args, job.kwargs) == ("legislators.jobs.sync_sources", (), {})
    finally:
        real.empty()
        real.connection.delete(queue.FLAG)
        housekeeping._queue.cache_clear()


@pytest.mark.django_db
def test_the_command_says_what_came_of_each_source(daily, published):
    published(person(1))
    out = io.StringIO()
    call_command("sync_legislators", stdout=out)
    assert "1 added" in out.getvalue()
    out = io.StringIO()
    call_command("sync_legislators", stdout=out)
    assert "not due" in out.getvalue()
    make_due()
    out = io.StringIO()
    call_command("sync_legislators", stdout=out)
    assert "the same as last time" in out.getvalue()
    out = io.StringIO()
    call_command("sync_legislators", "--now", "--source", "openstates:ma", stdout=out)
    assert "1 unchanged" in out.getvalue()


@pytest.mark.django_db
def test_the_command_fails_when_a_source_does(daily, published):
    published(body=b"<html></html>")
    with pytest.raises(CommandError, match="Not everything"):
        call_command("sync_legislators", stdout=io.StringIO())


@pytest.mark.parametrize("words", [["--source", "openstates:zz"], ["--source", "boundaries"], []])
@pytest.mark.django_db
def test_the_command_refuses_a_source_that_there_is_not(settings, words):
    settings.LEGISLATORS_SYNC = []
    with pytest.raises(CommandError, match="no source|names nothing"):
        call_command("sync_legislators", *words)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (["openstates", "openstates:ma", "openstates:us", "congress", "boundaries:ma", "photos"], []),
        (["openstates:zz"], ["legislators.E007"]),
        (["congress:ma", "boundaries"], ["legislators.E007", "legislators.E007"]),
    ],
)
def test_a_setting_that_names_no_source_stops_the_start(settings, value, expected):
    settings.LEGISLATORS_SYNC = value
    found = [problem.id for problem in run_checks() if problem.id in ("legislators.E007", "legislators.E008")]
    assert found == expected


def test_an_interval_that_would_pester_the_sources_stops_the_start(settings):
    settings.LEGISLATORS_SYNC_HOURS = 0.1
    assert "legislators.E008" in [problem.id for problem in run_checks()]
