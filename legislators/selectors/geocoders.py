"""How the geocoders fare, for staff."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Max, Sum
from django.utils import timezone

from legislators.adapters import circuit_breakers
from legislators.adapters.geocoding import geocoder_class
from legislators.adapters.sample import SampleGeocoder
from legislators.records.answers import GeocoderDay


@dataclass(frozen=True, slots=True)
class GeocoderHealth:
    """Counts of some days. Of those asked, `found` were known, `failed` were not answered, the rest not known."""

    name: str
    is_configured: bool
    asked: int = 0
    found: int = 0
    failed: int = 0
    #: From 0 to 1; None where nothing was asked.
    answered_share: float | None = None
    found_share: float | None = None
    mean_milliseconds: int | None = None
    last_failure: str = ""
    last_failed_at: datetime | None = None
    #: Left alone for now, because it failed several times in a row, by the process that answers this.
    is_resting: bool = False


def health(*, days: int = 30, on: date | None = None) -> list[GeocoderHealth]:
    """Each configured geocoder in its order, then those that were asked in these days and are configured no longer.

    :param on: the last of the days, today unless given.
    """
    last = on or timezone.localdate()
    rows = GeocoderDay.objects.filter(day__gt=last - timedelta(days=days), day__lte=last)
    sums = {
        row["geocoder"]: row
        for row in rows.order_by().values("geocoder").annotate(
            sum_asked=Sum("asked"), sum_found=Sum("found"), sum_failed=Sum("failed"),
            sum_milliseconds=Sum("milliseconds"), failed_at=Max("last_failed_at"),
        )
    }  # fmt: skip
    failures = {
        (row.geocoder, row.last_failed_at): row.last_failure for row in rows.exclude(last_failed_at__isnull=True)
    }
    configured = configured_names()
    resting = set(circuit_breakers.open_breakers())
    found = []
    for name in [*configured, *sorted(sums.keys() - set(configured))]:
        row = sums.get(name)
        if row is None:
            found.append(GeocoderHealth(name, is_configured=True, is_resting=name in resting))
            continue
        asked = row["sum_asked"]
        found.append(
            GeocoderHealth(
                name=name,
                is_configured=name in configured,
                asked=asked,
                found=row["sum_found"],
                failed=row["sum_failed"],
                answered_share=1 - row["sum_failed"] / asked if asked else None,
                found_share=row["sum_found"] / asked if asked else None,
                mean_milliseconds=round(row["sum_milliseconds"] / asked) if asked else None,
                last_failure=failures.get((name, row["failed_at"]), ""),
                last_failed_at=row["failed_at"],
                is_resting=name in resting,
            )
        )
    return found


def configured_names() -> list[str]:
    """The names of `settings.GEOCODERS` by which the geocoders are counted, without the demonstration's own."""
    names = []
    for name in settings.GEOCODERS:
        try:
            names.append(geocoder_class(name).name)
        except ImportError:
            names.append(name)
    return [name for name in dict.fromkeys(names) if name != SampleGeocoder.name]


def resting() -> list[str]:
    """The geocoders that this process leaves alone at the moment: cheap, no database."""
    return circuit_breakers.open_breakers()
