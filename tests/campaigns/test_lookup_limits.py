"""Addresses that are looked up outside: so many an hour for one network, and an answer for everybody all the same."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from pytest_django import Settings
from wagtail.models import Site

from campaigns.content import lookup_limits
from campaigns.content.protection_settings import ProtectionSettings
from campaigns.records.protection import Attempt
from config.demo import state
from legislators.adapters.geocoding import GeocoderUnavailableError
from legislators.content.find_page import FindLegislatorsPage
from legislators.services import geocoding
from tests.factories import campaigns as make
from tests.factories import home

pytestmark = pytest.mark.django_db
PORT_ALDER = {"street": "21 Main Street", "city": "Port Alder", "state": "AX", "zip_code": "69901"}
UNAVAILABLE = b"cannot look this address up at the moment"


@pytest.fixture
def limits(db: None) -> ProtectionSettings:
    found = ProtectionSettings.for_site(Site.objects.get(is_default_site=True))
    found.lookups_an_hour = 2
    found.save()
    return found


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> list[object]:
    """A site whose geocoder is somebody else's; what it was asked."""
    settings.GEOCODERS = ["sample", "street_ranges"]
    asked: list[object] = []
    real = geocoding.geocode

    def geocode(**arguments: Any) -> object:
        if not geocoding._is_permitted():
            raise GeocoderUnavailableError("too many")
        asked.append(arguments["address"])
        return real(**arguments)

    monkeypatch.setattr(geocoding, "geocode", geocode)
    state.build()
    return asked


def _ask(times: int, **meta: str) -> list[bool]:
    request = RequestFactory().post("/", **({"REMOTE_ADDR": "203.0.113.7"} | meta))
    return [lookup_limits.may_ask(request) for _time in range(times)]


def test_so_many_an_hour_are_looked_up_for_one_network_and_others_are_not_kept_from_it(
    limits: ProtectionSettings,
) -> None:
    assert _ask(3) == [True, True, False]
    assert _ask(1, REMOTE_ADDR="203.0.113.99") == [False]
    assert _ask(1, REMOTE_ADDR="198.51.100.7") == [True]


def test_nothing_that_names_the_network_is_kept(limits: ProtectionSettings) -> None:
    _ask(1)
    row = Attempt.objects.get()
    assert (row.scope, len(row.key), "203" in row.key[:8]) == ("lookup", 64, False)


def test_a_network_that_the_staff_trust_and_a_site_without_a_limit_are_not_counted(limits: ProtectionSettings) -> None:
    limits.trusted_networks = "203.0.113.0/28"
    limits.save()
    assert _ask(3) == [True] * 3
    limits.trusted_networks, limits.lookups_an_hour = "", 0
    limits.save()
    assert _ask(3) == [True] * 3
    assert not Attempt.objects.exists()


def test_where_nobody_says_which_network_it_is_nobody_is_kept_from_anything(
    limits: ProtectionSettings, settings: Settings
) -> None:
    settings.TRUSTED_PROXIES = 2
    assert _ask(3) == [True] * 3


def test_the_page_that_finds_legislators_goes_on_with_a_choice(
    outside: list[object], limits: ProtectionSettings, client: Client
) -> None:
    page = home.home_page().add_child(instance=FindLegislatorsPage(title="Find", slug="find"))
    answers = [client.post(page.url, {**PORT_ALDER, "stage": "find"}) for _time in range(3)]
    assert [UNAVAILABLE in answer.content for answer in answers] == [False, False, True]
    assert len(outside) == 2
    assert answers[2].status_code == 200
    assert answers[2].context["questions"]
    assert b"21 Main Street" in answers[2].content


def test_the_forms_of_actions_are_on_the_same_counter(
    outside: list[object], limits: ProtectionSettings, client: Client
) -> None:
    _ask(2, REMOTE_ADDR="127.0.0.1")
    assert UNAVAILABLE in make.details(make.action_page(), client).content
    assert outside == []


def test_so_is_what_other_sites_ask(outside: list[object], limits: ProtectionSettings, client: Client) -> None:
    _ask(2, REMOTE_ADDR="127.0.0.1")
    response = client.post("/legislators/find.json", json.dumps(PORT_ALDER), content_type="application/json")
    assert response.status_code == 200, response.content
    assert "geocoder_unavailable" in [problem["code"] for problem in response.json()["problems"]]


@pytest.mark.parametrize("text", ["hospital", "203.0.113.0/99", "203.0.113.7\n10.0.0", "0.0.0.0/0", "::/0"])
def test_what_is_no_network_is_said_where_the_staff_type_it(limits: ProtectionSettings, text: str) -> None:
    limits.trusted_networks = text
    with pytest.raises(ValidationError, match="This is no network"):
        limits.full_clean()
