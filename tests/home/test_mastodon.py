"""Passing a page on to Mastodon: the visitor names the server, and no link of ours sends anybody elsewhere."""

from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from home.engine.mastodon import compose_link, server_of
from home.selectors import links_to_share

ADDRESS = "https://action.example/campaigns/care/"


@pytest.mark.parametrize(
    ("typed", "server"),
    [
        ("mastodon.social", "mastodon.social"),
        (" Mastodon.Social. ", "mastodon.social"),
        ("https://med-mastodon.com/@noor", "med-mastodon.com"),
        ("@noor@fosstodon.org", "fosstodon.org"),
        ("noor@fosstodon.org", "fosstodon.org"),
        ("http://mastodon.social/share?text=x#y", "mastodon.social"),
        ("münster.im", "xn--mnster-3ya.im"),
        # Cyrillic letters that look like ours are shown for what they are.
        ("mаstodon.social", "xn--mstodon-2fg.social"),
    ],
)
def test_a_server_is_named_by_its_name_its_address_or_an_account_there(typed, server):
    assert server_of(typed) == server


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "localhost",
        "server.local",
        "127.0.0.1",
        "[::1]",
        "mastodon.social:8080",
        "javascript:alert(1)",
        "//mastodon.social",
        "mastodon social.org",
        "a..b.org",
        "-a.org",
        "mastodon",
        "x" * 64 + ".org",
        "data:text/html,x.org",
        "mastodon.social\\@evil",
        "مثال",
        "😀.com" * 80,
    ],
)
def test_what_names_no_server_is_refused(typed):
    assert server_of(typed) == ""


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_link_leads_to_the_named_server_by_a_safe_way_and_to_its_page_for_writing(typed, text):
    server = server_of(typed)
    if not server:
        return
    parts = urlsplit(compose_link(server, text))
    assert (parts.scheme, parts.netloc, parts.path, parts.fragment) == ("https", server, "/share", "")
    assert server_of(server) == server
    assert parse_qs(parts.query, keep_blank_values=True, errors="surrogateescape").keys() == {"text"}


def _link():
    return next(link.url for link in links_to_share(address=ADDRESS, text="Every voice") if link.key == "mastodon")


@pytest.mark.django_db
def test_the_link_opens_our_own_form_with_the_text_and_the_address():
    response = Client().get(_link())
    html = BeautifulSoup(response.content, "html.parser")
    assert html.textarea.get_text(strip=True) == f"Every voice {ADDRESS}"
    assert response["Cache-Control"] == "private, no-store"
    # No server is suggested: which one it is only the visitor knows.
    assert not html.find("input", attrs={"name": "server"}).get("value")


@pytest.mark.django_db
def test_the_answer_is_a_link_that_the_visitor_follows_and_never_sends_them_on():
    response = Client().post(_link(), {"text": "Mine & <b>", "server": "@noor@mastodon.social"})
    assert response.status_code == 200
    link = BeautifulSoup(response.content, "html.parser").main.find("a", rel="external")
    assert link["href"] == "https://mastodon.social/share?text=Mine%20%26%20%3Cb%3E"
    assert link.get_text() == "Go on to mastodon.social"
    assert {"noopener", "noreferrer"} <= set(link["rel"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sent", [{}, {"text": "Mine", "server": "nowhere"}, {"text": " ", "server": "mastodon.social"}]
)
def test_a_mistake_is_said_and_what_was_typed_is_kept(sent):
    response = Client().post(_link(), sent)
    html = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    assert html.find(class_="error-summary")
    assert html.textarea.get_text().strip() == sent.get("text", "").strip()


@pytest.mark.django_db
def test_nobody_makes_a_link_to_us_that_puts_other_words_before_a_visitor():
    forged = reverse("mastodon", args=["IkJ1eSBub3ci:AAAA"])
    assert Client().get(forged).status_code == 404
    assert Client().get(_link(), {"server": "evil.com", "text": "x"}).context["form"].is_bound is False


@pytest.mark.django_db
def test_another_site_cannot_send_a_visitor_through_us():
    assert Client(enforce_csrf_checks=True).post(_link(), {"text": "x", "server": "evil.com"}).status_code == 403
