"""Where an address does not tell the district, the person chooses: nothing is ever chosen for them."""

import pytest

from campaigns.records.submissions import Letter, Submission
from legislators.adapters.geocoding import GeocoderUnavailableError
from legislators.records.answers import LegislatorDoubt
from legislators.records.officials import Official
from legislators.services import geocoding
from tests.factories import campaigns as make
from tests.factories import legislators

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alder")]
#: A ZIP that lies in two house districts and in one senate district.
SPLIT = {"address__street": "", "address__city": "Birchfield", "address__zip_code": "69903"}


def _choose(page, client, response, **choices):
    return client.post(page.url, {**make.hidden(response), **choices, "stage": "choose"})


def _chambers(response):
    return {item["question"].chamber: item["question"].candidates for item in response.context["questions"]}


def test_a_zip_code_alone_chooses_no_state_legislator(client):
    response = make.details(make.action_page(), client, **SPLIT)
    assert response.templates[0].name == "campaigns/choose.html"
    assert {chamber: len(found) for chamber, found in _chambers(response).items()} == {
        "state_upper": 1,
        "state_lower": 2,
    }
    assert b"many ZIP codes lie in several" in response.content
    assert b"Bronwyn Lindqvist" in response.content


def test_the_choice_leads_to_the_letters_and_is_recorded_as_a_choice(client):
    page = make.action_page()
    asked = make.details(page, client, **SPLIT)
    chosen = {f"choice-{chamber}": found[-1].division_ocd_id for chamber, found in _chambers(asked).items()}
    review = _choose(page, client, asked, **chosen)
    assert [item["letter"].target.name for item in review.context["items"]] == ["Desmond Oakes", "Hector Elmore"]
    make.confirm(page, client, review)
    assert Submission.objects.get().certainty == "chosen"


def test_not_knowing_writes_no_letter_to_that_chamber_and_says_so(client):
    page = make.action_page()
    asked = make.details(page, client, **SPLIT)
    upper = _chambers(asked)["state_upper"][0].division_ocd_id
    review = _choose(page, client, asked, **{"choice-state_upper": upper, "choice-state_lower": "unknown"})
    assert [item["letter"].target.name for item in review.context["items"]] == ["Desmond Oakes"]
    assert b"do not know your district" in review.content
    make.confirm(page, client, review)
    assert Letter.objects.count() == 1
    assert Submission.objects.get().unwritten[0]["why"] == "not_chosen"


def test_leaving_a_chamber_out_is_an_error_that_keeps_the_other_choice(client):
    page = make.action_page()
    asked = make.details(page, client, **SPLIT)
    upper = _chambers(asked)["state_upper"][0].division_ocd_id
    response = _choose(page, client, asked, **{"choice-state_upper": upper})
    assert b"There is a problem" in response.content
    assert [item["question"].chamber for item in response.context["missing"]] == ["state_lower"]
    assert f'value="{upper}" autocomplete="off" checked'.encode() in response.content


def test_a_district_that_was_not_offered_cannot_be_chosen(client):
    page = make.action_page()
    asked = make.details(page, client, **SPLIT)
    elsewhere = "ocd-division/country:us/state:ax/sldl:2nd_mill"
    response = _choose(page, client, asked, **{"choice-state_upper": elsewhere, "choice-state_lower": elsewhere})
    assert len(response.context["missing"]) == 2


def test_a_finding_that_was_tampered_with_is_looked_up_again(client):
    page = make.action_page()
    asked = make.details(page, client, **SPLIT)
    response = client.post(
        page.url, {**make.hidden(asked), "action-finding": "forged", "stage": "choose", "choice-state_lower": "x"}
    )
    assert response.templates[0].name == "campaigns/choose.html"


def test_a_review_that_was_confirmed_with_another_address_is_shown_again(client):
    page = make.action_page()
    review = make.details(page, client)
    response = make.confirm(page, client, review, address__street="12 Main Street", address__city="Saltmarsh")
    assert Submission.objects.count() == 0
    assert b"looked up your address again" in response.content


def test_with_the_geocoder_down_the_person_goes_on_by_choosing(client, monkeypatch):
    def down(**_arguments):
        raise GeocoderUnavailableError("down")

    monkeypatch.setattr(geocoding, "geocode", down)
    page = make.action_page()
    asked = make.details(page, client)
    assert b"cannot look this address up at the moment" in asked.content
    assert b"12 Main Street" in asked.content
    chosen = {f"choice-{chamber}": found[0].division_ocd_id for chamber, found in _chambers(asked).items()}
    review = _choose(page, client, asked, **chosen)
    assert make.confirm(page, client, review).status_code == 302


def test_a_post_office_box_is_explained_and_the_person_chooses(client):
    response = make.details(make.action_page(), client, address__street="PO Box 12")
    assert response.templates[0].name == "campaigns/choose.html"
    assert b"post-office box" in response.content


def test_a_street_that_cannot_be_found_is_kept_to_be_corrected(client):
    response = make.details(make.action_page(), client, address__street="999 Nowhere Lane")
    assert b'value="999 Nowhere Lane"' in response.content
    assert b"could not find this street" in response.content


def test_a_zip_code_of_another_state_is_an_error_at_the_address(client):
    response = make.details(make.action_page(), client, address__zip_code="02139")
    assert response.templates[0].name == "campaigns/action_page.html"
    assert "does not belong to the state" in response.context["errors"][0][1]
    assert Submission.objects.count() == 0


def test_an_address_outside_the_covered_states_is_told_so_and_nothing_is_sent(client):
    response = make.details(make.action_page(), client, address__state="MA", address__zip_code="02139")
    assert response.templates[0].name == "campaigns/action_page.html"
    assert "outside the area" in response.context["errors"][0][1]
    assert b"Nothing was sent" in response.content


def test_outside_the_covered_states_a_fixed_recipient_still_gets_a_letter(client):
    recipient = {"name": "Committee on Health", "office": "", "email": "health@alder.example"}
    page = make.action_page(targets=[("state_upper", None), ("recipient", recipient)])
    review = make.details(page, client, address__state="MA", address__zip_code="02139")
    assert [item["letter"].target.name for item in review.context["items"]] == ["Committee on Health"]
    assert b"could not find who represents your address" in review.content


def test_a_chamber_of_many_districts_is_a_list_to_choose_from(client, monkeypatch):
    monkeypatch.setattr("legislators.content.find_screens.MAX_RADIOS", 1)
    response = make.details(make.action_page(), client, **SPLIT)
    assert b'<select class="select" id="choice-state_lower-0"' in response.content


# --- Photos, maps, and "this is not my legislator" ---------------------------------------------------

LINE_ROAD = {"address__street": "101 Line Road", "address__city": "Birchfield", "address__zip_code": "69903"}


@pytest.fixture
def sample_addresses(settings):
    settings.GEOCODERS = ["sample"]


@pytest.mark.usefixtures("sample_addresses")
def test_beside_an_edge_the_question_comes_first_with_a_map(client):
    response = make.details(make.action_page(), client, **LINE_ROAD)
    (item,) = response.context["questions"]
    assert item["question"].map.description.startswith("By our map your address lies in 2nd Birch.")
    content = response.content.decode()
    assert content.index("Confirm your district on the map") < content.index("Correct your address")
    assert 'role="img"' in content
    assert "your address was sent to nobody" in content


def test_a_candidate_is_shown_with_photo_or_initials_party_and_district(client):
    content = make.details(make.action_page(), client, **SPLIT).content.decode()
    assert "Representative Bronwyn Lindqvist, Harborlight" in content
    assert ">BL</span>" in content


def _doubt(page, client, review, name, reason):
    item = next(item for item in review.context["items"] if name in item["letter"].target.name)
    number, seat = item["letter"].target.official_id, item["doubted"]
    sent = make.hidden(review) | {
        "doubt": f"{number} {seat.chamber} {seat.division_ocd_id}",
        f"doubt-reason-{number}": reason,
    }
    return client.post(page.url, sent)


def test_a_letter_to_somebody_else_s_legislator_is_reported_and_leads_to_every_district(client):
    page = make.action_page()
    response = _doubt(page, client, make.details(page, client), "Quayle", "wrong_district")
    doubt = LegislatorDoubt.objects.get()
    assert (doubt.official.name, doubt.division.name, doubt.certainty) == ("Ines Quayle", "1st Harbor", "interpolated")
    assert doubt.geocoder == "street_ranges"
    assert list(_chambers(response)) == ["state_lower"]
    assert len(_chambers(response)["state_lower"]) == 8
    assert b"Thank you: our staff can see" in response.content
    other = next(one for one in _chambers(response)["state_lower"] if one.district == "2nd Harbor")
    review = _choose(page, client, response, **{"choice-state_lower": other.division_ocd_id})
    assert [item["letter"].target.name for item in review.context["items"]] == ["Marisol Tidewater", "Thaddeus Marsh"]
    assert make.confirm(page, client, review).status_code == 302


def test_words_that_were_edited_are_kept_through_a_doubt(client):
    page = make.action_page()
    review = make.details(page, client)
    upper = next(item for item in review.context["items"] if "Tidewater" in item["letter"].target.name)
    item = next(item for item in review.context["items"] if "Quayle" in item["letter"].target.name)
    number, seat = item["letter"].target.official_id, item["doubted"]
    sent = make.hidden(review) | {
        upper["form"].add_prefix("body"): "My own words.",
        "doubt": f"{number} {seat.chamber} {seat.division_ocd_id}",
    }
    response = client.post(page.url, sent)
    (asked,) = response.context["questions"]
    assert asked["chosen"] == seat.division_ocd_id
    again = _choose(page, client, response, **{"choice-state_lower": asked["chosen"]})
    assert b"My own words." in again.content


def test_whom_the_editor_picked_is_nobody_s_to_doubt(client):
    chosen = Official.objects.get(name="Yuki Fuller")
    page = make.action_page(targets=[("official", {"official": chosen}), ("state_lower", None)])
    items = make.details(page, client).context["items"]
    assert {item["letter"].target.name: bool(item["doubted"]) for item in items} == {
        "Yuki Fuller": False,
        "Ines Quayle": True,
    }


@pytest.mark.parametrize("value", ["", "x", "1 state_lower x", "0 us_house ocd-division/country:us/state:ax/cd:1"])
def test_a_doubt_about_nobody_on_the_page_shows_the_letters_again(client, value):
    page = make.action_page()
    response = client.post(page.url, make.hidden(make.details(page, client)) | {"doubt": value})
    assert response.templates[0].name == "campaigns/review.html"
    assert LegislatorDoubt.objects.count() == 0


def _floterial():
    """A district of the harbour that nobody drew; whoever lives there has two representatives."""
    return legislators.member(legislators.division("sldl", "3rd_harbor", "3rd Harbor"), "Adaeze Cobble")


def test_a_district_without_outline_that_may_be_theirs_is_said_beside_the_letters(client):
    _floterial()
    review = make.details(make.action_page(), client)
    assert b"Adaeze Cobble" in review.content
    assert b"This form writes to none of them." in review.content
    assert "Adaeze Cobble" not in [item["letter"].target.name for item in review.context["items"]]


def test_whoever_chose_their_district_hears_of_those_that_may_lie_over_it_too(client):
    legislators.member(legislators.division("sldl", "3rd_birch", "3rd Birch"), "Adaeze Cobble")
    page = make.action_page()
    asked = make.details(page, client, **SPLIT)
    upper = _chambers(asked)["state_upper"][0].division_ocd_id
    lower = "ocd-division/country:us/state:ax/sldl:2nd_birch"
    review = _choose(page, client, asked, **{"choice-state_upper": upper, "choice-state_lower": lower})
    assert [seat.district for seat in review.context["unmapped"]] == ["3rd Birch"]
