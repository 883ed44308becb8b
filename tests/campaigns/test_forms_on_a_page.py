"""Several forms on one campaign page: each stands for itself."""

from collections import Counter

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError

from campaigns.blocks.campaign_body import CampaignBodyBlock
from campaigns.records.submissions import Submission
from tests.factories import campaigns as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alder")]

PLEDGE = ("pledge", {"statement": "I will call.", "has_counter": False, "shows_names": False})


@pytest.fixture
def pages():
    campaign = make.campaign_page()
    first = make.action_page(campaign, slug="first", title="First form", actions=[PLEDGE], targets=[])
    second = make.action_page(campaign, slug="second", title="Second form", actions=[PLEDGE], targets=[])
    campaign.body = [
        ("action_form", {"heading": "", "action_page": first}),
        ("action_form", {"heading": "The other form", "action_page": second}),
    ]
    campaign.save_revision().publish()
    return campaign, first, second


def test_no_id_is_there_twice_and_every_label_finds_its_control(pages, client):
    soup = BeautifulSoup(client.get(pages[0].url).content, "html.parser")
    ids = Counter(str(tag["id"]) for tag in soup.select("[id]"))
    assert [name for name, number in ids.items() if number > 1] == []
    labels = [str(label["for"]) for label in soup.main.select("label[for]")]
    assert len(labels) == len(set(labels))
    assert set(labels) <= set(ids)


def test_each_form_has_a_heading_and_posts_to_its_own_page(pages, client):
    campaign, first, second = pages
    soup = BeautifulSoup(client.get(campaign.url).content, "html.parser")
    sections = soup.main.select("section.action-form-block")
    assert [section["id"] for section in sections] == ["take-action", f"take-action-{second.pk}"]
    assert [section.h2.get_text(strip=True) for section in sections] == ["First form", "The other form"]
    assert [section.form["action"] for section in sections] == [first.url, second.url]
    tokens = [section.select_one("[name=token]")["value"] for section in sections]
    assert len(set(tokens)) == 2


def test_the_errors_of_one_form_touch_no_other(pages, client):
    _campaign, first, second = pages
    response = make.details(second, client, email="not an address")
    soup = BeautifulSoup(response.content, "html.parser")
    assert "Second form" in soup.h1.get_text()
    targets = [str(link["href"]).removeprefix("#") for link in soup.select(".error-summary a")]
    assert targets
    assert all(soup.find(id=target) for target in targets)
    assert all(f"form{first.pk}-" not in target for target in targets)
    assert Submission.objects.count() == 0


def test_the_same_form_twice_is_an_error_at_the_second(pages):
    _campaign, first, _second = pages
    block = CampaignBodyBlock()
    row = {"type": "action_form", "value": {"heading": "", "action_page": first.pk}}
    with pytest.raises(ValidationError) as caught:
        block.clean(block.to_python([row, row]))
    assert list(caught.value.block_errors) == [1]
