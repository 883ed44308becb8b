"""The card of an official: what the public may see, and what it costs to read."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from legislators.engine import chambers, phones, social
from legislators.records.contacts import ContactOverride
from legislators.selectors.cards import cards_of, role_name
from tests.factories import legislators as make

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("phone", "address"),
    [
        ("617-722-2000", "tel:+16177222000"),
        ("(617) 722-2000", "tel:+16177222000"),
        ("1.617.722.2000", "tel:+16177222000"),
        ("+1 617 722 2000", "tel:+16177222000"),
        ("6177222000", "tel:+16177222000"),
        ("617-722-2000 ext. 14", "tel:+16177222000;ext=14"),
        ("617-722-2000, Ext 8806", "tel:+16177222000;ext=8806"),
        ("(617) 722-2000 x5", "tel:+16177222000;ext=5"),
        ("617‑722–2000", "tel:+16177222000"),
    ],
)
def test_a_number_becomes_one_that_a_telephone_can_dial(phone, address):
    assert phones.dialable(phone) == address


@pytest.mark.parametrize(
    "phone",
    ["", "722-2000", "617-722-20001", "117-722-2000", "617-022-2000", "617-722-2000 / 617-722-2001", "1-800-FLOWERS"]
    + ["call 617-722-2000", "javascript:alert(1)", "+44 20 7946 0958", "6" * 5000],
)
def test_what_is_no_one_number_is_not_made_dialable(phone):
    assert phones.dialable(phone) == ""


def test_a_handle_becomes_an_address_and_anything_else_does_not():
    handles = {"twitter": "@RepExample", "youtube_id": "UCabc-1", "myspace": "x", "facebook": "javascript:alert(1)"}

    assert social.profiles(handles) == (
        ("X", "https://x.com/RepExample"),
        ("YouTube", "https://www.youtube.com/channel/UCabc-1"),
    )
    assert social.profiles(["not", "a", "mapping"]) == ()


def test_a_service_with_a_name_and_a_number_is_shown_once():
    assert social.profiles({"youtube_id": "UC1", "youtube": "example"}) == (
        ("YouTube", "https://www.youtube.com/@example"),
    )


def test_districts_come_in_the_order_in_which_people_look_for_them():
    names = [
        "10th Bristol",
        "2nd Bristol",
        "District 10",
        "District 9B",
        "District 9A",
        "Barnstable",
        "1st Essex",
    ]

    assert sorted(names, key=chambers.district_order) == [
        "Barnstable",
        "2nd Bristol",
        "10th Bristol",
        "District 9A",
        "District 9B",
        "District 10",
        "1st Essex",
    ]


@pytest.mark.parametrize(
    ("state", "chamber", "slug"),
    [
        ("ma", "state_lower", "house"),
        ("ma", "state_upper", "senate"),
        ("us", "us_house", "house"),
        ("ca", "state_lower", "assembly"),
        ("va", "state_lower", "house-of-delegates"),
        ("ne", "state_upper", "legislature"),
        ("dc", "state_upper", "council"),
    ],
)
def test_a_chamber_has_one_address_and_is_found_by_the_general_word_too(state, chamber, slug):
    assert chambers.slug_of(chamber=chamber, state=state) == slug
    assert chambers.chamber_of(slug=slug, state=state) == chamber
    assert chambers.chamber_of(slug=chamber, state=state) == chamber


def test_a_chamber_that_a_state_does_not_have_is_not_found():
    assert chambers.chamber_of(slug="house", state="ne") == ""
    assert chambers.chamber_of(slug="cabinet", state="ma") == ""


@pytest.mark.django_db
def test_a_card_says_who_somebody_is_and_how_to_reach_them():
    birch = make.division("sldl", "1st_birch", "1st Birch")
    who = make.member(
        birch,
        "Bronwyn Lindqvist",
        website_url="https://birch.alder.example/lindqvist",
        social_handles={"twitter": "RepLindqvist"},
        leadership_title="Majority Whip",
    )
    make.office(who, phone="(555) 555-0107", address="Room 107", name="Port Alder")
    health = make.committee("Health")
    make.seat_on_committee(make.committee("Budget"), who)
    make.seat_on_committee(health, who, "vice chair")

    card = cards_of([who.pk], on=TODAY)[who.pk]

    assert (card.name, card.title, card.party) == ("Bronwyn Lindqvist", "Representative", "Harborlight")
    assert (card.chamber, card.chamber_name, card.district) == ("state_lower", "State house", "1st Birch")
    assert (card.state, card.state_name, card.initials) == ("ax", "Alder", "BL")
    assert card.url == f"/officials/people/{who.pk}-bronwyn-lindqvist/"
    assert card.committees == (
        ("Health", "Vice chair", f"/officials/committees/{health.pk}-health/", False),
        ("Budget", "", card.committees[1].url, False),
    )
    assert card.offices == (("Capitol office", "Port Alder", "Room 107", "(555) 555-0107", "tel:+15555550107"),)
    assert card.phone_href == "tel:+15555550107"
    assert card.social == (("X", "https://x.com/RepLindqvist"),)
    assert card.website_url == "https://birch.alder.example/lindqvist"
    assert card.leadership_title == "Majority Whip"
    assert (card.photo_url, card.photo_credit) == ("", "")
    assert card.is_in_office
    assert card.left_on is None


@pytest.mark.django_db
def test_a_photo_is_our_own_copy_with_the_host_it_came_from():
    who = make.official(
        photo="officials/1.jpg",
        photo_copied_from="https://legislature.alder.example/photos/1.jpg",
        photo_source_url="https://elsewhere.example/newer.jpg",
    )

    card = cards_of([who.pk])[who.pk]

    assert card.photo_url == "/media/officials/1.jpg"
    assert card.photo_credit == "legislature.alder.example"
    assert card.photo_source == "https://legislature.alder.example/photos/1.jpg"


@pytest.mark.django_db
def test_a_photo_that_we_have_not_copied_is_not_shown():
    who = make.official(photo_source_url="https://legislature.alder.example/photos/1.jpg")

    assert "example" not in repr(cards_of([who.pk])[who.pk].photo_url)


@pytest.mark.django_db
def test_what_staff_corrected_goes_before_the_source():
    who = make.official(email="old@legislature.alder.example")
    make.office(who, phone="555-555-0100")
    ContactOverride.objects.create(
        official=who, phone="555-555-0199", reason="Moved", expires_on=TODAY + timedelta(days=9)
    )

    assert cards_of([who.pk], on=TODAY)[who.pk].phone_href == "tel:+15555550199"
    assert cards_of([who.pk], on=TODAY + timedelta(days=9))[who.pk].phone_href == "tel:+15555550100"


@pytest.mark.django_db
def test_an_address_that_is_no_web_page_becomes_no_link():
    who = make.official(website_url="javascript:alert(1)")

    assert cards_of([who.pk])[who.pk].website_url == ""


@pytest.mark.django_db
def test_somebody_whose_term_is_over_keeps_the_last_seat_and_the_day():
    who = make.official()
    make.term(who, make.division("sldl", "old", "Old"), start=date(2019, 1, 2), end=date(2023, 1, 4))
    make.term(who, make.division("sldu", "birch", "Birch"), start=date(2023, 1, 4), end=date(2025, 1, 1))

    card = cards_of([who.pk], on=TODAY)[who.pk]

    assert (card.title, card.district, card.is_in_office) == ("Senator", "Birch", False)
    assert card.left_on == date(2025, 1, 1)
    assert cards_of([who.pk], on=date(2020, 1, 1))[who.pk].district == "Old"


@pytest.mark.django_db
def test_somebody_whom_the_source_no_longer_lists_is_out_of_office_since_then():
    who = make.member(make.division(), retired_at=timezone.now() - timedelta(days=3))

    card = cards_of([who.pk])[who.pk]

    assert not card.is_in_office
    assert card.left_on == timezone.localdate() - timedelta(days=3)


@pytest.mark.django_db
def test_somebody_who_begins_later_is_not_in_office_yet_and_has_not_left():
    who = make.official()
    make.term(who, make.division(), start=TODAY + timedelta(days=40), end=None)

    card = cards_of([who.pk], on=TODAY)[who.pk]

    assert (card.is_in_office, card.left_on) == (False, None)
    assert card.district == "1st Birch"


@pytest.mark.django_db
def test_committees_that_are_gone_are_left_out():
    who = make.official()
    make.seat_on_committee(make.committee("Gone", retired_at=timezone.now()), who)

    assert cards_of([who.pk])[who.pk].committees == ()


@pytest.mark.django_db
def test_many_cards_cost_no_more_questions_than_one(django_assert_num_queries):
    committee = make.committee()
    ids = []
    for number in range(30):
        who = make.member(make.division("sldl", f"d{number}", f"District {number}"), f"Member {number}")
        make.office(who)
        make.seat_on_committee(committee, who)
        ids.append(who.pk)

    with django_assert_num_queries(5):
        cards = cards_of([*ids, 10**9])

    assert set(cards) == set(ids)


@pytest.mark.django_db
def test_words_come_in_the_active_language_and_titles_stay_as_they_are():
    who = make.member(make.division("sldl", "d1", "District 1", state=make.jurisdiction("ca", name="California")))

    with translation.override("es"):
        card = cards_of([who.pk])[who.pk]

    assert card.url.startswith("/es/officials/")
    assert (card.title, card.chamber_name) == ("Assemblymember", "Assembly")


def test_a_role_that_we_have_no_word_for_is_said_as_the_source_says_it():
    assert role_name("ranking  republican member") == "Ranking republican member"
    assert role_name("member") == ""
    assert role_name("Chairwoman") == "Chair"


@pytest.mark.django_db
def test_two_committees_of_one_name_are_told_apart_by_their_chambers():
    who = make.member(make.division("sldl", "1st_birch", "1st Birch"))
    for chamber in ("state_lower", "state_joint"):
        make.seat_on_committee(make.committee("Ways and Means", chamber=chamber), who)
    assert sorted(line.is_joint for line in cards_of([who.pk])[who.pk].committees) == [False, True]
