"""Remembers in which districts an address lies, without the address: the same question need not leave the server twice.

What is remembered is what the outlines said of the point, not the point. Four things are not remembered: that a
geocoder was away; what a local geocoder knew (asking it again costs less, and tells nobody); and what lay near a
boundary or in conflict, for the person then needs the point on a map, which is not kept.
"""

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from legislators.adapters.geocoding import Geocoder, geocoder_class
from legislators.engine.addresses import parse_street, street_key
from legislators.engine.resolution import Certainty, PostalAddress
from legislators.records.answers import GeocodeAnswer
from legislators.services.candidacy import Ground
from legislators.services.lookups import Hit

logger = logging.getLogger(__name__)

_FORM = 1
#: SQLite has one writer: a visitor does not wait for a loader to be done, but goes without being remembered.
_WAIT_MILLISECONDS = 250
_BATCH = 1000
_is_forgetful: ContextVar[bool] = ContextVar("_is_forgetful", default=False)


@dataclass(frozen=True, slots=True)
class Remembered:
    """`hits` by kind of district; without any where no geocoder knew the address."""

    certainty: Certainty
    geocoder: str
    hits: Mapping[str, Hit]


def key_of(ground: Ground, address: PostalAddress) -> str:
    """A keyed hash of the normalised address, who is asked in which order, and what the answer would be made from.

    Other plans, other geocoders or other streets of our own make it another question.
    """
    street = parse_street(address.street)
    plans = sorted((plan.kind, plan.number, plan.checksum) for plan in ground.plans.values())
    question = [
        _FORM,
        # "37-12" and "37-45" begin with one number and are two houses.
        address.street.upper()
        if not street.number or "-" in address.street
        else [street.number, street.extra, street.key],
        street_key(address.city),
        address.state,
        address.zip_code,
        [geocoder.name for geocoder in _geocoders()],
        plans,
        ground.day.atlas.streets_version,
    ]
    return salted_hmac("legislators.answers", json.dumps(question), algorithm="sha256").hexdigest()


@contextmanager
def forgetful() -> Iterator[None]:
    """Within, nothing that is looked up is remembered: somebody only tries out what would come of an address."""
    token = _is_forgetful.set(True)
    try:
        yield
    finally:
        _is_forgetful.reset(token)


def recall(key: str) -> Remembered | None:
    """What is remembered of the question, if it has not expired."""
    try:
        # A savepoint keeps an outer transaction usable. Without one, SQLite would take its write lock for reading.
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            row = GeocodeAnswer.objects.filter(key=key, expires_at__gt=timezone.now()).first()
        if row is None:
            return None
        hits = {kind: Hit(tuple(inside), tuple(possible)) for kind, (inside, possible) in row.districts.items()}
        return Remembered(Certainty(row.certainty), row.geocoder, hits)
    except (DatabaseError, ValueError, TypeError, AttributeError) as error:
        logger.warning("A remembered look-up could not be read (%s)", type(error).__name__)
        return None


def remember(key: str, *, geocoder: str, certainty: Certainty, hits: Mapping[str, Hit]) -> None:
    """Writes down what the outlines said; never fails.

    :param geocoder: who found the address; "" where nobody knew it, which is remembered for a shorter time.
    """
    lasts = (
        timedelta(days=settings.GEOCODER_REMEMBER_DAYS)
        if geocoder
        else timedelta(minutes=settings.GEOCODER_REMEMBER_NOT_FOUND_MINUTES)
    )
    if not lasts or _is_forgetful.get() or not _asked_network(geocoder):
        return
    values = {
        "geocoder": geocoder,
        "certainty": certainty.value,
        "districts": {kind: [hit.inside, hit.possible] for kind, hit in hits.items()},
        "created_at": timezone.now(),
        "expires_at": timezone.now() + lasts,
    }
    try:
        with _impatiently(), transaction.atomic():
            GeocodeAnswer.objects.update_or_create(key=key, defaults=values)
    except DatabaseError as error:
        logger.warning("A look-up was not remembered (%s)", type(error).__name__)


def purge() -> int:
    """Deletes what has expired; returns how many rows that were."""
    expired = GeocodeAnswer.objects.filter(expires_at__lte=timezone.now())
    total = 0
    while numbers := list(expired.values_list("pk", flat=True)[:_BATCH]):
        total += GeocodeAnswer.objects.filter(pk__in=numbers).delete()[0]
    return total


def _geocoders() -> list[type[Geocoder]]:
    return [geocoder_class(name) for name in settings.GEOCODERS]


def _asked_network(geocoder: str) -> bool:
    """Whether that geocoder, or where nobody knew any of them, is somebody else's."""
    return any(one.asks_network for one in _geocoders() if geocoder in ("", one.name))


@contextmanager
def _impatiently() -> Iterator[None]:
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        (before,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {_WAIT_MILLISECONDS:d}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(before):d}")
