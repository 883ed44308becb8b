"""Asks the configured geocoders in turn, and leaves one alone for a while that keeps failing."""

import logging
import threading
import time

from django.conf import settings
from django.utils.module_loading import import_string

from legislators.adapters.geocoding import Geocoder, GeocoderUnavailableError
from legislators.engine.resolution import GeocodedPoint, PostalAddress

logger = logging.getLogger(__name__)

_FAILURES_TO_OPEN = 3
_REST_SECONDS = 60.0


class CircuitBreaker:
    """Counts failures in a row in this process. Every visitor would otherwise wait for the same time-out."""

    def __init__(self, *, failures: int = _FAILURES_TO_OPEN, rest_seconds: float = _REST_SECONDS) -> None:
        self._failures_to_open, self._rest_seconds = failures, rest_seconds
        self._failures = 0
        self._rests_until = 0.0
        self._lock = threading.Lock()

    @property
    def is_open(self) -> bool:
        """Whether to leave the service alone. After the rest one caller tries, and the others with it."""
        return time.monotonic() < self._rests_until

    def succeeded(self) -> None:
        with self._lock:
            self._failures, self._rests_until = 0, 0.0

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= self._failures_to_open:
                self._rests_until = time.monotonic() + self._rest_seconds


_breakers: dict[str, CircuitBreaker] = {}


def forget_failures() -> None:
    """Closes every circuit breaker of this process."""
    _breakers.clear()


def geocode(*, address: PostalAddress, is_sample: bool = False) -> GeocodedPoint | None:
    """Where a normalised address is, from the first geocoder of `settings.GEOCODERS` that knows.

    None means that every geocoder answered and none knows the address.

    :param is_sample: the address is of an invented state, and stays in the house.
    :raises GeocoderUnavailableError: if nobody knew, and at least one could not be asked.
    """
    unavailable: GeocoderUnavailableError | None = None
    for path in settings.GEOCODERS:
        geocoder: Geocoder = import_string(path)()
        if is_sample and geocoder.asks_network:
            continue
        breaker = _breakers.setdefault(geocoder.name, CircuitBreaker())
        if breaker.is_open:
            unavailable = GeocoderUnavailableError(f"{geocoder.name} failed too often and is left alone for now")
            continue
        try:
            found = geocoder.locate(address)
        except GeocoderUnavailableError as error:
            breaker.failed()
            # The message of this error never has an address in it; a traceback could.
            logger.warning("Geocoder %s is unavailable: %s", geocoder.name, error)
            unavailable = error
            continue
        breaker.succeeded()
        if found is not None:
            return found
    if unavailable is not None:
        raise unavailable
    return None
