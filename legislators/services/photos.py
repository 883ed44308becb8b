"""Copies officials' photos into our own media, so that a public page asks no other host for anything."""

import hashlib
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import zip_longest
from urllib.parse import urlsplit

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from legislators.adapters import photo_files
from legislators.adapters.photo_files import PhotoError, PhotoFetcher, WebPhotos
from legislators.engine.people import Refusal
from legislators.records.loads import DataLoad
from legislators.records.officials import Official
from legislators.selectors import seats
from legislators.services import loading
from legislators.services.loading import LoadReport, Progress

#: A photo that could not be had is asked for again after this.
RETRY_AFTER = timedelta(days=7)
#: Between two requests to the same host.
PAUSE_SECONDS = 1.0
#: A host that does not answer so many times running is left alone for the rest of the run.
_MOST_SILENCES = 3
_PROGRESS_EVERY = 50


@dataclass(frozen=True, slots=True)
class Copied:
    """What a run did. `has_more` if photos are left that this run had no time for."""

    report: LoadReport
    has_more: bool = False


@dataclass(slots=True)
class _Hosts:
    """Asks each host at most once a second, and one that is away no more."""

    sleep: Callable[[float], None]
    _free_at: dict[str, float] = field(default_factory=dict)
    _silences: Counter[str] = field(default_factory=Counter)

    def is_away(self, host: str) -> bool:
        return self._silences[host] >= _MOST_SILENCES

    def wait_for(self, host: str) -> None:
        pause = self._free_at.get(host, 0.0) - time.monotonic()
        if pause > 0:
            self.sleep(pause)
        self._free_at[host] = time.monotonic() + PAUSE_SECONDS

    def note(self, host: str, *, was_silent: bool) -> None:
        self._silences[host] = self._silences[host] + 1 if was_silent else 0


def copy(
    *,
    seconds: float | None = None,
    fetcher: PhotoFetcher | None = None,
    sleep: Callable[[float], None] = time.sleep,
    progress: Progress = loading.silent,
) -> Copied:
    """Copies the photos of people in office that are new or that moved, and drops those that the source took back.

    Each photo is written by itself: a run that is broken off keeps what it has.

    :param seconds: after so long no further photo is asked for.
    :param fetcher: what asks for them; the web unless given.
    """
    started = time.monotonic()
    fetcher, hosts, report = fetcher or WebPhotos(), _Hosts(sleep), LoadReport()
    report.retired = _drop_those_taken_back()
    waiting = list(wanted())
    has_more = False
    for place, official in enumerate(_by_turns(waiting), start=1):
        if seconds is not None and time.monotonic() - started >= seconds:
            has_more = True
            break
        host = _host(official)
        if hosts.is_away(host):
            continue
        hosts.wait_for(host)
        try:
            content = photo_files.thumbnail(fetcher.fetch(official.photo_source_url))
        except PhotoError as error:
            hosts.note(host, was_silent=error.is_host_away)
            report.refused.append(Refusal(f"{official.name} ({host})", str(error)))
            Official.objects.filter(pk=official.pk).update(photo_tried_at=timezone.now())
        else:
            hosts.note(host, was_silent=False)
            is_new = not official.photo
            _keep(official, content)
            report.added += is_new
            report.changed += not is_new
        if place % _PROGRESS_EVERY == 0:
            progress(f"{place} of {len(waiting)} photos …")
    if report.added or report.changed or report.retired or report.refused:
        loading.record(report, kind=DataLoad.Kind.PHOTOS, source="photos")
    return Copied(report, has_more)


def wanted() -> QuerySet[Official]:
    """People in office whose photo the source has and we do not, leaving out what failed within a week."""
    long_ago = timezone.now() - RETRY_AFTER
    return (
        Official.objects.filter(pk__in=seats.current_terms().values("official_id"))
        .exclude(photo_source_url="")
        .exclude(photo_source_url=F("photo_copied_from"), photo__gt="")
        .filter(Q(photo_tried_at=None) | Q(photo_tried_at__lte=long_ago))
        .order_by("pk")
    )


def _by_turns(officials: list[Official]) -> Iterator[Official]:
    """One of each host, then the second of each, so that the pause between two of a host passes with the others."""
    by_host: dict[str, list[Official]] = defaultdict(list)
    for official in officials:
        by_host[_host(official)].append(official)
    for turn in zip_longest(*by_host.values()):
        yield from (official for official in turn if official is not None)


def _host(official: Official) -> str:
    try:
        return urlsplit(official.photo_source_url).hostname or ""
    except ValueError:
        return ""


def _keep(official: Official, content: bytes) -> None:
    """Writes the copy under a name of its own content, so that no browser shows the old one from its cache."""
    old = (official.photo.name or "") if official.photo else ""
    name = f"{official.pk}-{hashlib.sha256(content).hexdigest()[:12]}.jpg"
    storage = official.photo.storage
    if old != official.photo.field.generate_filename(official, name) or not storage.exists(old):
        official.photo.save(name, ContentFile(content), save=False)
    official.photo_copied_from = official.photo_source_url
    # Notes failures only: a source that moves a photo tomorrow is not kept waiting by today's success.
    official.photo_tried_at = None
    official.save(update_fields=["photo", "photo_copied_from", "photo_tried_at"])
    if old and old != official.photo.name:
        transaction.on_commit(partial(storage.delete, old))


def _drop_those_taken_back() -> int:
    """Where the source has a photo no longer, ours goes too; of people in office, for of the others it says nothing."""
    sitting = seats.current_terms().values("official_id")
    dropped = 0
    for official in Official.objects.filter(
        pk__in=sitting, photo_source_url="", photo__gt="", photo_copied_from__gt=""
    ):
        storage, old = official.photo.storage, str(official.photo.name)
        official.photo, official.photo_copied_from = "", ""
        official.save(update_fields=["photo", "photo_copied_from"])
        transaction.on_commit(partial(storage.delete, old))
        dropped += 1
    return dropped
