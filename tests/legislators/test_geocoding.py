"""The chain of geocoders."""

import logging

import pytest

from legislators.adapters.geocoding import GeocoderUnavailableError
from legislators.engine.resolution import Certainty, GeocodedPoint, Point, PostalAddress
from legislators.services import geocoding
from legislators.services.geocoding import CircuitBreaker

ADDRESS = PostalAddress("5 Maple St", "Birchfield", "ax", "69903")
POINT = GeocodedPoint(Point(-41.4, 39.5), Certainty.ROOFTOP, "fake")


class Fake:
    """Answers what its class was told, and counts how often it was asked."""

    name = "fake"
    asks_network = False
    answer: object = None
    asked = 0

    def locate(self, address):
        type(self).asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class First(Fake):
    name = "first"


class Second(Fake):
    name = "second"
    asks_network = True


@pytest.fixture(autouse=True)
def chain(settings, monkeypatch):
    geocoding.forget_failures()
    settings.GEOCODERS = [f"{__name__}.First", f"{__name__}.Second"]
    for fake in (First, Second):
        monkeypatch.setattr(fake, "answer", None)
        monkeypatch.setattr(fake, "asked", 0)
    yield
    geocoding.forget_failures()


def test_the_first_that_knows_is_believed():
    First.answer = POINT
    assert geocoding.geocode(address=ADDRESS) == POINT
    assert Second.asked == 0


def test_the_next_is_asked_when_one_does_not_know():
    Second.answer = POINT
    assert geocoding.geocode(address=ADDRESS) == POINT


def test_nobody_knows():
    assert geocoding.geocode(address=ADDRESS) is None


def test_one_that_is_away_does_not_hide_one_that_knows():
    First.answer, Second.answer = GeocoderUnavailableError("away"), POINT
    assert geocoding.geocode(address=ADDRESS) == POINT


def test_not_found_is_not_said_while_somebody_could_not_be_asked():
    First.answer = GeocoderUnavailableError("away")
    with pytest.raises(GeocoderUnavailableError):
        geocoding.geocode(address=ADDRESS)


def test_an_invented_address_stays_in_the_house():
    Second.answer = POINT
    assert geocoding.geocode(address=ADDRESS, is_sample=True) is None
    assert Second.asked == 0


def test_one_that_keeps_failing_is_left_alone():
    First.answer = GeocoderUnavailableError("away")
    for _ in range(5):
        with pytest.raises(GeocoderUnavailableError):
            geocoding.geocode(address=ADDRESS)
    assert First.asked == 3


def test_the_log_names_the_geocoder_and_no_address(caplog):
    caplog.set_level(logging.DEBUG)
    First.answer = GeocoderUnavailableError("away")
    with pytest.raises(GeocoderUnavailableError):
        geocoding.geocode(address=ADDRESS)
    assert "first is unavailable" in caplog.text
    assert "Maple" not in caplog.text


def test_a_breaker_closes_after_its_rest(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(geocoding.time, "monotonic", lambda: now[0])
    breaker = CircuitBreaker(failures=2, rest_seconds=60)
    breaker.failed()
    assert not breaker.is_open
    breaker.failed()
    assert breaker.is_open
    now[0] += 61
    assert not breaker.is_open
    breaker.succeeded()
    breaker.failed()
    assert not breaker.is_open
