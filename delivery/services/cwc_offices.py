"""Keeps the lists of offices that take letters by CWC, and keeps what it has when the new looks wrong."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from delivery.adapters.cwc import configuration, offices, wakeups
from delivery.adapters.cwc.offices import ListedOffice, OfficesUnavailable
from delivery.engine.cwc import timing
from delivery.engine.cwc.chambers import CHAMBERS
from delivery.records.cwc_offices import CwcOffice, CwcOfficeList

logger = logging.getLogger(__name__)

REFRESH_AFTER = timedelta(hours=24)
#: After a try that brought nothing.
RETRY_AFTER = timedelta(hours=4)
#: A list that lost more than a quarter of its offices is taken for a broken one; after an election staff say so.
_SMALLEST_PART = 0.75
#: Of so few, a quarter is one or two.
_FEWEST_TO_COMPARE = 8


@dataclass(frozen=True, slots=True)
class Refreshed:
    """`problem` is for the staff, and empty where the list was taken over."""

    chamber: str
    active: int = 0
    joined: int = 0
    left: int = 0
    problem: str = ""


def refresh(*, chamber: str, accepts_fewer: bool = False) -> Refreshed:
    """Asks the chamber for its list and takes it over, whole or not at all.

    :param accepts_fewer: somebody has looked: the list may be much shorter than the one before.
    """
    now = timezone.now()
    if not configuration.key(chamber):
        return _failed(chamber, now, "there is no key")
    try:
        listed = offices.fetch(chamber)
    except OfficesUnavailable as error:
        return _failed(chamber, now, str(error))
    known = CwcOffice.objects.filter(chamber=chamber, is_active=True).count()
    if not listed:
        return _failed(chamber, now, "the list is empty")
    if not accepts_fewer and known >= _FEWEST_TO_COMPARE and len(listed) < known * _SMALLEST_PART:
        return _failed(chamber, now, f"the list has {len(listed)} offices, the one before had {known}")
    return _take_over(chamber, listed, now)


def refresh_due(*, now: datetime | None = None) -> list[Refreshed]:
    """`refresh` of each chamber whose list is due."""
    return [refresh(chamber=chamber) for chamber in due(now=now)]


def due(*, now: datetime | None = None) -> list[str]:
    """The chambers that are switched on, are open, and whose list was had a day ago or could not be had of late."""
    now = now or timezone.now()
    wanted = [
        chamber for chamber in CHAMBERS if configuration.is_on(chamber) and not timing.seconds_until_open(chamber, now)
    ]
    tried = {entry.chamber: entry for entry in CwcOfficeList.objects.filter(chamber__in=wanted)} if wanted else {}
    return [chamber for chamber in wanted if chamber not in tried or _is_due(tried[chamber], now)]


def enqueue_due() -> bool:
    """Asks the workers for the lists that are due; whether it did.

    :raises redis.RedisError: while the queue is away. The clock tells it and asks again.
    """
    return bool(due()) and wakeups.ask_for_offices()


def _is_due(entry: CwcOfficeList, now: datetime) -> bool:
    return entry.tried_at <= now - (RETRY_AFTER if entry.problem else REFRESH_AFTER)


def _failed(chamber: str, now: datetime, problem: str) -> Refreshed:
    CwcOfficeList.objects.update_or_create(chamber=chamber, defaults={"tried_at": now, "problem": problem[:200]})
    logger.error("the list of offices of %s stays as it was: %s", chamber, problem)
    return Refreshed(chamber, CwcOffice.objects.filter(chamber=chamber, is_active=True).count(), problem=problem[:200])


@transaction.atomic
def _take_over(chamber: str, listed: Sequence[ListedOffice], now: datetime) -> Refreshed:
    before = set(CwcOffice.objects.filter(chamber=chamber, is_active=True).values_list("code", flat=True))
    CwcOffice.objects.bulk_create(
        [
            CwcOffice(code=office.code, chamber=chamber, bioguide_id=office.bioguide_id, name=office.name, seen_at=now)
            for office in listed
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["chamber", "bioguide_id", "name", "is_active", "seen_at"],
    )
    codes = {office.code for office in listed}
    left = CwcOffice.objects.filter(chamber=chamber, is_active=True).exclude(code__in=codes).update(is_active=False)
    CwcOfficeList.objects.update_or_create(
        chamber=chamber, defaults={"tried_at": now, "refreshed_at": now, "problem": ""}
    )
    refreshed = Refreshed(chamber, active=len(codes), joined=len(codes - before), left=left)
    logger.info("the list of offices of %s: %d, %d of them new, %d left", chamber, len(codes), refreshed.joined, left)
    return refreshed
