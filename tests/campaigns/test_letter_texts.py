"""Texts for some offices, with positions, committees and lists as they are stored."""

import uuid

import pytest

from campaigns.records.positions import OfficialPosition
from campaigns.selectors import audiences
from legislators.records.committees import Committee, CommitteeMembership
from legislators.records.officials import Official
from tests.factories import campaigns as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alder")]


def variant(name: str, body: str, subjects=("S",), is_thanks: bool = False, **audience) -> tuple[str, dict]:
    asked = {"chambers": [], "parties": [], "committee": "", "cosponsor": "", "positions": [], "roles": []}
    value = {"name": name, "audience": {**asked, "officials": None, **audience}, "is_thanks": is_thanks}
    return ("text", {**value, "subjects": list(subjects), "body": body})


def offered(page, client, **changes):
    return {
        item["letter"].target.name: item["letter"] for item in make.details(page, client, **changes).context["items"]
    }


def test_each_office_gets_the_first_text_that_is_for_it(client):
    page = make.action_page(
        letter_texts=[
            variant("Thanks", "Thank you, {legislator_salutation}.", is_thanks=True, positions=["champion"]),
            variant("Senate", "To the senate of {town}.", subjects=["For senators"], chambers=["state_upper"]),
        ]
    )
    quayle = Official.objects.get(name="Ines Quayle")
    OfficialPosition.objects.create(
        campaign_key=page.campaign.translation_key, official=quayle, position="champion", noted_on="2026-01-01"
    )
    letters = offered(page, client)
    assert letters["Marisol Tidewater"].body == "To the senate of Port Alder."
    assert letters["Marisol Tidewater"].subject == "For senators"
    assert letters["Ines Quayle"].body == "Thank you, Representative Quayle."
    assert (letters["Ines Quayle"].text_name, letters["Ines Quayle"].is_thanks) == ("Thanks", True)


def test_a_position_in_another_campaign_counts_for_nothing(client):
    page = make.action_page(letter_texts=[variant("Thanks", "Thank you.", positions=["champion"])])
    quayle = Official.objects.get(name="Ines Quayle")
    OfficialPosition.objects.create(
        campaign_key=uuid.uuid4(), official=quayle, position="champion", noted_on="2026-01-01"
    )
    assert offered(page, client)["Ines Quayle"].text_name == ""


def test_a_text_for_a_committee_goes_to_who_sits_on_it(client):
    senator = Official.objects.get(name="Marisol Tidewater")
    committee = Committee.objects.create(source_id="c/1", chamber="us_senate", name="Health  Care Financing")
    CommitteeMembership.objects.create(committee=committee, official=senator, name=senator.name)
    page = make.action_page(letter_texts=[variant("Committee", "You decide.", committee="Health Care Financing")])
    assert {name: letter.text_name for name, letter in offered(page, client).items()} == {
        "Marisol Tidewater": "Committee",
        "Ines Quayle": "",
    }


def test_a_page_without_other_texts_asks_nothing_of_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        audiences.readers(campaign_key=uuid.uuid4(), targets=[], conditions=frozenset())


def test_the_review_says_that_a_letter_thanks(client):
    page = make.action_page(letter_texts=[variant("Thanks", "Thank you.", is_thanks=True, chambers=["state_upper"])])
    review = make.details(page, client).content.decode()
    assert "This letter thanks Senator Marisol Tidewater" in review
    assert "thanks Representative" not in review
