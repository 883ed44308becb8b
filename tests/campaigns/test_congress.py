"""Letters to Congress: by its own system where an office takes them, with what it asks, and honest about the rest."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from campaigns.records.submissions import Letter
from delivery.engine.cwc.content import Bill
from delivery.records.cwc_offices import CwcOffice
from delivery.records.messages import OutboxMessage
from delivery.records.recipients import RecipientRecord
from tests.factories import campaigns as make
from tests.factories import home, legislators

pytestmark = pytest.mark.django_db
BODY = "Dear {legislator_salutation},\n\nI live in {town}. Please vote for {campaign}.\n\nSincerely,"
TERMS = {
    "topics": ["Health", "Social Welfare"],
    "position": "pro",
    "bills": [{"type": "item", "id": str(uuid.uuid4()), "value": {"congress": 119, "kind": "hr", "number": 879}}],
}


@pytest.fixture
def cwc(settings):
    """Congress's systems in the mode "test", with keys and all that they want to know of the society."""
    settings.CWC_MODE = "test"
    settings.CWC_HOUSE_KEY = settings.CWC_SENATE_KEY = "a-key"
    settings.CWC_HOUSE_DELIVERY_AGENT = settings.CWC_SENATE_DELIVERY_AGENT = "Alder Medical Society"
    settings.CWC_ACK_ADDRESS, settings.CWC_CONTACT_EMAIL = "acks@alder-medical.example", "grace@alder-medical.example"
    settings.CWC_CONTACT_NAME, settings.CWC_CONTACT_PHONE = "Grace Bell", "617-555-0100"
    settings.CWC_ORGANIZATION = "Alder Medical Society"
    _office("HMA05", "us_house")
    _office("SMA01", "us_senate", "W000817")
    return settings


def _office(code, chamber, bioguide_id=""):
    now = timezone.now()
    return CwcOffice.objects.create(code=code, chamber=chamber, bioguide_id=bioguide_id, name=code, seen_at=now)


@pytest.fixture
def members(db):
    """A member of the House and the two senators of Massachusetts, of whom one takes letters by the system."""
    state = legislators.jurisdiction("ma", name="Massachusetts", zip_prefixes=["021"], is_sample=False)
    whole = legislators.whole_state(state=state)
    house = legislators.member(
        legislators.division("cd", "5", "5th Congressional", state=state),
        "Kay Fifth",
        email="",
        source_id="bioguide/F1",
    )
    takes = legislators.member(whole, "Wilma Warden", email="", source_id="bioguide/W000817")
    does_not = legislators.member(whole, "Mark Marker", email="", source_id="bioguide/M000133")
    for number, one in enumerate((house, takes, does_not)):
        legislators.office(one, phone=f"202-555-010{number}")
    return [house, takes, does_not]


@pytest.fixture
def page(members):
    targets = [("official", {"official": one}) for one in members]
    return make.action_page(
        targets=targets, letter_body=BODY, congress=[{"type": "letters", "value": TERMS, "id": str(uuid.uuid4())}]
    )


ADDRESS = {"address__city": "Cambridge", "address__state": "MA", "address__zip_code": "02139"}
CHOSEN = {"letter-congress-title": "Dr."}


def names(items):
    return [item["letter"].target.name for item in items]


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def test_where_the_system_is_off_congress_is_a_hand_off_and_nothing_is_asked_for_it(client, page):
    review = make.details(page, client, **ADDRESS)
    assert review.context["congress"] is None
    assert names(review.context["by_hand"]) == ["Kay Fifth", "Wilma Warden", "Mark Marker"]
    make.confirm(page, client, review)
    assert set(OutboxMessage.objects.filter(stream="letter").values_list("channel", "state")) == {
        ("handoff", "needs_handoff")
    }


def test_each_letter_goes_the_way_that_the_review_says(client, cwc, page):
    review = make.details(page, client, **ADDRESS)
    assert names(review.context["by_congress"]) == ["Kay Fifth", "Wilma Warden"]
    assert names(review.context["by_hand"]) == ["Mark Marker"]
    assert "Nothing is sent to an office." in soup(review).get_text()
    make.confirm(page, client, review, **CHOSEN)
    rows = OutboxMessage.objects.filter(stream="letter").values_list("recipient_name", "channel", "routes")
    assert {name: (channel, routes) for name, channel, routes in rows} == {
        "Kay Fifth": ("cwc", ["handoff"]),
        "Wilma Warden": ("cwc", ["handoff"]),
        "Mark Marker": ("handoff", []),
    }


def test_the_letter_is_taken_apart_as_congress_wants_it(client, cwc, page):
    review = make.details(page, client, **ADDRESS, address__unit="Apt 4")
    phone = {"letter-congress-phone": "(617) 555-0123"}
    make.confirm(
        page, client, review, **CHOSEN, **phone, **{"letter-own_words": "Dear all,\n\nI saw it myself.\n\nMaria"}
    )
    row = OutboxMessage.objects.get(recipient_name="Kay Fifth")
    content = row.congress
    assert (content["office"], content["chamber"], row.jurisdiction) == ("HMA05", "us_house", "us")
    assert (content["prefix"], content["first_name"], content["last_name"]) == ("Dr.", "Maria", "Santos")
    assert (content["address1"], content["address2"], content["city"]) == ("12 Main Street", "Apt 4", "Cambridge")
    assert (content["state"], content["zip_code"], content["phone"]) == ("MA", "02139", "617-555-0123")
    assert content["statement"] == "I live in Cambridge. Please vote for Telehealth parity."
    assert content["own_words"] == "I saw it myself."
    assert (content["topics"], content["position"]) == (["Health", "Social Welfare"], "pro")
    assert content["bills"] == [{"congress": 119, "kind": "hr", "number": 879}]
    assert not content["is_email_validated"]
    # Nobody looked the address up: an official whom the editor picked needs no district.
    assert not content["is_address_validated"]


def test_a_text_that_the_person_changed_is_theirs_and_none_of_the_society_s(client, cwc, page):
    review = make.details(page, client, **ADDRESS)
    key = review.context["by_congress"][0]["form"].prefix
    changed = {f"{key}-body": "Dear Representative,\n\nMy patients wait.\n\nSincerely,\nMaria Santos"}
    make.confirm(page, client, review, **CHOSEN, **changed, **{"letter-own_words": "I saw it."})
    content = OutboxMessage.objects.get(recipient_name="Kay Fifth").congress
    assert content["statement"] == ""
    assert content["own_words"] == "I saw it.\n\nMy patients wait."
    other = OutboxMessage.objects.get(recipient_name="Wilma Warden").congress
    assert other["statement"] == "I live in Cambridge. Please vote for Telehealth parity."


def test_letters_of_one_text_are_grouped_and_those_of_another_are_not(client, cwc, page):
    def ids():
        rows = OutboxMessage.objects.filter(channel="cwc").order_by("created_at").values_list("congress", flat=True)
        return [row["campaign_id"] for row in rows]

    make.confirm(page, client, make.details(page, client, **ADDRESS), **CHOSEN)
    make.confirm(page, client, make.details(page, client, **ADDRESS, email="b@clinic.example"), **CHOSEN)
    assert len(ids()) == 4
    assert len(set(ids())) == 1
    page.letter_body = BODY.replace("Please", "I ask you to")
    page.save()
    make.confirm(page, client, make.details(page, client, **ADDRESS, email="c@clinic.example"), **CHOSEN)
    assert len(set(ids())) == 2


# --- The form of address ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "chosen"), [("Dr.", "Dr."), ("dr", "Dr."), ("Ms", "Ms."), ("", None), ("Prof.", None)]
)
def test_a_form_of_address_is_chosen_beforehand_only_where_the_person_gave_it(client, cwc, page, title, chosen):
    review = make.details(page, client, **ADDRESS, name__title=title)
    radios = soup(review).find_all("input", attrs={"name": "letter-congress-title"})
    assert [radio["value"] for radio in radios] == ["Mr.", "Mrs.", "Miss", "Ms.", "Dr.", "none"]
    assert [radio["value"] for radio in radios if radio.has_attr("checked")] == ([chosen] if chosen else [])


def test_without_a_form_of_address_nothing_is_confirmed_and_the_error_leads_to_it(client, cwc, page):
    review = make.details(page, client, **ADDRESS, name__title="")
    again = make.confirm(page, client, review, **{"letter-own_words": "Kept as it is."})
    (target, _message), *others = again.context["errors"]
    assert soup(again).find(id=target)["name"] == "letter-congress-title"
    assert others == []
    assert "Kept as it is." in again.content.decode()
    assert not OutboxMessage.objects.exists()


def test_whom_none_of_them_fits_is_shown_that_those_letters_need_them_before_anything_is_kept(client, cwc, page):
    review = make.details(page, client, **ADDRESS)
    again = make.confirm(page, client, review, **{"letter-congress-title": "none"})
    assert again.status_code == 200
    assert names(again.context["by_hand"]) == ["Kay Fifth", "Wilma Warden", "Mark Marker"]
    assert "how they go" in again.context["notice"]
    assert not OutboxMessage.objects.exists()
    done = make.confirm(page, client, again, **{"letter-congress-title": "none"})
    assert done.status_code == 302
    assert set(OutboxMessage.objects.filter(stream="letter").values_list("channel", flat=True)) == {"handoff"}


@pytest.mark.parametrize("forged", ["General", "<b>", "Dr.\r\nX"])
def test_a_form_of_address_that_is_not_offered_is_refused(client, cwc, page, forged):
    again = make.confirm(page, client, make.details(page, client, **ADDRESS), **{"letter-congress-title": forged})
    assert again.status_code == 200
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("phone", ["+34 612 345 678", "12", "617 555 0123 ext. 9", "x" * 50])
def test_a_telephone_number_that_congress_does_not_take_is_an_error_at_its_field(client, cwc, page, phone):
    review = make.details(page, client, **ADDRESS)
    again = make.confirm(page, client, review, **CHOSEN, **{"letter-congress-phone": phone})
    assert again.context["errors"][0][0] == "id_letter-congress-phone"
    assert not OutboxMessage.objects.exists()


def test_what_was_said_for_congress_is_kept_when_the_answers_change(client, cwc, page):
    review = make.details(page, client, **ADDRESS)
    said = {
        "letter-congress-title": "Ms.",
        "letter-congress-phone": "617-555-0123",
        "letter-own_words": "Mine to keep.",
    }
    changing = client.post(page.url, {**make.hidden(review), **said, "stage": "change"})
    again = client.post(page.url, {**make.hidden(changing), **make.person(**ADDRESS), "stage": "details"})
    form = again.context["congress"]
    assert (form["title"].value(), form["phone"].value()) == ("Ms.", "617-555-0123")
    assert again.context["own_words"]["own_words"].value() == "Mine to keep."


# --- What cannot go that way -----------------------------------------------------------------------------------


def test_an_office_that_leaves_between_reading_and_confirming_is_shown_first(client, cwc, page):
    review = make.details(page, client, **ADDRESS)
    CwcOffice.objects.filter(code="HMA05").update(is_active=False)
    again = make.confirm(page, client, review, **CHOSEN)
    assert again.status_code == 200
    assert names(again.context["by_hand"]) == ["Kay Fifth", "Mark Marker"]
    assert not OutboxMessage.objects.exists()


def test_a_letter_that_became_too_long_is_said_to_be_before_it_is_kept(client, cwc, page):
    review = make.details(page, client, **ADDRESS)
    key = review.context["by_congress"][0]["form"].prefix
    long = {f"{key}-body": "a " * 4990, "letter-own_words": "b " * 200}
    again = make.confirm(page, client, review, **CHOSEN, **long)
    assert again.status_code == 200
    assert names(again.context["by_congress"]) == ["Wilma Warden"]
    assert "more than 10,000 characters" in soup(again).get_text()
    assert not OutboxMessage.objects.exists()
    assert make.confirm(page, client, again, **CHOSEN).status_code == 302
    assert OutboxMessage.objects.get(recipient_name="Kay Fifth").state == "needs_handoff"


def test_an_address_without_a_street_goes_by_hand(client, cwc, page):
    review = make.details(page, client, **ADDRESS, address__street="")
    assert review.context["by_congress"] == []
    assert review.context["congress"] is None


def test_the_staff_s_own_order_of_channels_counts(client, cwc, page, members):
    RecipientRecord.objects.create(key=f"official:{members[0].source_id}", name="Kay Fifth", routes=["email"])
    assert names(make.details(page, client, **ADDRESS).context["by_congress"]) == ["Wilma Warden"]


def test_what_the_review_asks_of_the_database_does_not_grow_with_the_letters(
    client, page, django_assert_max_num_queries
):
    with django_assert_max_num_queries(60):
        make.details(page, client, **ADDRESS)


# --- The receipt ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "name", "words"),
    [
        ("accepted", "Kay Fifth", "Accepted by the House’s system"),
        ("accepted", "Wilma Warden", "Accepted by the Senate’s system"),
        ("captured", "Kay Fifth", "the way into Congress is not switched on"),
        ("uncertain", "Kay Fifth", "before the system of Congress answered"),
        ("held", "Kay Fifth", "Waits for our staff"),
    ],
)
def test_the_receipt_says_of_congress_what_is_true(client, cwc, page, state, name, words):
    done = make.confirm(page, client, make.details(page, client, **ADDRESS), **CHOSEN)
    OutboxMessage.objects.filter(recipient_name=name).update(state=state)
    text = " ".join(soup(client.get(done.url)).get_text(" ").split())
    assert words in text
    assert "Nothing is sent to an office." in text
    assert "read the letter" not in text.lower() or "Nobody can tell" in text or state != "accepted"


# --- What the editor says --------------------------------------------------------------------------------------


def test_the_page_s_words_for_congress_are_no_translator_s(page):
    translated = home.localize(page)
    assert translated.congress.get_prep_value()[0]["value"]["topics"] == ["Health", "Social Welfare"]
    assert translated.congress.get_prep_value()[0]["value"]["position"] == "pro"


def test_a_translated_form_goes_by_the_original_s_words_for_congress(rf, page):
    translated = home.localize(page)
    translated.congress = []
    translated.save()
    terms = translated.terms(rf.get("/")).congress
    assert terms.topics == ("Health", "Social Welfare")
    assert (terms.position, terms.bills) == ("pro", (Bill(119, "hr", 879),))


def test_a_page_that_says_nothing_of_congress_writes_about_health_and_takes_no_side(rf, members):
    terms = make.action_page().terms(rf.get("/")).congress
    assert (terms.topics, terms.position, terms.bills) == (("Health",), "", ())


def test_a_receipt_lists_each_letter_once(client, cwc, page):
    make.confirm(page, client, make.details(page, client, **ADDRESS), **CHOSEN)
    assert Letter.objects.count() == 3
