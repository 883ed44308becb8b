"""Asks the configured geocoders in turn, and leaves one alone for a while that keeps failing."""

import logging
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import DatabaseError
from django.views.decorators.debug import sensitive_variables

from legislators.adapters import circuit_breakers
from legislators.adapters.circuit_breakers import forget_failures
from legislators.adapters.geocoding import Geocoder, GeocoderUnavailableError, geocoder_class
from legislators.adapters.sample import SampleGeocoder
from legislators.engine.resolution import GeocodedPoint, PostalAddress
from legislators.services import geocoder_health
from legislators.services.geocoder_health import Outcome

__all__ = ["forget_failures", "geocode"]

logger = logging.getLogger(__name__)

#: Whether an address may be told to a geocoder outside; None where nobody limits it, as for the staff.
_permit: ContextVar[Callable[[], bool] | None] = ContextVar("_permit", default=None)


@sensitive_variables()
def geocode(*, address: PostalAddress, is_sample: bool = False) -> GeocodedPoint | None:
    """Where a normalised address is, from the first geocoder of `settings.GEOCODERS` that knows the house.

    One that knows the street only is not the last to be asked; its answer, with a certainty that is not exact, is
    given where nobody knows more. None means that every geocoder answered and none knows the address.

    :param is_sample: the address is of an invented state, and stays in the house.
    :raises GeocoderUnavailableError: if nobody knew anything, and at least one could not be asked.
    """
    outcomes: list[Outcome] = []
    may_ask_outside: bool | None = None
    street: GeocodedPoint | None = None
    unavailable: GeocoderUnavailableError | None = None
    try:
        for name in settings.GEOCODERS:
            try:
                geocoder = _geocoder(name)
                if geocoder.asks_network if is_sample else geocoder.name == SampleGeocoder.name:
                    continue
                if geocoder.asks_network:
                    may_ask_outside = _is_permitted() if may_ask_outside is None else may_ask_outside
                    if not may_ask_outside:
                        raise GeocoderUnavailableError("too many addresses were asked for by this visitor's network")
                found = _ask(geocoder, address, outcomes)
            except GeocoderUnavailableError as error:
                unavailable = error
                continue
            if found is not None and found.certainty.is_exact:
                return found
            street = street or found
    finally:
        # How the demonstration's own address book fares is no news.
        if not is_sample:
            geocoder_health.record(outcomes)
    if street is None and unavailable is not None:
        raise unavailable
    return street


@contextmanager
def permitted_by(permit: Callable[[], bool]) -> Iterator[None]:
    """Within, nobody outside is asked for an address unless `permit` says yes; it is asked once for each address.

    What is remembered, and what this site's own data say, is answered all the same.
    """
    token = _permit.set(permit)
    try:
        yield
    finally:
        _permit.reset(token)


def _is_permitted() -> bool:
    permit = _permit.get()
    return permit is None or permit()


def _geocoder(name: str) -> Geocoder:
    try:
        return geocoder_class(name)()
    except Exception as error:
        # `manage.py check` says so before; a visitor who comes nevertheless gets on without it.
        logger.error("GEOCODERS names %s, which is no geocoder (%s)", name, type(error).__name__)
        raise GeocoderUnavailableError(f"{name} is no geocoder") from None


@sensitive_variables()
def _ask(geocoder: Geocoder, address: PostalAddress, outcomes: list[Outcome]) -> GeocodedPoint | None:
    breaker = circuit_breakers.breaker_of(geocoder.name)
    if not breaker.may_ask():
        raise GeocoderUnavailableError(f"{geocoder.name} failed too often and is left alone for now")
    began = time.monotonic()
    found, failure = None, ""
    try:
        found = geocoder.locate(address)
    except GeocoderUnavailableError as error:
        # The message of this error never has an address in it; a traceback could.
        failure = str(error)
        logger.warning("Geocoder %s is unavailable: %s", geocoder.name, failure)
    except DatabaseError:
        breaker.failed()
        raise
    except Exception as error:
        # An adapter's mistake must not stop a visitor; its message may quote the address, the place in the code cannot.
        place = traceback.extract_tb(error.__traceback__)[-1]
        failure = f"{type(error).__name__} in line {place.lineno} of {place.name}"
        logger.error("Geocoder %s broke: %s", geocoder.name, failure)
    outcomes.append(Outcome(geocoder.name, time.monotonic() - began, found is not None and not failure, failure))
    if failure:
        breaker.failed()
        raise GeocoderUnavailableError(failure)
    breaker.succeeded()
    return found
