"""The list of sites that may show a form, and whose page sent a POST."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.engine.origins import NotAnOrigin, Sender, host_word, origin, origins

OWN = "https://act.society.example"


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("https://partner.example", "https://partner.example"),
        ("  HTTPS://Partner.Example/ ", "https://partner.example"),
        ("https://partner.example:443", "https://partner.example"),
        ("https://partner.example:8443", "https://partner.example:8443"),
        ("https://sociedad-médica.example", "https://xn--sociedad-mdica-kkb.example"),
    ],
)
def test_a_site_is_written_as_a_browser_writes_its_origin(line, written):
    assert origin(line) == written


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("partner.example", "malformed"),
        ("ftp://partner.example", "malformed"),
        ("javascript:alert(1)", "malformed"),
        ("https://", "malformed"),
        ("https://user@partner.example", "malformed"),
        ("https://partner.example:99999", "malformed"),
        ("https://partner.example; script-src *", "wildcard"),
        ("https://partner.example; script-src data:", "malformed"),
        ("https://partner.example 'self'", "malformed"),
        ("https://*.example", "wildcard"),
        ("*", "wildcard"),
        ("https://partner.example/news", "path"),
        ("https://partner.example?x=1", "path"),
        ("https://partner.example#", "path"),
        ("http://partner.example", "insecure"),
        ("http://localhost:8000", "insecure"),
    ],
)
def test_what_is_no_single_secure_site_is_refused_and_says_why(line, code):
    with pytest.raises(NotAnOrigin) as refusal:
        origin(line)
    assert refusal.value.code == code


def test_a_developer_may_try_a_form_on_their_own_machine_and_on_no_other():
    assert origin("http://partner.localhost:8001", may_be_local=True) == "http://partner.localhost:8001"
    with pytest.raises(NotAnOrigin):
        origin("http://localhost.partner.example", may_be_local=True)


def test_lines_that_name_no_site_allow_nobody():
    assert origins("https://a.example\n\n*\nhttps://b.example/x\nhttps://A.example") == ("https://a.example",)


@given(st.text(max_size=80))
def test_whatever_an_editor_types_nothing_else_gets_into_a_policy(text):
    for found in origins(text, may_be_local=True):
        assert not set(found) & set(" ;,'\"*\t\n\r")
        assert found.startswith(("https://", "http://"))
        assert origin(found, may_be_local=True) == found


@pytest.mark.parametrize(
    ("sender", "is_ours"),
    [
        (Sender(origin=OWN, fetch_site="same-origin"), True),
        (Sender(origin=OWN), True),
        (Sender(referer=f"{OWN}/embed/x/"), True),
        (Sender(), False),
        (Sender(origin="null"), False),
        (Sender(origin="https://partner.example", referer=f"{OWN}/"), False),
        (Sender(origin=OWN, fetch_site="cross-site"), False),
        (Sender(origin=OWN, fetch_site="same-site"), False),
        (Sender(origin=f"{OWN}.evil.example"), False),
        (Sender(referer=f"{OWN}.evil.example/"), False),
        (Sender(referer="https://evil.example/https://act.society.example/"), False),
    ],
)
def test_a_post_is_ours_only_where_the_browser_says_that_our_page_sent_it(sender, is_ours):
    assert sender.is_at(OWN) is is_ours


def test_a_partner_is_counted_by_its_host_and_nobody_by_an_address_that_is_not_listed():
    allowed = ["https://news.partner.example"]
    assert host_word("https://news.partner.example/members/dr-jones?id=1", allowed) == "news-partner-example"
    assert host_word("https://elsewhere.example/", allowed) == ""
    assert host_word("https://[", allowed) == ""
