"""The delivery packet: who is counted and named in it, and what is never in it."""

from collections import Counter

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from campaigns.engine import pdf_fonts
from campaigns.engine.petition_pdf import Count, Counts, Packet, petition_pdf
from campaigns.records.participation import Signature
from campaigns.selectors import kind_pages, petition_packets
from campaigns.selectors.petition_packets import _counts
from legislators.records.divisions import Division
from tests.factories import campaigns, participation

PACKET = Packet(
    heading="Keep video visits",
    statement="We ask.\n\nThey need them.",
    society="Alder Medical Society",
    day="November 22, 2026",
    language="en",
    total=12,
    cover_letter="Dear committee,\n\nhere they are.",
    counts=(Counts("By town", (Count("Port Alder", 9),), 3),),
    names=(("Dr. María Ñuñez", "Port Alder"), ("王小明", "")),
    comments=("I drive two hours.",),
)


def test_a_packet_is_a_pdf_with_its_title_its_language_and_numbered_pages():
    pdf = petition_pdf(PACKET)
    assert pdf.startswith(b"%PDF-")
    assert b"/Lang (en)" in pdf
    assert b"/DisplayDocTitle true" in pdf
    assert b"Keep video visits" in pdf
    assert b"/Outlines" in pdf
    assert pdf.count(b"/Type /Page\n") == 2


def test_markup_in_what_people_wrote_is_text():
    hostile = "<b>x</b> &amp; <img src='http://x.example/a.png'/> </para>"
    pdf = petition_pdf(
        Packet(**{**_values(PACKET), "statement": hostile, "names": ((hostile, hostile),), "comments": (hostile,)})
    )
    assert pdf.startswith(b"%PDF-")


def test_a_packet_of_many_names_is_made_whole():
    names = tuple((f"Person {number}", "Port Alder") for number in range(500)) + (("x" * 80, "y" * 80),)
    pdf = petition_pdf(Packet(**{**_values(PACKET), "names": names}))
    assert pdf.count(b"/Type /Page\n") > 10


@given(st.text(max_size=120))
def test_what_the_fonts_lack_is_counted_and_nothing_unwritable_is_left(text):
    fonts = pdf_fonts.fonts()
    written_text, replaced = fonts.writable(text)
    assert replaced <= len(written_text)
    assert all(fonts.has(character) or character in "\n\t" for character in written_text)


def test_a_letter_that_a_small_font_lacks_loses_its_accent_and_a_script_that_it_lacks_is_said():
    small = pdf_fonts.Fonts("x", "y", frozenset(range(32, 256)))
    assert small.writable("Ñuñez") == ("Ñuñez", 0)
    assert small.writable("Nguyễn Ánh") == ("Nguyen Ánh", 0)
    assert small.writable("王 محمد") == ("? ????", 5)


def test_what_the_first_font_lacks_is_written_with_another_that_this_machine_has():
    small = pdf_fonts.Fonts("x", "y", frozenset(range(32, 256)), (("han", frozenset({ord("王")})),))
    assert small.writable("Li 王 明") == ("Li 王 ?", 1)
    assert small.runs("Li 王 ?") == [("", "Li "), ("han", "王"), ("", " ?")]


@given(st.text(max_size=60))
def test_the_runs_of_a_text_are_the_whole_text(text):
    fonts = pdf_fonts.Fonts("x", "y", frozenset(range(32, 256)), (("more", frozenset(range(256, 20_000))),))
    written, _replaced = fonts.writable(text)
    assert "".join(run for _name, run in fonts.runs(written)) == written


def test_a_packet_is_written_with_two_fonts(monkeypatch):
    both = pdf_fonts.fonts()
    small = pdf_fonts.Fonts(both.regular, both.bold, frozenset(range(32, 256)), ((both.bold, both.characters),))
    monkeypatch.setattr("campaigns.engine.petition_pdf.fonts", lambda: small)
    pdf = petition_pdf(Packet(**{**_values(PACKET), "names": (("Ωmega <b>", "Łódź"),)}))
    assert pdf.startswith(b"%PDF-")


def test_a_place_of_few_is_not_named_and_does_not_follow_from_the_rest():
    found = _counts("By town", Counter({"A": 40, "B": 6, "C": 2}), 48)
    assert found.places == (Count("A", 40),)
    assert found.elsewhere == 8
    assert _counts("By town", Counter({"A": 3}), 3).places == ()
    many = _counts("By town", Counter({"A": 9, "B": 4, "C": 4}), 17)
    assert (many.places, many.elsewhere) == ((Count("A", 9),), 8)


@given(st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(1, 30), min_size=1))
def test_whatever_the_numbers_no_small_one_is_told_and_none_is_lost(numbers):
    total = sum(numbers.values())
    found = _counts("By town", Counter(numbers), total)
    assert all(place.number >= petition_packets.FEWEST for place in found.places)
    assert sum(place.number for place in found.places) + found.elsewhere == total
    assert not (found.places and 0 < found.elsewhere < petition_packets.FEWEST)


@pytest.fixture
def petition(alder):
    return participation.page(
        participation.action("petition"), form_fields=[*campaigns.FIELDS[:3]], targets=campaigns.UPPER_AND_LOWER
    )


def _sign(page, number, **answers):
    address = {name: value for name, value in campaigns.PERSON.items() if name.startswith("address__")}
    given = {**address, "name__given": f"Person{number}", **answers}
    return participation.sent(page, email=f"p{number}@clinic.example", **given)


def test_the_packet_of_a_district_has_only_who_lives_there(petition):
    for number in range(6):
        _sign(petition, number, petition_public_name="on")
    elsewhere = {"address__street": "101 Line Road", "address__city": "Birchfield", "address__zip_code": "69903"}
    asked = kind_pages.one_with("petition", petition.translation_key, "petition")
    whole = petition_packets.packet(asked, society="Alder")
    assert (whole.total, len(whole.names)) == (6, 6)
    assert elsewhere["address__city"] not in str(whole)
    listed = petition_packets.districts(asked)
    assert listed
    assert {one.number for one in listed} == {6}
    of_district = petition_packets.packet(asked, society="Alder", division=listed[0].division)
    assert of_district.total == 6
    assert of_district.recipient
    other = Division.objects.exclude(pk__in=[one.division.pk for one in listed]).first()
    assert petition_packets.packet(asked, society="Alder", division=other).total == 0


def test_the_packet_holds_no_address_and_only_what_was_agreed_to_and_read(petition):
    _sign(petition, 1, petition_comment="Secret", petition_public_name="on")
    _sign(petition, 2, petition_comment="Please read this", petition_comment_pass_on="on")
    _sign(petition, 3, petition_comment="Not yet read", petition_comment_pass_on="on")
    _sign(petition, 4, petition_public_name="on")
    Signature.objects.filter(comment="Please read this").update(comment_state="allowed")
    Signature.objects.filter(public_name__contains="Person4").update(is_hidden=True)
    asked = kind_pages.one_with("petition", petition.translation_key, "petition")
    found = petition_packets.packet(asked, society="Alder")
    assert found.total == 4
    assert found.names == (("Dr. Person1 Santos", "Port Alder"),)
    assert found.comments == ("Please read this",)
    assert "@clinic.example" not in str(found)
    assert "Main Street" not in str(found)
    assert petition_pdf(found).startswith(b"%PDF-")


NAMES = ("王小明", "محمد علي", "שרה כהן", "Ñuñez 💊", "=HYPERLINK")


def test_no_name_is_lost_in_the_packet_as_a_page_or_as_a_table(petition, admin_client):
    for number, name in enumerate(NAMES):
        _sign(petition, number, name__given=name, petition_public_name="on")
    url = reverse("petitions:packet", args=[petition.translation_key, "petition"])
    page = admin_client.get(url, {"as": "page"})
    html = BeautifulSoup(page.content, "html.parser")
    assert html.html["lang"] == "en"
    assert html.title.get_text() == "Keep video visits"
    assert [heading.name for heading in html.find_all(["h1", "h2"])][0] == "h1"
    named = [cell.get_text() for cell in html.find("table", attrs={"aria-labelledby": "names"}).select("tbody th bdi")]
    assert named == [f"Dr. {name} Santos" for name in NAMES]
    assert "no-store" in page["Cache-Control"]
    table = admin_client.get(url, {"as": "table"}).content.decode("utf-8-sig").splitlines()
    assert table[0] == "Name,Town"
    assert [line.split(",")[0] for line in table[1:]] == named
    assert admin_client.get(url, {"as": "pdf"}).content.startswith(b"%PDF-")
    assert admin_client.get(url, {"as": "docx"}).status_code == 404


def test_what_people_wrote_is_text_in_the_page_too(petition, admin_client):
    _sign(petition, 1, name__given="<img src=x>", petition_public_name="on")
    url = reverse("petitions:packet", args=[petition.translation_key, "petition"])
    html = BeautifulSoup(admin_client.get(url, {"as": "page"}).content, "html.parser")
    assert html.find("img") is None
    assert "<img src=x>" in html.get_text()


def test_what_is_not_clear_is_not_in_the_packet(petition):
    submission = _sign(petition, 1, petition_public_name="on")
    submission.standing = "quarantined"
    submission.save()
    asked = kind_pages.one_with("petition", petition.translation_key, "petition")
    found = petition_packets.packet(asked, society="Alder")
    assert (found.total, found.names) == (0, ())
    assert Client().get(petition.url).status_code == 200


def _values(packet):
    return {name: getattr(packet, name) for name in packet.__dataclass_fields__}
