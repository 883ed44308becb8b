"""Keeps the data in line with its published sources, by the clock, and keeps what it has when the new looks wrong."""

import logging
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from legislators.adapters import queue
from legislators.adapters.downloads import DownloadError
from legislators.records.loads import DataSource
from legislators.services import loading, photos, sync_sources
from legislators.services.loading import LoadError, LoadReport, Progress
from legislators.services.sync_downloads import Downloads
from legislators.services.sync_sources import UnknownSourceError

logger = logging.getLogger(__name__)

#: A source that somebody took longer ago than this was left behind by a run that died.
LEASE = timedelta(minutes=70)
#: After a try that brought nothing; the interval itself where that is shorter.
RETRY_AFTER = timedelta(hours=4)
#: Photos are copied a few hundred at a time, and there are more.
CONTINUE_AFTER = timedelta(minutes=5)
#: After so long a job begins no further source: a worker has letters to send, and what is due stays due.
JOB_SECONDS = 600.0
PHOTO_SECONDS = 240.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one source: `problem` is a sentence for staff, and empty where all went well."""

    key: str
    problem: str = ""
    report: LoadReport | None = None
    #: Of what was loaded, or was found to be the same as last time; empty where it has to be read again.
    checksum: str = ""
    has_more: bool = False

    @property
    def was_read(self) -> bool:
        """Whether the source could be had and read, though a part of it may have been held back."""
        return self.report is not None or bool(self.checksum)

    @property
    def is_unchanged(self) -> bool:
        return self.report is None and bool(self.checksum)


@dataclass(frozen=True, slots=True)
class _Claim:
    key: str
    lease_until: datetime
    #: Of the file that was loaded last.
    checksum: str


def configured() -> list[str]:
    """The sources that LEGISLATORS_SYNC names, each once, in its order."""
    return list(dict.fromkeys(word.strip().lower() for word in settings.LEGISLATORS_SYNC if word.strip()))


def due(*, now: datetime | None = None) -> list[str]:
    """The configured sources that are due and that nobody has in hand."""
    keys = configured()
    for key in keys:
        DataSource.objects.get_or_create(key=key)
    waiting = set(_free(now or timezone.now()).filter(key__in=keys).values_list("key", flat=True))
    return [key for key in keys if key in waiting]


def enqueue_due() -> bool:
    """Asks the workers for a run if a source is due; whether it did.

    :raises redis.RedisError: while the queue is away. The clock tells it and asks again.
    """
    return bool(due()) and queue.ask_for_sync()


def run(
    *,
    keys: Sequence[str] | None = None,
    is_forced: bool = False,
    seconds: float | None = None,
    progress: Progress = loading.silent,
) -> list[Outcome]:
    """Brings the sources up to date, one after the other; one that fails does not stop the next.

    :param keys: which; the configured ones unless given.
    :param is_forced: also those that are not due, and also a file that is the same as last time.
    :param seconds: after so long no further source is begun; what is due stays due.
    :returns: an outcome for each source that was due and free.
    """
    started = time.monotonic()
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory() as folder:
        downloads = Downloads(Path(folder), progress)
        for key in configured() if keys is None else dict.fromkeys(keys):
            if seconds is not None and time.monotonic() - started >= seconds:
                break
            claim = _claim(key, is_forced)
            if claim is None:
                progress(f"{key}: not due, or in hand elsewhere.")
                continue
            outcome = _attempt(claim, downloads, is_forced, progress)
            _finish(claim, outcome)
            outcomes.append(outcome)
    return outcomes


def _free(now: datetime) -> "QuerySet[DataSource]":
    return _unclaimed(now).filter(Q(due_at=None) | Q(due_at__lte=now))


def _unclaimed(now: datetime) -> "QuerySet[DataSource]":
    return DataSource.objects.filter(Q(lease_until=None) | Q(lease_until__lte=now))


def _claim(key: str, is_forced: bool) -> _Claim | None:
    """Takes the source, unless it is not due or somebody else has it: one update decides between two runs."""
    now = timezone.now()
    DataSource.objects.get_or_create(key=key)
    rows = _unclaimed(now) if is_forced else _free(now)
    lease_until = now + LEASE
    if not rows.filter(key=key).update(lease_until=lease_until, tried_at=now):
        return None
    return _Claim(key, lease_until, DataSource.objects.values_list("checksum", flat=True).get(key=key))


def _attempt(claim: _Claim, downloads: Downloads, is_forced: bool, progress: Progress) -> Outcome:
    key = claim.key
    try:
        if key == sync_sources.PHOTOS:
            copied = photos.copy(seconds=PHOTO_SECONDS, progress=progress)
            return Outcome(key, report=copied.report, has_more=copied.has_more)
        source = sync_sources.find(key)
        folder, checksum = downloads.of(source)
        if checksum == claim.checksum and not is_forced:
            return Outcome(key, checksum=checksum)
        report = source.load(folder)
    except (DownloadError, LoadError, UnknownSourceError) as error:
        # Not where on this machine it lay for a minute.
        return Outcome(key, problem=f"Nothing was changed. {str(error).replace(f'{downloads.root}/', '')}")
    except Exception as error:
        # A fault of ours in one source must not keep the others from being brought up to date.
        logger.exception("the sync of %s stopped", key)
        return Outcome(key, problem=f"Nothing was changed. An unexpected error stopped it ({type(error).__name__}).")
    if report.held:
        # Not the checksum: somebody may let the rest in, and then the same file has to be read again.
        return Outcome(key, problem=" ".join(report.held), report=report)
    return Outcome(key, report=report, checksum=checksum)


def _finish(claim: _Claim, outcome: Outcome) -> None:
    now = timezone.now()
    interval = timedelta(hours=settings.LEGISLATORS_SYNC_HOURS)
    wait = interval if outcome.was_read else min(RETRY_AFTER, interval)
    values: dict[str, object] = {
        "lease_until": None,
        "due_at": now + (CONTINUE_AFTER if outcome.has_more else wait),
        "problem": outcome.problem,
    }
    if outcome.was_read:
        values["checksum"] = outcome.checksum
    if not outcome.problem:
        values["succeeded_at"] = now
    # Unless the lease ended meanwhile and another run has taken the source: then it is that one's to tell.
    is_ours = DataSource.objects.filter(key=claim.key, lease_until=claim.lease_until).update(**values)
    if outcome.problem:
        logger.error("the sync of %s: %s", claim.key, outcome.problem)
    elif not is_ours:
        logger.warning("the sync of %s took longer than its lease; another run has it now", claim.key)
    else:
        what = "the same file as last time" if outcome.is_unchanged else outcome.report and outcome.report.summary
        logger.info("the sync of %s: %s", claim.key, what)
