"""What an official's page says of this site: campaigns that write there, and letters as counts that name nobody."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from campaigns.selectors.official_numbers import campaigns_that_write_to, numbers_of
from delivery.records.messages import OutboxMessage
from tests.factories import campaigns, letters
from tests.factories import legislators as make

pytestmark = pytest.mark.django_db
State = OutboxMessage.State


@pytest.fixture
def official():
    return make.member(make.division("sldl", "1st_birch", "1st Birch"), "Bronwyn Lindqvist")


def write(official, state, count):
    for _number in range(count):
        letters.make_letter(official=official, state=state)


def section(client, official, prefix=""):
    response = client.get(
        prefix + reverse("legislators:official", kwargs={"pk": official.pk, "slug": "bronwyn-lindqvist"})
    )
    return BeautifulSoup(response.content, "html.parser").find(attrs={"aria-labelledby": "on-this-site"})


def numbers(official):
    found = numbers_of(official)
    return found.written, [line.number for line in found.lines]


def test_without_letters_there_is_no_number(official, client):
    assert numbers(official) == ("", [])
    assert "Nobody has written to Bronwyn Lindqvist" in section(client, official).get_text()


def test_letters_are_counted_by_what_became_of_them(official):
    write(official, State.DELIVERED, 7)
    write(official, State.ACCEPTED, 5)
    write(official, State.HANDED_OFF, 6)
    write(make.member(make.division("sldl", "2nd_birch", "2nd Birch")), State.DELIVERED, 9)

    assert numbers(official) == ("18", ["5", "7", "6"])


def test_fewer_than_five_are_never_counted_out(official):
    write(official, State.DELIVERED, 4)

    assert numbers(official) == ("fewer than 5", ["fewer than 5"])


def test_the_sum_does_not_give_away_what_its_parts_hide(official):
    write(official, State.DELIVERED, 7)
    write(official, State.BOUNCED, 1)

    assert numbers(official) == ("at least 7", ["7", "fewer than 5"])


def test_several_small_groups_are_together_said_to_be_five_at_least(official):
    write(official, State.DELIVERED, 4)
    write(official, State.BOUNCED, 3)

    assert numbers(official) == ("at least 5", ["fewer than 5", "fewer than 5"])


@pytest.mark.parametrize("state", State.values)
def test_every_state_has_words_and_is_counted_once(official, state):
    write(official, state, 5)

    assert numbers(official) == ("5", ["5"])
    assert numbers_of(official).lines[0].words


def test_nothing_that_was_only_captured_or_accepted_is_called_delivered(official):
    write(official, State.CAPTURED, 5)
    write(official, State.ACCEPTED, 5)

    words = " ".join(line.words for line in numbers_of(official).lines)
    assert "delivered" not in words
    assert "not sent" in words


def test_nobody_who_wrote_is_named(official, client):
    write(official, State.DELIVERED, 5)

    text = section(client, official).get_text()
    assert "Quill" not in text
    assert "@" not in text
    assert "delivered to the office’s mail server: 5" in text.lower()


def test_the_numbers_cost_one_question(official, django_assert_num_queries):
    write(official, State.DELIVERED, 5)
    write(official, State.QUEUED, 5)

    with django_assert_num_queries(1):
        numbers_of(official)


def test_an_open_campaign_that_writes_to_the_chamber_is_linked(official, client):
    campaign = campaigns.campaign_page(title="Telehealth parity")
    campaigns.action_page(campaign)

    links = section(client, official).select("a")

    assert [(link.get_text(), link["href"]) for link in links] == [("Telehealth parity", campaign.url)]


def test_a_campaign_that_is_closed_or_writes_to_others_is_not_linked(official):
    senate = campaigns.campaign_page(title="Senate only")
    campaigns.action_page(senate, targets=[("state_upper", None)])
    closed = campaigns.campaign_page(title="Closed", status="closed")
    campaigns.action_page(closed)
    campaigns.campaign_page(title="Without a form")

    assert campaigns_that_write_to(official, senate.locale) == []


def test_a_campaign_that_names_the_official_is_linked_for_nobody_else(official):
    campaign = campaigns.campaign_page(title="To the chair")
    campaigns.action_page(campaign, targets=[("official", {"official": official})])
    other = make.member(make.division("sldl", "2nd_birch", "2nd Birch"))

    assert campaigns_that_write_to(official, campaign.locale) == [campaign]
    assert campaigns_that_write_to(other, campaign.locale) == []


def test_nobody_writes_to_somebody_out_of_office():
    former = make.official()
    campaign = campaigns.campaign_page()
    campaigns.action_page(campaign)

    assert campaigns_that_write_to(former, campaign.locale) == []
