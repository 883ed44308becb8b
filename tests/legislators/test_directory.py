"""The public directory: who is shown, where an address leads, and what a page costs."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone, translation

from legislators.selectors import directory
from legislators.selectors.cards import committee_url, official_url
from tests.factories import home
from tests.factories import legislators as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def alder():
    return make.SmallState()


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def cards(soup):
    return [" ".join(card.select_one(".card__title").get_text().split()) for card in soup.select(".official-card")]


def address_of(official):
    return official_url(official.pk, official.name)


# --- An official --------------------------------------------------------------------------------


def test_an_official_is_shown_with_seat_offices_and_a_number_to_dial(client, alder):
    who = alder.representative
    make.office(who, phone="(555) 555-0107 ext. 3", address="Room 107, State House", name="Port Alder")
    make.office(who, phone="ask for Bronwyn", kind="district", address="")

    soup = page(client, address_of(who))

    text = " ".join(soup.main.get_text().split())
    assert soup.h1.get_text() == "Representative Bronwyn Lindqvist"
    assert soup.title.get_text().startswith("Representative Bronwyn Lindqvist – ")
    assert "State house, 1st Birch, Alder" in text
    assert "Room 107, State House" in text
    assert {link["href"] for link in soup.select('a[href^="tel:"]')} == {"tel:+15555550107;ext=3"}
    assert "ask for Bronwyn" in text


def test_the_way_back_leads_to_the_chamber_the_state_and_the_list(client, alder):
    links = page(client, address_of(alder.representative)).select(".breadcrumb a")

    assert [(link.get_text(), link["href"]) for link in links][-3:] == [
        ("Officials", "/officials/"),
        ("Alder", "/officials/ax/"),
        ("State house", "/officials/ax/house/"),
    ]


def test_a_photo_is_ours_and_credited_and_initials_stand_where_there_is_none(client, alder):
    alder.representative.photo = "officials/7.jpg"
    alder.representative.photo_copied_from = "https://legislature.alder.example/7.jpg"
    alder.representative.save()

    shown = page(client, address_of(alder.representative)).select_one("img.portrait")
    without = page(client, address_of(alder.state_senator)).select_one(".portrait")

    assert (shown["src"], shown["alt"]) == ("/media/officials/7.jpg", "Photo of Bronwyn Lindqvist")
    assert shown["width"]
    assert shown["height"]
    assert without.get_text() == "DO"
    assert without["aria-hidden"] == "true"


def test_no_page_asks_another_host_for_anything(client, alder):
    alder.representative.photo_source_url = "https://legislature.alder.example/7.jpg"
    alder.representative.save()

    for address in (address_of(alder.representative), "/officials/ax/house/", "/officials/ax/", "/officials/"):
        for tag in page(client, address).find_all(src=True):
            assert not tag["src"].startswith(("http", "//")), address


def test_a_link_to_the_office_gives_nothing_away(client, alder):
    alder.representative.website_url = "https://birch.alder.example/"
    alder.representative.save()

    link = page(client, address_of(alder.representative)).find("a", href="https://birch.alder.example/")

    assert {"noopener", "noreferrer"} <= set(link["rel"])


def test_somebody_who_left_stays_reachable_without_a_contact_that_is_somebody_elses(client, alder):
    who = alder.representative
    make.office(who, phone="555-555-0107")
    who.retired_at = timezone.now() - timedelta(days=30)
    who.save()

    soup = page(client, address_of(who))

    assert "No longer in office since" in soup.main.get_text()
    assert soup.select('a[href^="tel:"]') == []
    assert soup.select('a[href^="mailto:"]') == []
    assert "1st Birch" in soup.main.get_text()


def test_every_term_is_told_with_its_dates(client, alder):
    this_year = timezone.localdate().year
    who = make.official("Ines Quayle")
    make.term(who, alder.west, start=date(this_year - 6, 1, 4), end=date(this_year - 2, 1, 4))
    make.term(who, alder.senate, start=date(this_year - 2, 1, 4))

    items = page(client, address_of(who)).select('[aria-labelledby="terms"] li')
    terms = [" ".join(item.get_text().split()) for item in items]

    assert len(terms) == 2
    assert terms[0].startswith("State senate, Birch, Alder: since")
    assert " to " in terms[1]


def test_a_subcommittee_stands_below_its_committee(client, alder):
    health = make.committee("Health")
    make.seat_on_committee(health, alder.representative, "chair")
    make.seat_on_committee(make.committee("Telehealth", parent=health), alder.representative)

    items = page(client, address_of(alder.representative)).select('[aria-labelledby="committees"] > ul > li')

    assert len(items) == 1
    assert "(Chair)" in items[0].get_text()
    assert items[0].select_one("ul li").get_text() == "Telehealth"


def test_an_address_with_another_name_leads_to_the_right_one(client, alder):
    wrong = f"/officials/people/{alder.representative.pk}-somebody-else/"

    response = client.get(wrong)

    assert (response.status_code, response["Location"]) == (302, address_of(alder.representative))


@pytest.mark.parametrize(
    "address",
    [
        "/officials/people/99999999-nobody/",
        "/officials/committees/99999999-none/",
        "/officials/people/99999999999999999999999999-huge/",
        "/officials/zz/",
        "/officials/ax/cabinet/",
        "/officials/zz/house/",
        "/officials/people/",
    ],
)
def test_what_is_not_there_is_not_found(client, alder, address):
    assert client.get(address).status_code == 404
    assert client.get(f"{address.rstrip('/')}.json").status_code == 404


def test_pages_answer_get_only(client, alder):
    assert client.post("/officials/ax/house/").status_code == 405


def test_sample_data_says_so_and_is_not_listed_by_search_engines(client, alder):
    who = alder.representative
    who.is_sample = True
    who.save()

    soup = page(client, address_of(who))

    assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert "sample data" in soup.main.get_text()


def test_a_real_official_may_be_listed_and_has_one_canonical_address(client):
    who = make.member(make.division(state=make.jurisdiction("ma", name="Massachusetts", is_sample=False)))

    soup = page(client, address_of(who))

    assert soup.find("meta", attrs={"name": "robots"}) is None
    assert soup.find("link", rel="canonical")["href"] == f"http://testserver{address_of(who)}"
    assert soup.find("meta", property="og:title")["content"] == "Representative Priya Granger"


def test_what_the_sources_say_in_english_is_marked_so_on_a_spanish_page(client, alder):
    make.office(alder.representative, address="Room 107, State House")
    committee = make.committee("Committee on Ways and Means")
    make.seat_on_committee(committee, alder.representative)

    with translation.override("es"):
        official, listing = page(client, address_of(alder.representative)), page(client, committee_url(committee))

    assert official.html["lang"] == "es"
    for english in (official.h1, official.address, listing.h1, listing.select_one(".card__title a")):
        assert english["lang"] == "en", english


def test_the_language_switcher_leads_to_the_same_page(client, alder):
    home.home_page("es")

    links = page(client, address_of(alder.representative)).select(".language-switcher a")

    assert [link["href"] for link in links] == [f"/es{address_of(alder.representative)}"]
    assert client.get(links[0]["href"]).status_code == 200


# --- A chamber ----------------------------------------------------------------------------------


def test_a_chamber_lists_its_members_by_district_and_its_vacant_seats(client, alder):
    soup = page(client, "/officials/ax/house/")

    assert soup.h1.get_text() == "State house, Alder"
    assert cards(soup) == ["Bronwyn Lindqvist", "Vacant seat"]
    assert "2nd Birch" in soup.select(".official-card")[1].get_text()
    assert "1 member · 1 vacant seat" in " ".join(soup.main.get_text().split())


def test_every_member_of_a_district_is_listed_and_only_the_empty_seats_are_vacant(client):
    state = make.jurisdiction("nh", name="New Hampshire", is_sample=False)
    rural = make.division("sldl", "hillsborough_2", "Hillsborough 2", state=state, seats=4)
    for name in ("Ada Adams", "Ben Brook"):
        make.member(rural, name)

    assert cards(page(client, "/officials/nh/house/")) == ["Ada Adams", "Ben Brook", "Vacant seat", "Vacant seat"]


def test_districts_stand_in_their_natural_order(client):
    state = make.jurisdiction("ma", name="Massachusetts", is_sample=False)
    for number in (10, 2, 1):
        place = make.division("sldl", f"bristol_{number}", f"{number}th Bristol", state=state)
        make.member(place, f"Member {number}")

    assert cards(page(client, "/officials/ma/house/")) == ["Member 1", "Member 2", "Member 10"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"name": "pena"}, ["Inés Peña"]),
        ({"name": "2nd"}, ["Vacant seat"]),
        ({"name": "LINDQVIST birch"}, ["Bronwyn Lindqvist"]),
        ({"party": "Commonfield"}, ["Inés Peña"]),
        ({"party": "Harborlight", "name": "pena"}, []),
        ({"name": "\x00" + "x" * 5000}, []),
        ({"name": "<script>alert(1)</script>"}, []),
    ],
)
def test_a_chamber_is_narrowed_by_name_district_and_party(client, alder, query, found):
    make.member(make.division("sldl", "1st_stone", "1st Stone"), "Inés Peña", party="Commonfield")

    soup = page(client, f"/officials/ax/house/?{'&'.join(f'{key}={value}' for key, value in query.items())}")

    assert cards(soup) == found
    assert soup.find("a", string="Show all members")["href"] == "/officials/ax/house/"
    assert soup.find(id="filter-name")["value"] == query.get("name", "").replace("\x00", "")[:100]


def test_a_chamber_by_another_of_its_names_leads_to_its_one_address(client):
    state = make.jurisdiction("ca", name="California", is_sample=False)
    make.member(make.division("sldl", "1", "District 1", state=state))

    response = client.get("/officials/ca/house/?name=granger")

    assert response["Location"] == "/officials/ca/assembly/?name=granger"
    assert page(client, "/officials/ca/assembly/").h1.get_text() == "Assembly, California"


def test_a_chamber_lists_its_committees_and_the_joint_ones_and_no_others(client, alder):
    health = make.committee("Health")
    make.committee("Telehealth", parent=health)
    make.committee("Budget", chamber="state_joint")
    make.committee("Rules", chamber="state_upper")
    make.committee("Gone", retired_at=timezone.now())
    make.committee("Elsewhere", state=make.jurisdiction("ma"))

    soup = page(client, "/officials/ax/house/")

    assert [link.get_text() for link in soup.select('[aria-labelledby="committees"] a')] == ["Health"]
    assert [link.get_text() for link in soup.select('[aria-labelledby="joint-committees"] a')] == ["Budget"]


def test_a_large_chamber_costs_as_few_questions_as_a_small_one(client, alder, django_assert_max_num_queries):
    for number in range(60):
        make.office(make.member(make.division("sldl", f"d{number}", f"District {number}"), f"Member {number}"))

    with django_assert_max_num_queries(12):
        listing = directory.chamber("state_lower", "ax")

    assert listing.members == 61


# --- States and Congress ------------------------------------------------------------------------


def test_a_state_shows_its_chambers_and_whom_it_sends_to_congress(client, alder):
    soup = page(client, "/officials/ax/")

    links = [(link.get_text(), link["href"]) for link in soup.select('[aria-labelledby="chambers"] a')]
    assert links == [("State senate", "/officials/ax/senate/"), ("State house", "/officials/ax/house/")]
    assert cards(soup) == ["Senator Constance Aldridge", "Senator Jerome Holloway", "Representative Leonora Strand"]


def test_congress_is_listed_for_the_whole_country_by_state(client):
    for code, name in (("ma", "Massachusetts"), ("al", "Alabama")):
        state = make.jurisdiction(code, name=name, is_sample=False)
        make.member(make.division("cd", "1", "1st congressional district", state=state), f"Member of {name}")

    soup = page(client, "/officials/us/house/")

    assert soup.h1.get_text() == "U.S. House"
    assert [heading.get_text() for heading in soup.select("#members ~ h3")] == ["Alabama", "Massachusetts"]
    assert cards(soup) == ["Member of Alabama", "Member of Massachusetts"]


def test_an_invented_state_sends_nobody_to_the_real_congress(client, alder):
    assert cards(page(client, "/officials/us/senate/")) == ["Constance Aldridge", "Jerome Holloway"]
    state = make.jurisdiction("ma", name="Massachusetts", is_sample=False)
    make.member(make.whole_state(state=state), "Real Senator")

    assert cards(page(client, "/officials/us/senate/")) == ["Real Senator", "Vacant seat"]


def test_the_first_page_lists_congress_and_the_states_with_their_members(client, alder):
    items = [" ".join(item.get_text().split()) for item in page(client, "/officials/").select(".column-list li")]

    assert items == ["United States Congress 3 members", "Alder 2 members"]


def test_without_data_the_directory_says_so(client):
    assert "No officials have been loaded yet." in page(client, "/officials/").main.get_text()


# --- A committee --------------------------------------------------------------------------------


def test_a_committee_lists_its_members_in_their_order_with_their_roles(client, alder):
    health = make.committee("Health")
    make.seat_on_committee(health, alder.state_senator, "member", rank=2)
    make.seat_on_committee(health, alder.representative, "chair", rank=1)
    make.seat_on_committee(health, None, "vice chair", rank=3, name="Somebody Unknown")
    make.committee("Telehealth", parent=health)

    soup = page(client, committee_url(health))

    assert soup.h1.get_text() == "Health"
    assert cards(soup) == ["Representative Bronwyn Lindqvist", "Senator Desmond Oakes", "Somebody Unknown"]
    assert "Chair" in soup.select(".official-card")[0].get_text()
    assert [link.get_text() for link in soup.select('[aria-labelledby="subcommittees"] a')] == ["Telehealth"]


def test_a_member_who_left_office_is_not_on_the_committee_any_more(client, alder):
    health = make.committee("Health")
    make.seat_on_committee(health, make.official("Gone Already", retired_at=timezone.now() - timedelta(days=2)))

    soup = page(client, committee_url(health))

    assert cards(soup) == []
    assert "No members are known." in soup.main.get_text()


def test_a_subcommittee_names_what_it_is_a_part_of(client):
    finance = make.committee("Finance", chamber="us_senate")
    below = make.committee("Health Care", chamber="us_senate", parent=finance)

    soup = page(client, committee_url(below))

    assert [link.get_text() for link in soup.select(".breadcrumb a")][-3:] == [
        "United States Congress",
        "U.S. Senate",
        "Finance",
    ]


def test_a_committee_that_is_gone_says_since_when(client):
    gone = make.committee("Gone", retired_at=timezone.now())

    assert "no longer listed since" in page(client, committee_url(gone)).main.get_text()
