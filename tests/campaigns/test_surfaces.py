"""How a page of ours is turned for a frame and for a stand."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from campaigns.engine.surfaces import Place, Surface, turn

FRAME = Surface(
    place=Place.FRAME,
    address="/embed/k/",
    form_addresses=("/write/", "https://act.example/write/"),
    receipts="/receipt/",
    own_page="https://act.example/write/",
    source="partner-example",
    origins=("https://partner.example",),
)
STAND = replace(FRAME, place=Place.STAND, address="/kiosk/t/", source="annual-meeting", origins=())


def turned(html: str, surface: Surface = FRAME) -> str:
    return turn(html, surface, new_tab="(new tab)")


def test_the_form_is_sent_to_the_frame_and_keeps_its_source():
    html = '<form class="form" method="post" action="/write/" novalidate>'
    assert turned(html) == html.replace("/write/", "/embed/k/?source=partner-example")
    assert 'action="/embed/k/?source=partner-example"' in turned('<form action="https://act.example/write/">')


def test_the_receipt_and_what_is_done_on_it_stay_in_the_frame():
    assert turned('<a href="/receipt/abc/">x</a>') == '<a href="/embed/k/receipt/abc/">x</a>'
    assert turned('<form method="post" action="/receipt/abc/done/1/">').endswith(
        'action="/embed/k/receipt/abc/done/1/">'
    )
    assert FRAME.turned("/receipt/abc/?x=1") == "/embed/k/receipt/abc/?x=1"


def test_a_link_to_any_other_page_opens_a_tab_and_says_so():
    html = turned('<p><a class="button" href="/privacy/">Privacy</a></p>')
    assert 'href="/privacy/" target="_blank" rel="noopener"' in html
    assert '<span class="visually-hidden"> (new tab)</span></a>' in html


def test_links_within_the_page_and_to_other_programs_are_left_alone():
    for html in ('<a href="#name">x</a>', '<a href="mailto:a@b.example">x</a>', '<a href="tel:+1202">x</a>'):
        assert turned(html) == html


def test_a_form_that_leads_elsewhere_opens_a_tab():
    assert turned('<form action="/search/">') == '<form action="/search/" target="_blank">'


def test_what_people_typed_is_not_touched():
    html = "<textarea>&lt;a href=&quot;/write/&quot;&gt;x&lt;/a&gt;</textarea>"
    assert turned(html) == html


def test_a_quote_that_never_ends_stops_nothing():
    assert turned('<a href="' + "x" * 5000) == '<a href="' + "x" * 5000


def test_a_stand_fills_in_nothing_and_leads_nowhere():
    html = turned('<form action="/write/"><input autocomplete="email"><a href="/privacy/">Privacy</a></form>', STAND)
    assert html == ('<form action="/kiosk/t/" autocomplete="off"><input autocomplete="off"><span>Privacy</span></form>')
    assert STAND.turned("/receipt/abc/") is None


@given(st.text(alphabet="<>a form\"'=/#href", max_size=60))
def test_turning_ends_and_adds_no_markup_to_a_page_without_links_and_forms(text):
    if "<a" not in text and "<form" not in text:
        assert turned(text) == text
    turned(text)
