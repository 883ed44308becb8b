"""Posts to officials: the text by network, its length, and that nothing is posted by us."""

from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from campaigns.blocks.kinds.social import SocialKindBlock
from campaigns.engine.posts import NETWORKS
from campaigns.records.taken_actions import Outreach, TakenAction
from home.engine.sharing import compose_link
from legislators.records.officials import Official
from tests.campaigns.test_calls import report
from tests.factories import campaigns as make

TEXT = "{legislator_handle} please support {campaign}, says {constituent_given_name}."
SOCIAL = {"text": TEXT, "networks": ["x", "bluesky", "facebook"], "has_address": True}


@pytest.mark.parametrize(
    ("network", "text", "length"),
    [
        ("x", "See https://action.example/a/very/long/address?with=much", 4 + 23),
        ("x", "Salud 健康 🩺", 6 + 4 + 1 + 2),
        ("bluesky", "See https://action.example/", 27),
        ("bluesky", "健康", 2),
    ],
)
def test_a_post_is_as_long_as_the_network_counts_it(network, text, length):
    assert NETWORKS[network].length(text) == length


@given(st.sampled_from([key for key, network in NETWORKS.items() if not network.asks_server]), st.text(max_size=60))
def test_a_link_carries_any_text_whole_and_adds_no_parameter(network, text):
    start = compose_link(network)
    link = compose_link(network, text)
    assert link.startswith(start)
    assert not {"&", "#", "?", '"', "<"} & set(link.removeprefix(start))
    assert unquote(link.removeprefix(start)) == text


@pytest.fixture
def receipt(alder, client):
    Official.objects.filter(name="Ines Quayle").update(
        social_handles={"twitter": "@InesQuayle", "bluesky": "ines.example", "facebook": "quayle"}
    )
    Official.objects.filter(name="Marisol Tidewater").update(social_handles={"twitter": "bad handle/", "x": 3})
    page = make.action_page(actions=[("social", SOCIAL)], letter_subject="", letter_body="")
    return make.details(page, client).url


def test_the_official_is_named_as_the_network_knows_them_and_by_name_elsewhere(receipt):
    texts = Outreach.objects.get(recipient_name="Ines Quayle").texts
    assert texts["x"] == "@InesQuayle please support Telehealth parity, says Maria."
    assert texts["bluesky"].startswith("@ines.example please")
    assert texts["facebook"].startswith("Ines Quayle please")
    assert Outreach.objects.get(recipient_name="Marisol Tidewater").texts["x"].startswith("Marisol Tidewater please")


def test_the_links_open_the_network_with_the_text_and_nothing_comes_from_there(receipt, client):
    main = BeautifulSoup(client.get(receipt).content, "html.parser").main
    links = [str(link["href"]) for link in main.select("post-text a")]
    assert any(link.startswith("https://x.com/intent/post?text=%40InesQuayle") for link in links)
    assert any("http" in unquote(link.split("u=")[1]) for link in links if "facebook" in link)
    assert all("intent/compose?text=" in link for link in links if "bsky" in link)
    loaded = [str(tag.get("src", "")) for tag in main.select("script, img, iframe")]
    assert all(source.startswith("/") for source in loaded)
    assert all({"noopener", "noreferrer"} <= set(link["rel"]) for link in main.select("post-text a"))


def test_each_text_can_be_edited_and_has_a_label_of_its_own(receipt, client):
    main = BeautifulSoup(client.get(receipt).content, "html.parser").main
    ids = [str(area["id"]) for area in main.select("textarea")]
    assert len(ids) == len(set(ids)) == 6
    assert {str(label["for"]) for label in main.select("label")} >= set(ids)


def test_only_what_the_person_says_is_said_and_it_can_be_taken_back(receipt, client):
    assert "You told us" not in client.get(receipt).content.decode()
    report(client, receipt, "Ines Quayle", "posted")
    assert "You told us: posted" in client.get(receipt).content.decode()
    assert TakenAction.objects.get().done_at is None
    report(client, receipt, "Marisol Tidewater", "posted")
    assert TakenAction.objects.get().done_at is not None
    report(client, receipt, "Marisol Tidewater", "")
    assert TakenAction.objects.get().done_at is None
    assert report(client, receipt, "Ines Quayle", "spoke").status_code == 404


def test_a_text_that_no_name_could_make_fit_is_refused_for_the_network_that_is_chosen():
    block = SocialKindBlock()
    page = SimpleNamespace(get_form_fields=list)
    long = {"text": "{legislator_handle} " + "x" * 279, "networks": ["x"], "has_address": False}
    assert list(block.problems(long, page)) == ["text"]
    assert block.problems({**long, "networks": ["bluesky"]}, page) == {}
    assert list(block.problems({**long, "text": "Short", "networks": []}, page)) == ["networks"]
    assert list(block.problems({**long, "text": "{legislator_handl}"}, page)) == ["text"]


def test_a_post_for_mastodon_names_the_account_and_asks_for_the_server_on_a_page_of_ours(alder, client):
    Official.objects.filter(name="Ines Quayle").update(social_handles={"mastodon": "InesQuayle@alder.social"})
    page = make.action_page(
        actions=[("social", {**SOCIAL, "networks": ["mastodon"]})], letter_subject="", letter_body=""
    )
    receipt = make.details(page, client).url
    main = BeautifulSoup(client.get(receipt).content, "html.parser").main
    links = [link["href"] for link in main.select("details a")]
    assert len(links) == 2
    assert all(link.startswith("/receipt/") for link in links)
    row = Outreach.objects.get(recipient_name="Ines Quayle")
    assert row.texts["mastodon"].startswith("@InesQuayle@alder.social please")
    link = next(link for link in links if f"/{row.pk}/" in link)
    offered = BeautifulSoup(client.get(link).content, "html.parser").textarea.get_text(strip=True)
    assert offered.startswith(row.texts["mastodon"])
    assert "http" in offered
    sent = client.post(link, {"text": "My own words", "server": "mastodon.social"})
    assert "https://mastodon.social/share?text=My%20own%20words" in sent.content.decode()
    # Nothing is said to be posted before the person says so.
    assert "You told us" not in client.get(receipt).content.decode()


def test_a_post_is_not_offered_for_mastodon_where_the_editor_did_not_choose_it(receipt, client):
    row = Outreach.objects.first()
    token = receipt.rstrip("/").rpartition("/")[2]
    assert client.get(reverse("campaigns:post_on_mastodon", args=[token, row.pk])).status_code == 404
