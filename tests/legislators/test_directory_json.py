"""The directory as JSON: public data for other sites, whole addresses, no e-mail, a tag for caches."""

import pytest
from django.utils import timezone

from tests.factories import legislators as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def alder():
    return make.SmallState()


def test_an_official_comes_as_data_with_whole_addresses(client, alder):
    who = alder.representative
    make.office(who, phone="(555) 555-0107", address="Room 107")
    make.seat_on_committee(make.committee("Health"), who, "chair")
    who.photo, who.photo_copied_from = "officials/7.jpg", "https://legislature.alder.example/7.jpg"
    who.save()

    data = client.get(f"/officials/people/{who.pk}-bronwyn-lindqvist.json").json()

    assert (data["name"], data["title"], data["district"]) == ("Bronwyn Lindqvist", "Representative", "1st Birch")
    assert data["url"] == f"http://testserver/officials/people/{who.pk}-bronwyn-lindqvist/"
    assert data["photo"] == {
        "url": "http://testserver/media/officials/7.jpg",
        "copied_from": "https://legislature.alder.example/7.jpg",
    }
    assert data["phone"] == {"text": "(555) 555-0107", "href": "tel:+15555550107"}
    assert data["committees"][0]["role"] == "Chair"
    assert data["committees"][0]["url"].startswith("http://testserver/officials/committees/")
    assert data["terms"][0]["is_current"] is True


def test_a_chamber_comes_with_its_vacant_seats_and_takes_the_pages_filter(client, alder):
    data = client.get("/officials/ax/house.json").json()
    narrowed = client.get("/officials/ax/house.json?name=lindqvist").json()

    assert [seat["district"] for seat in data["seats"]] == ["1st Birch", "2nd Birch"]
    assert data["seats"][1]["official"] is None
    assert (data["members"], data["vacant"], data["parties"]) == (1, 1, {"Harborlight": 1})
    assert [seat["district"] for seat in narrowed["seats"]] == ["1st Birch"]


def test_a_state_and_a_committee_come_as_data(client, alder):
    health = make.committee("Health")
    make.seat_on_committee(health, alder.representative, "chair")
    make.seat_on_committee(health, None, name="Somebody Unknown")

    state = client.get("/officials/ax.json").json()
    committee = client.get(f"/officials/committees/{health.pk}-health.json").json()

    assert [one["chamber"] for one in state["chambers"]] == ["state_upper", "state_lower"]
    assert len(state["delegation"]) == 3
    assert [(one["name"], one["id"]) for one in committee["members"]] == [
        ("Bronwyn Lindqvist", alder.representative.pk),
        ("Somebody Unknown", None),
    ]


def test_no_list_gives_e_mail_addresses_away(client, alder):
    for address in ("/officials/ax/house.json", "/officials/ax.json", "/officials/ax/house/", "/officials/ax/"):
        assert b"@legislature.alder.example" not in client.get(address).content, address


def test_any_site_may_read_it_and_a_cache_may_keep_it_for_a_while(client, alder):
    response = client.get("/officials/ax/house.json")

    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "public" in response["Cache-Control"]
    assert "max-age=900" in response["Cache-Control"]
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_who_has_the_newest_data_already_gets_none_again(client, alder):
    first = client.get("/officials/ax/house.json")

    again = client.get("/officials/ax/house.json", headers={"If-None-Match": first["ETag"]})
    alder.representative.retired_at = timezone.now()
    alder.representative.save()
    changed = client.get("/officials/ax/house.json", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_it_is_read_only_and_speaks_the_language_of_its_address(client, alder):
    assert client.post("/officials/ax/house.json").status_code == 405
    assert client.get("/es/officials/ax/house.json")["Content-Language"] == "es"
