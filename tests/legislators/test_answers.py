"""What is remembered of look-ups, for how long, and what never is."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.utils import timezone

from legislators.adapters.geocoding import GeocoderUnavailableError
from legislators.engine.resolution import (
    Certainty,
    ClaimedDistrict,
    GeocodedPoint,
    Point,
    PostalAddress,
    Problem,
)
from legislators.models import DataLoad, GeocodeAnswer
from legislators.services import answers, geocoding, resolution
from tests.factories import legislators as make

pytestmark = pytest.mark.django_db

HOME = PostalAddress("5 Maple Street, Apt 3", "Rutland", "VT", "05701")
CLEAR, AT_THE_LINE = Point(-72.5, 43.5), Point(-72.0001, 43.5)


class ElsewhereGeocoder:
    """Somebody else's."""

    name = "elsewhere"
    asks_network = True

    def locate(self, address):
        raise AssertionError("the test says what is found")


@pytest.fixture
def vermont(settings):
    """Two house districts side by side, of a real state: an invented one's addresses never leave the house."""
    settings.GEOCODERS = [f"{__name__}.ElsewhereGeocoder"]
    state = make.jurisdiction("vt", name="Vermont", zip_prefixes=["057"], is_sample=False)
    west = make.division("sldl", "west", "West", state=state)
    east = make.division("sldl", "east", "East", state=state)
    make.boundary(west, (-73, 43, -72, 44), geoid="50001")
    make.boundary(east, (-72, 43, -71, 44), geoid="50002")
    return make.member(west, "Bronwyn Lindqvist")


@pytest.fixture
def asked(monkeypatch):
    """Every address that a geocoder was asked for; answers with `asked.answer`, or raises it."""

    class Asked(list):
        answer: object = GeocodedPoint(CLEAR, Certainty.ROOFTOP, "elsewhere")

    log = Asked()

    def geocode(*, address, is_sample=False):
        log.append(address)
        if isinstance(log.answer, Exception):
            raise log.answer
        return log.answer

    monkeypatch.setattr(geocoding, "geocode", geocode)
    return log


def resolve(address=HOME, **values):
    return resolution.resolve_address(address=address, **values)


def test_the_same_address_is_asked_once(vermont, asked):
    first, second = resolve(), resolve()
    assert len(asked) == 1
    assert first.representations[0].official_ids == (vermont.pk,)
    assert (second.certainty, second.source, second.representations) == (
        Certainty.ROOFTOP, "elsewhere", first.representations,
    )  # fmt: skip
    assert (first.point, second.point) == (CLEAR, None)


def test_neither_the_address_nor_where_it_is_can_be_read_from_what_is_kept(vermont, asked):
    resolve()
    (row,) = GeocodeAnswer.objects.values()
    kept = repr(row).lower()
    for secret in ("maple", "rutland", "05701", "72.5", "43.5"):
        assert secret not in kept
    assert len(row["key"]) == 64


def test_without_the_sites_key_the_hash_of_a_guessed_address_is_another(vermont, asked, settings):
    resolve()
    key = GeocodeAnswer.objects.get().key
    settings.SECRET_KEY = "another site's"
    resolve()
    assert len(asked) == 2
    assert GeocodeAnswer.objects.exclude(key=key).count() == 1


def test_spelling_and_unit_make_no_other_question(vermont, asked):
    resolve()
    resolve(PostalAddress("5 MAPLE ST", "rutland", "Vermont", "05701-1234"))
    assert len(asked) == 1
    resolve(PostalAddress("7 Maple St", "Rutland", "VT", "05701"))
    assert len(asked) == 2


def test_two_houses_whose_numbers_begin_alike_are_two_questions(vermont, asked):
    for number in ("37-12", "37-45", "37"):
        resolve(PostalAddress(f"{number} 82nd St", "Rutland", "VT", "05701"))
    assert len(asked) == 3


@pytest.mark.parametrize(
    "street", ["5 County Road No. {}", "5 County Road #{}", "5 Lot {} Road", "5 Route No {} Apt 1"]
)
def test_a_roads_number_is_no_unit(vermont, asked, street):
    for number in (5, 6):
        resolve(PostalAddress(street.format(number), "Rutland", "VT", "05701"))
    assert len(asked) == 2


def test_another_plan_is_another_question(vermont, asked):
    resolve()
    make.BoundarySet.objects.update(checksum="other lines")
    resolve()
    assert len(asked) == 2


def test_another_order_of_geocoders_is_another_question(vermont, asked, settings):
    resolve()
    settings.GEOCODERS = ["legislators.adapters.street_ranges.StreetRangeGeocoder", *settings.GEOCODERS]
    resolve()
    assert len(asked) == 2


def test_new_streets_of_our_own_are_asked_first(vermont, asked):
    resolve()
    now = timezone.now()
    DataLoad.objects.create(kind=DataLoad.Kind.STREETS, source="tl_2024_50021_addrfeat", started_at=now)
    resolve()
    assert len(asked) == 2


def test_what_is_remembered_answers_for_the_day_that_is_asked_about(vermont, asked):
    resolve()
    make.Term.objects.update(end=date(2027, 1, 6))
    assert resolve(on=date(2027, 1, 5)).representations[0].official_ids == (vermont.pk,)
    assert resolve(on=date(2027, 1, 6)).representations[0].official_ids == ()
    assert len(asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        GeocodedPoint(AT_THE_LINE, Certainty.ROOFTOP, "elsewhere"),
        GeocodedPoint(CLEAR, Certainty.ROOFTOP, "elsewhere", districts=(ClaimedDistrict("sldl", geoid="50002"),)),
        GeocodedPoint(CLEAR, Certainty.STREET, "elsewhere"),
        GeocodedPoint(CLEAR, Certainty.ROOFTOP, "street_ranges"),
        GeocodedPoint(Point(10, 10), Certainty.ROOFTOP, "elsewhere"),
        GeocoderUnavailableError("away"),
    ],
    ids=["near a line", "in conflict", "only the street", "found by ourselves", "outside", "away"],
)
def test_what_needs_its_point_or_costs_nothing_is_not_remembered(vermont, asked, answer):
    asked.answer = answer
    resolve()
    assert not GeocodeAnswer.objects.exists()
    resolve()
    assert len(asked) == 2


def test_that_nobody_knows_an_address_is_remembered_for_an_hour(vermont, asked):
    asked.answer = None
    with time_machine.travel("2026-11-22 12:00", tick=False) as clock:
        assert resolve().problems == resolve().problems == (Problem.STREET_NOT_FOUND,)
        assert len(asked) == 1
        clock.shift(timedelta(minutes=61))
        resolve()
    assert len(asked) == 2


def test_an_answer_is_remembered_for_thirty_days(vermont, asked):
    with time_machine.travel("2026-11-22 12:00", tick=False) as clock:
        resolve()
        clock.shift(timedelta(days=29))
        resolve()
        assert len(asked) == 1
        clock.shift(timedelta(days=2))
        resolve()
    assert len(asked) == 2
    assert GeocodeAnswer.objects.count() == 1


def test_nothing_is_remembered_where_the_society_wants_nothing_remembered(vermont, asked, settings):
    settings.GEOCODER_REMEMBER_DAYS = settings.GEOCODER_REMEMBER_NOT_FOUND_MINUTES = 0
    resolve()
    asked.answer = None
    resolve()
    assert not GeocodeAnswer.objects.exists()


def test_a_site_that_asks_nobody_remembers_nothing(vermont, asked, settings):
    settings.GEOCODERS = ["legislators.adapters.street_ranges.StreetRangeGeocoder"]
    asked.answer = None
    resolve()
    assert not GeocodeAnswer.objects.exists()


def test_an_address_of_an_invented_state_is_not_remembered(asked, settings):
    settings.GEOCODERS = [f"{__name__}.ElsewhereGeocoder"]
    make.SmallState()
    asked.answer = GeocodedPoint(Point(-41.5, 39.5), Certainty.ROOFTOP, "elsewhere")
    resolve(PostalAddress("5 Maple St", "Birchfield", "AX", "69903"))
    assert not GeocodeAnswer.objects.exists()


def test_a_database_that_refuses_to_remember_fails_nobody(vermont, asked, monkeypatch, caplog):
    def refuse(*args, **values):
        raise DatabaseError("disk full at 5 Maple Street")

    monkeypatch.setattr(GeocodeAnswer.objects, "update_or_create", refuse)
    monkeypatch.setattr(GeocodeAnswer.objects, "filter", refuse)
    assert resolve().representations[0].official_ids == (vermont.pk,)
    assert "Maple" not in caplog.text
    assert "not remembered" in caplog.text


def test_what_is_no_longer_understood_is_asked_anew(vermont, asked):
    resolve()
    GeocodeAnswer.objects.update(districts={"sldl": "nonsense"})
    assert resolve().representations[0].official_ids == (vermont.pk,)
    assert len(asked) == 2


def test_purging_takes_what_has_expired_and_nothing_else(vermont, asked):
    resolve()
    resolve(PostalAddress("7 Maple St", "Rutland", "VT", "05701"))
    GeocodeAnswer.objects.filter(pk=GeocodeAnswer.objects.first().pk).update(expires_at=timezone.now())
    assert answers.purge() == 1
    assert answers.purge() == 0
    assert GeocodeAnswer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_visitor_does_not_wait_for_a_loader_to_be_remembered(vermont, asked):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has one writer at a time")
    import sqlite3
    import time

    path = connection.settings_dict["NAME"]
    if "memory" in str(path):
        pytest.skip("a database in memory has no other process that writes")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        began = time.monotonic()
        assert resolve().representations[0].official_ids == (vermont.pk,)
        assert time.monotonic() - began < 5
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert not GeocodeAnswer.objects.exists()
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (20000,)
