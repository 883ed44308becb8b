"""The chain of geocoders, and the settings that make it."""

import logging

import pytest
from django.core.checks import run_checks
from django.db import OperationalError

from legislators import checks
from legislators.adapters import circuit_breakers
from legislators.adapters.circuit_breakers import CircuitBreaker
from legislators.adapters.geocoding import GeocoderUnavailableError
from legislators.engine.resolution import Certainty, GeocodedPoint, Point, PostalAddress
from legislators.records.answers import GeocoderDay
from legislators.services import geocoding

ADDRESS = PostalAddress("5 Maple St", "Birchfield", "ax", "69903")
POINT = GeocodedPoint(Point(-41.4, 39.5), Certainty.ROOFTOP, "fake")
STREET = GeocodedPoint(Point(-41.5, 39.5), Certainty.STREET, "fake")
pytestmark = pytest.mark.django_db


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


def test_one_that_knows_only_the_street_is_not_the_last_to_be_asked():
    First.answer, Second.answer = STREET, POINT
    assert geocoding.geocode(address=ADDRESS) == POINT


@pytest.mark.parametrize("second", [None, STREET, GeocoderUnavailableError("away")])
def test_the_street_is_answered_where_nobody_knows_the_house(second):
    First.answer, Second.answer = STREET, second
    assert geocoding.geocode(address=ADDRESS) is STREET
    assert Second.asked == 1


def test_an_adapter_s_mistake_does_not_stop_a_visitor(caplog):
    First.answer, Second.answer = KeyError("5 Maple St"), POINT
    assert geocoding.geocode(address=ADDRESS) == POINT
    assert "KeyError" in caplog.text
    assert "Maple" not in caplog.text


def test_a_database_that_is_away_is_not_a_geocoder_s_fault():
    First.answer = OperationalError("away")
    with pytest.raises(OperationalError):
        geocoding.geocode(address=ADDRESS)


@pytest.mark.parametrize("name", ["nobody", "legislators.nowhere.Geocoder", "legislators.services.geocoding.geocode"])
def test_a_name_that_is_no_geocoder_leaves_the_others_to_be_asked(settings, name):
    settings.GEOCODERS = [name, f"{__name__}.Second"]
    Second.answer = POINT
    assert geocoding.geocode(address=ADDRESS) == POINT


def test_the_demonstration_s_geocoder_is_not_asked_about_real_addresses(settings, django_assert_num_queries):
    settings.GEOCODERS = ["sample"]
    with django_assert_num_queries(0):
        assert geocoding.geocode(address=ADDRESS) is None


# --- Circuit breaker ------------------------------------------------------------------------------


@pytest.fixture
def now(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(circuit_breakers.time, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def open_breaker(now):
    breaker = CircuitBreaker(failures=2, rest_seconds=60)
    breaker.failed()
    assert breaker.may_ask()
    breaker.failed()
    return breaker


def test_a_breaker_opens_after_failures_in_a_row(open_breaker):
    assert open_breaker.is_open
    assert not open_breaker.may_ask()


def test_an_answer_between_failures_keeps_a_breaker_closed():
    breaker = CircuitBreaker(failures=2)
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.may_ask()


def test_after_its_rest_a_breaker_lets_a_single_caller_through(open_breaker, now):
    now[0] += 61
    assert open_breaker.may_ask()
    assert not open_breaker.may_ask()
    open_breaker.succeeded()
    assert open_breaker.may_ask()
    assert open_breaker.may_ask()


def test_a_breaker_rests_again_when_the_single_caller_fails(open_breaker, now):
    now[0] += 61
    assert open_breaker.may_ask()
    open_breaker.failed()
    assert not open_breaker.may_ask()
    now[0] += 61
    assert open_breaker.may_ask()


def test_a_caller_who_never_reports_back_does_not_keep_a_breaker_open_for_ever(open_breaker, now):
    now[0] += 61
    assert open_breaker.may_ask()
    now[0] += 61
    assert open_breaker.may_ask()


# --- Settings -------------------------------------------------------------------------------------


def problems(settings, **values):
    for name, value in values.items():
        setattr(settings, name, value)
    return [problem.id for problem in checks.check_geocoder_settings(None)]


def test_the_default_is_in_order(settings):
    assert problems(settings, GEOCODERS=["sample", "street_ranges", "census"]) == []


def test_the_check_is_among_those_that_are_run(settings):
    settings.GEOCODERS = ["nobody"]
    assert "legislators.E001" in [problem.id for problem in run_checks()]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"GEOCODERS": ["sensus"]}, ["legislators.E001"]),
        ({"GEOCODERS": ["no.such.Thing"]}, ["legislators.E001"]),
        ({"GEOCODERS": []}, ["legislators.W001"]),
        ({"GEOCODERS": ["sample"], "GEOCODER_TIMEOUT_SECONDS": 0}, ["legislators.E002"]),
        ({"GEOCODERS": ["geocodio"]}, ["legislators.E003"]),
        ({"GEOCODERS": ["geocodio"], "GEOCODER_GEOCODIO_KEY": "k"}, []),
        ({"GEOCODERS": ["nominatim"]}, ["legislators.E004"]),
        (
            {"GEOCODERS": ["nominatim"], "GEOCODER_NOMINATIM_URL": "https://nominatim.openstreetmap.org"},
            ["legislators.E005"],
        ),
        ({"GEOCODERS": ["nominatim"], "GEOCODER_NOMINATIM_URL": "nominatim.society.example"}, ["legislators.E006"]),
        ({"GEOCODERS": ["nominatim"], "GEOCODER_NOMINATIM_URL": "http://10.0.0.4"}, ["legislators.W002"]),
        ({"GEOCODERS": ["nominatim"], "GEOCODER_NOMINATIM_URL": "https://nominatim.society.example"}, []),
    ],
)
def test_what_is_wrong_with_the_settings_is_said(settings, values, expected):
    assert problems(settings, **values) == expected


def test_nobody_outside_is_asked_without_a_permit_and_our_own_data_answer_all_the_same():
    Second.answer = POINT
    with geocoding.permitted_by(lambda: False), pytest.raises(GeocoderUnavailableError):
        geocoding.geocode(address=ADDRESS)
    assert (First.asked, Second.asked) == (1, 0)
    First.answer = STREET
    with geocoding.permitted_by(lambda: False):
        assert geocoding.geocode(address=ADDRESS) == STREET
    with geocoding.permitted_by(lambda: True):
        assert geocoding.geocode(address=ADDRESS) == POINT


def test_a_permit_is_asked_for_only_where_somebody_outside_would_be_asked(monkeypatch):
    asked = []
    First.answer = POINT
    with geocoding.permitted_by(lambda: bool(asked.append(1)) or True):
        geocoding.geocode(address=ADDRESS)
        assert asked == []
        First.answer = None
        monkeypatch.setattr(First, "asks_network", True)
        geocoding.geocode(address=ADDRESS)
    assert asked == [1]


def test_that_a_visitor_asks_too_often_is_no_failure_of_the_geocoder():
    with geocoding.permitted_by(lambda: False), pytest.raises(GeocoderUnavailableError):
        geocoding.geocode(address=ADDRESS)
    assert circuit_breakers.breaker_of("second").may_ask()
    assert not GeocoderDay.objects.filter(geocoder="second").exists()
