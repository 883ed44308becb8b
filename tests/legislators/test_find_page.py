"""Find my legislators: an address in, cards out, and a way through every doubt."""

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from home.blocks.find_legislators import FindLegislatorsBlock
from legislators.content.find_page import FindLegislatorsPage
from legislators.models import LegislatorDoubt
from legislators.services import geocoding
from tests.factories import alder as invented_state
from tests.factories import home, legislators

pytestmark = pytest.mark.django_db

PORT_ALDER = {"street": "21 Main Street", "city": "Port Alder", "state": "AX", "zip_code": "69901"}
#: Thirty metres from the line between 1st and 2nd Birch.
LINE_ROAD = {"street": "101 Line Road", "city": "Birchfield", "state": "AX", "zip_code": "69903"}
SPLIT_ZIP = {"street": "", "city": "", "state": "AX", "zip_code": "69903"}


@pytest.fixture
def page(db, settings):
    settings.GEOCODERS = ["sample", "street_ranges"]
    invented_state.build()
    return home.home_page().add_child(instance=FindLegislatorsPage(title="Find your legislators", slug="find"))


def _find(client, page, address=PORT_ALDER, **more):
    return client.post(page.url, {**address, "stage": "find", **more})


def _soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def _names(response) -> list[str]:
    return [" ".join(found.get_text().split()) for found in _soup(response).select(".official-card .card__title")]


def _hidden(response, button: str) -> dict[str, str]:
    """What a browser sends with the form that has this button."""
    form = _soup(response).select_one(button).find_parent("form")
    sent = {field["name"]: field.get("value", "") for field in form.select("input[type=hidden]")}
    sent |= {field["name"]: field.select("option")[0]["value"] for field in form.select("select")}
    pressed = form.select_one(button)
    return sent | {pressed["name"]: pressed["value"]}


def _radios(response) -> dict[str, str]:
    """The value of each radio by its district."""
    return {
        " ".join(label.get_text(" ").split()): label.input["value"] for label in _soup(response).select(".radios label")
    }


def test_the_form_is_shown_and_asks_for_an_address_only(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    form = _soup(response).select_one("main form")
    assert form["method"] == "post"
    assert [field["name"] for field in form.select("input:not([type=hidden]), select")] == list(PORT_ALDER)


def test_an_address_that_is_clearly_in_its_districts_is_answered_with_cards(client, page):
    response = _find(client, page)
    assert _names(response) == [
        "Senator Marisol Tidewater",
        "Representative Ines Quayle",
        "Representative Leonora Strand",
        "Senator Constance Aldridge",
        "Senator Jerome Holloway",
    ]
    text = _soup(response).main.get_text(" ", strip=True)
    assert "We know the very place of your address" in text
    assert "your address was sent to nobody" in text
    assert "555-555-0101" in text


def test_the_answer_is_kept_by_no_cache_and_the_address_stands_in_no_url(client, page):
    response = _find(client, page)
    assert response["Cache-Control"] == "private, no-store"
    links = [str(found.get("href") or found.get("action") or found.get("src")) for found in _soup(response).find_all()]
    assert not any("69901" in link or "Main" in link for link in links)


def test_an_address_in_a_query_is_not_looked_up(client, page):
    response = client.get(page.url, PORT_ALDER)
    assert _names(response) == []
    assert b"21 Main Street" not in response.content


def test_only_the_chambers_that_the_editor_chose_are_shown(client, page):
    page.shows_congress = False
    page.save()
    assert _names(_find(client, page)) == ["Senator Marisol Tidewater", "Representative Ines Quayle"]
    # Without its street the address leaves both chambers of the state open, and Congress is not asked about.
    asked = _find(client, page, {**SPLIT_ZIP})
    assert {item["question"].chamber for item in asked.context["questions"]} <= {"state_upper", "state_lower"}


def test_a_page_that_shows_nobody_cannot_be_saved(page):
    page.shows_congress = page.shows_state = False
    with pytest.raises(Exception, match="at least one"):
        page.full_clean()


def test_a_vacant_seat_is_said(client, page):
    quarry_hill = {"street": "21 Main Street", "city": "Quarry Hill", "state": "AX", "zip_code": "69906"}
    text = _soup(_find(client, page, quarry_hill)).main.get_text(" ", strip=True)
    assert "2nd Stone: this seat is vacant at the moment." in text


def test_what_is_missing_is_an_error_at_its_field_and_what_was_typed_is_kept(client, page):
    response = _find(client, page, {**PORT_ALDER, "zip_code": "6990", "state": ""})
    soup = _soup(response)
    links = {link["href"]: link.get_text() for link in soup.select(".error-summary a")}
    assert list(links.values()) == ["Choose your state.", "Enter a ZIP code of five digits, like 02139."]
    assert all(soup.select_one(target) for target in links)
    assert soup.select_one("input[name=street]")["value"] == "21 Main Street"
    assert soup.title.get_text().startswith("Error: ")


def test_a_zip_code_alone_is_told_to_add_the_street_or_to_choose(client, page):
    response = _find(client, page, SPLIT_ZIP)
    headings = [found.get_text(strip=True) for found in _soup(response).select("h2")]
    assert headings.index("Add your street and house number") < headings.index("Or choose here")
    assert not any("Lindqvist" in name or "Elmore" in name for name in _names(response))
    assert b"Bronwyn Lindqvist" in response.content


def test_a_choice_is_answered_with_the_card(client, page):
    asked = _find(client, page, SPLIT_ZIP)
    sent = _hidden(asked, "button[value=choose]")
    for question in asked.context["questions"]:
        sent[question["input_name"]] = question["question"].candidates[-1].division_ocd_id
    response = client.post(page.url, sent)
    assert "Representative Hector Elmore" in _names(response)
    assert b"You chose the district yourself." in response.content


def test_not_knowing_shows_the_others_and_says_what_would_help(client, page):
    asked = _find(client, page, SPLIT_ZIP)
    sent = _hidden(asked, "button[value=choose]")
    sent |= {question["input_name"]: "unknown" for question in asked.context["questions"]}
    response = client.post(page.url, sent)
    assert "Senator Constance Aldridge" in _names(response)
    assert b"You said that you do not know your district of:" in response.content


def test_leaving_a_question_out_is_an_error_that_leads_to_it(client, page):
    asked = _find(client, page, LINE_ROAD)
    response = client.post(page.url, _hidden(asked, "button[value=choose]"))
    soup = _soup(response)
    (link,) = soup.select(".error-summary a")
    assert link.get_text() == "State house: choose your district, or say that you do not know it"
    assert soup.select_one(link["href"])["type"] == "radio"
    assert len(_names(response)) == 4


def test_beside_an_edge_a_map_shows_where(client, page):
    response = _find(client, page, LINE_ROAD)
    soup = _soup(response)
    assert "Confirm your district on the map" in [found.get_text(strip=True) for found in soup.select("h2")]
    near = soup.select_one("svg[role=img]")
    assert re.search(
        r"By our map your address lies in 2nd Birch\. 1st Birch begins about \d+ feet", near.desc.get_text()
    )
    assert len(_radios(response)) == 3
    assert len(response.content) < 90_000


def test_the_choice_on_the_map_settles_the_district(client, page):
    asked = _find(client, page, LINE_ROAD)
    chosen = next(value for label, value in _radios(asked).items() if label.startswith("1st Birch"))
    sent = _hidden(asked, "button[value=choose]") | {"choice-state_lower": chosen}
    assert "Representative Bronwyn Lindqvist" in _names(client.post(page.url, sent))


@pytest.mark.parametrize("forged", ["", "x", "forged:1:2"])
def test_a_finding_that_is_not_ours_is_looked_up_again(client, page, forged):
    asked = _find(client, page, LINE_ROAD)
    sent = _hidden(asked, "button[value=choose]") | {"finding": forged, "choice-state_lower": "anything"}
    response = client.post(page.url, sent)
    assert len(_radios(response)) == 3


def test_a_finding_is_not_good_for_another_address(client, page):
    asked = _find(client, page, LINE_ROAD)
    sent = _hidden(asked, "button[value=choose]") | PORT_ALDER
    assert "Representative Ines Quayle" in _names(client.post(page.url, sent))


# --- This is not my legislator ----------------------------------------------------------------------


def _doubt(client, page, answered, name: str, reason: str):
    button = f"button[name=doubt][value^='{_official_id(answered, name)} ']"
    sent = _hidden(answered, button)
    field = next(key for key in sent if key.startswith("doubt-reason-"))
    return client.post(page.url, sent | {field: reason})


def _official_id(answered, name: str) -> int:
    seats = [seat for _chamber, group in answered.context["chambers"] for seat in group]
    return next(card.id for seat in seats for card in seat.officials if name in card.name)


def test_saying_this_is_not_my_legislator_is_recorded_without_anything_of_the_visitor(client, page):
    _doubt(client, page, _find(client, page), "Quayle", "wrong_district")
    doubt = LegislatorDoubt.objects.get()
    assert (doubt.official.name, doubt.division.name, doubt.reason) == ("Ines Quayle", "1st Harbor", "wrong_district")
    assert (doubt.certainty, doubt.geocoder) == ("rooftop", "sample")
    stored = " ".join(str(value) for value in LegislatorDoubt.objects.values().get().values())
    assert not any(typed in stored for typed in ("Main", "Port Alder", "69901"))


def test_it_leads_on_to_every_district_of_that_chamber(client, page):
    response = _doubt(client, page, _find(client, page), "Quayle", "wrong_district")
    (item,) = response.context["questions"]
    assert (item["question"].chamber, len(item["question"].candidates), item["chosen"]) == ("state_lower", 8, "")
    assert b"Thank you: our staff can see" in response.content
    assert not any("Quayle" in name for name in _names(response))
    chosen = next(value for label, value in _radios(response).items() if label.startswith("2nd Harbor"))
    sent = _hidden(response, "button[value=choose]") | {"choice-state_lower": chosen}
    assert "Representative Thaddeus Marsh" in _names(client.post(page.url, sent))


def test_a_doubt_about_the_person_keeps_the_district_at_hand(client, page):
    response = _doubt(client, page, _find(client, page), "Quayle", "left_office")
    (item,) = response.context["questions"]
    assert item["chosen"].endswith("sldl:1st_harbor")
    assert b"our staff will check this" in response.content


def test_a_vacant_seat_can_be_doubted_too(client, page):
    quarry_hill = {"street": "21 Main Street", "city": "Quarry Hill", "state": "AX", "zip_code": "69906"}
    answered = _find(client, page, quarry_hill)
    client.post(page.url, _hidden(answered, "button[name=doubt][value^='0 ']"))
    doubt = LegislatorDoubt.objects.get()
    assert (doubt.official, doubt.division.name) == (None, "2nd Stone")


def test_the_same_form_sent_again_is_one_doubt(client, page):
    answered = _find(client, page)
    for _press in range(2):
        _doubt(client, page, answered, "Quayle", "other")
    assert LegislatorDoubt.objects.count() == 1


@pytest.mark.parametrize(
    "value", ["", "x", "0", "1 state_lower", "1 state_lower ocd-division/country:us/state:ax/sldl:2nd_mill", "é é é"]
)
def test_a_doubt_about_somebody_who_was_not_shown_is_not_recorded(client, page, value):
    sent = _hidden(_find(client, page), "button[name=doubt]") | {"doubt": value}
    response = client.post(page.url, sent)
    assert LegislatorDoubt.objects.count() == 0
    assert "Representative Ines Quayle" in _names(response)


# --- Refusals, outages, other pages -----------------------------------------------------------------


def test_a_form_without_a_valid_token_is_shown_again_with_what_was_typed(page):
    response = _find(Client(enforce_csrf_checks=True), page)
    assert response.status_code == 403
    soup = _soup(response)
    assert soup.select_one("input[name=street]")["value"] == "21 Main Street"
    assert soup.select_one("input[name=csrfmiddlewaretoken]")["value"]
    assert "Nothing was looked up" in soup.main.get_text()
    assert _names(response) == []


def test_with_every_geocoder_down_the_person_goes_on_by_choosing(client, page, monkeypatch):
    def down(**_arguments):
        raise geocoding.GeocoderUnavailableError("down")

    monkeypatch.setattr(geocoding, "geocode", down)
    response = _find(client, page)
    assert b"cannot look this address up at the moment" in response.content
    assert response.context["questions"]
    assert "Senator Constance Aldridge" in _names(response)


def test_an_address_that_is_covered_by_nothing_is_told_so_and_can_be_corrected(client, page):
    response = _find(client, page, {**PORT_ALDER, "state": "MA", "zip_code": "02139"})
    soup = _soup(response)
    assert "outside the area" in soup.main.get_text()
    assert soup.select_one("input[name=street]")["value"] == "21 Main Street"


@pytest.mark.parametrize("typed", ["\0", "a" * 100_000, "<script>alert(1)</script>", "١٢٣٤٥", "'; DROP TABLE--"])
@pytest.mark.parametrize("field", list(PORT_ALDER))
def test_nonsense_in_a_field_is_answered_like_a_mistake(client, page, field, typed):
    response = _find(client, page, {**PORT_ALDER, field: typed})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def test_the_block_shows_the_form_on_another_page_and_posts_to_this_one(client, page):
    front = page.get_parent().specific
    front.body = [("find_legislators", {"heading": "Who speaks for you?", "text": "", "find_page": page})]
    front.save()
    form = _soup(client.get(front.url)).select_one(".find-legislators-block form")
    assert (form["method"], form["action"]) == ("post", page.url)
    assert form.select_one("input[name=csrfmiddlewaretoken]")["value"]
    assert form.select_one("button[value=find]")


def test_the_block_shows_nothing_of_a_page_that_is_not_public(rf, page):
    page.unpublish()
    block = FindLegislatorsBlock()
    value = block.to_python({"heading": "Who?", "text": "", "find_page": page.pk})
    assert block.render(value, context={"request": rf.get("/")}).strip() == ""


def test_who_chose_a_district_is_told_of_those_without_an_outline_that_may_lie_over_it(client, page):
    legislators.member(legislators.division("sldl", "3rd_birch", "3rd Birch"), "Adaeze Cobble")
    asked = _find(client, page, SPLIT_ZIP)
    radios = _radios(asked)
    choices = {
        "choice-state_upper": next(value for value in radios.values() if "sldu" in value),
        "choice-state_lower": "ocd-division/country:us/state:ax/sldl:1st_birch",
    }
    response = client.post(page.url, {**_hidden(asked, "button[value=choose]"), **choices})
    section = _soup(response).select_one("section[aria-labelledby=unmapped]")
    assert "3rd Birch: Adaeze Cobble" in " ".join(section.get_text(" ").split())
