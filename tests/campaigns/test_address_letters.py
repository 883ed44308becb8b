"""From two addresses to letters that each name the one that gives standing, and to what staff see of it."""

import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.urls import reverse

from campaigns.content.action_page import ActionPage
from campaigns.records.submissions import Letter, Submission
from delivery.records.messages import OutboxMessage
from legislators.services import resolution
from tests.factories import campaigns as make
from tests.factories.delivery import words_of
from tests.factories.forms import raw_stream

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alder")]

NAME = {"type": "name", "label": "Your name", "key": "name"}
EMAIL = {"type": "email", "label": "E-mail", "key": "email"}
HOME = {"type": "address", "label": "Your home", "key": "address", "is_street_required": False}
PRACTICE = {**HOME, "label": "Your practice", "key": "practice", "address_kind": "practice", "is_required": False}
EITHER = {**HOME, "address_kind": "either"}
LETTER = "Dear {legislator_salutation},\n\n{standing}, in {town}. I ask you to vote yes.\n\nSincerely,"
#: Stonebridge lies in the Stone senate district and in 1st Stone; the person's home in Harbor and 1st Harbor.
STONEBRIDGE = {
    "practice__kind": "practice",
    "practice__street": "30 Main Street",
    "practice__unit": "Suite 4",
    "practice__city": "Stonebridge",
    "practice__state": "AX",
    "practice__zip_code": "69905",
}
#: The town of the practice lies in the same senate district as the home, and in another house district.
SALTMARSH = {**STONEBRIDGE, "practice__city": "Saltmarsh", "practice__zip_code": "69902"}
#: A ZIP that lies in two house districts.
BIRCHFIELD = {**STONEBRIDGE, "practice__street": "", "practice__city": "Birchfield", "practice__zip_code": "69903"}
LOWER = [("state_lower", None)]


def action(*addresses, **fields):
    stream = raw_stream(NAME, EMAIL, *addresses)
    return make.action_page(form_fields=stream, **{"letter_body": LETTER, "targets": LOWER, **fields})


def letters():
    return {letter.recipient_office: letter for letter in Letter.objects.all()}


def bodies():
    return {letter.recipient_office: letter.outbox_message.body for letter in Letter.objects.all()}


def receipt_of(response, client):
    return " ".join(BeautifulSoup(client.get(response.url).content, "html.parser").main.get_text(" ").split())


# --- Letters -------------------------------------------------------------------------------------------------


def test_each_letter_names_the_address_in_the_district_it_goes_to(client):
    make.send(action(HOME, PRACTICE), client, **STONEBRIDGE)
    harbor, stone = bodies()["1st Harbor"], bodies()["1st Stone"]
    assert harbor.startswith("Dr. Maria Santos\n12 Main Street\nPort Alder, AX 69901\n\n")
    assert "I live in your district, in Port Alder. I ask you to vote yes.\n\n-- \n" in harbor
    assert stone.startswith("Dr. Maria Santos\nPractice address: 30 Main Street, Suite 4\nStonebridge, AX 69905\n\n")
    assert "I practice in your district, in Stonebridge. I ask you to vote yes.\n\n-- \n" in stone


def test_who_represents_both_addresses_gets_one_letter_from_the_home(client):
    page = action(HOME, PRACTICE, targets=make.UPPER_AND_LOWER)
    make.send(page, client, **SALTMARSH)
    kinds = {letter.recipient_office: letter.address_kind for letter in Letter.objects.all()}
    assert kinds == {"Harbor": "home", "1st Harbor": "home", "2nd Harbor": "practice"}


def test_the_same_address_in_both_fields_is_asked_about_once_and_is_the_home(client, monkeypatch):
    asked = []
    answer = resolution.resolve_address

    def counted(**arguments):
        asked.append(arguments)
        return answer(**arguments)

    monkeypatch.setattr(resolution, "resolve_address", counted)
    same = {f"practice__{name.partition('__')[2]}": value for name, value in make.PERSON.items() if "address" in name}
    review = make.details(action(HOME, PRACTICE), client, **same, practice__kind="practice")
    assert [item["letter"].address_kind for item in review.context["items"]] == ["home"]
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("kind", "words", "line"),
    [
        ("home", "I live in your district", "\n12 Main Street\n"),
        ("practice", "I practice in your district", "\nPractice address: 12 Main Street\n"),
    ],
)
def test_an_address_of_either_kind_is_called_what_the_person_called_it(client, kind, words, line):
    make.send(action(EITHER), client, address__kind=kind)
    (body,) = bodies().values()
    assert words in body
    assert line in body
    assert Letter.objects.get().address_kind == Submission.objects.get().address_kind == kind


def test_a_committee_is_told_the_town_and_no_district(client):
    committee = ("recipient", {"name": "Committee on Health", "office": "", "email": "health@alder.example"})
    make.send(action(HOME, PRACTICE, targets=[committee]), client, **STONEBRIDGE)
    assert "I live in Port Alder, in Port Alder." in OutboxMessage.objects.get(recipient_name__startswith="Comm").body


def test_a_senator_of_the_whole_state_is_told_the_state(client):
    page = action({**PRACTICE, "is_required": True}, targets=[("us_senate", None)])
    make.send(page, client, **STONEBRIDGE)
    assert all("I practice in your state, in Stonebridge." in body for body in bodies().values())


def test_the_person_reads_by_which_address_each_letter_goes_before_and_after(client):
    page = action(HOME, PRACTICE)
    review = make.details(page, client, **STONEBRIDGE)
    assert [item["by_address"] for item in review.context["items"]] == [
        "Written from your home address.",
        "Written from your practice address.",
    ]
    assert b"Written from your practice address." in review.content
    receipt = receipt_of(make.confirm(page, client, review), client)
    assert receipt.count("Written from your home address.") == 1
    assert receipt.count("Written from your practice address.") == 1
    confirmation = words_of(OutboxMessage.objects.get(stream=OutboxMessage.Stream.RECEIPT))
    assert "Written from your practice address." in confirmation


def test_somebody_with_one_home_is_told_nothing_of_addresses(client):
    page = action(HOME, PRACTICE)
    review = make.details(page, client, practice__kind="practice")
    assert b"Written from" not in review.content
    assert "Written from" not in receipt_of(make.confirm(page, client, review), client)


# --- Doubt ---------------------------------------------------------------------------------------------------


def test_each_address_in_doubt_has_a_question_of_its_own(client):
    at_home = {"address__street": "", "address__city": "Birchfield", "address__zip_code": "69903"}
    # Without a street the same town need not be the same place.
    asked = make.details(action(HOME, PRACTICE), client, **at_home, **BIRCHFIELD)
    assert [item["question"].label for item in asked.context["questions"]] == [
        "Your home address: State house",
        "Your practice address: State house",
    ]


def test_the_practice_is_chosen_while_the_home_is_certain(client):
    page = action(HOME, PRACTICE)
    asked = make.details(page, client, **BIRCHFIELD)
    (question,) = asked.context["questions"]
    assert question["input_name"] == "choice-practice-state_lower"
    assert all(sentence.startswith("Your practice address: ") for sentence in asked.context["reasons"])
    missing = client.post(page.url, {**make.hidden(asked), "stage": "choose", "choice-state_lower": "unknown"})
    assert len(missing.context["missing"]) == 1
    chosen = question["question"].candidates[0].division_ocd_id
    review = client.post(page.url, {**make.hidden(asked), "stage": "choose", question["input_name"]: chosen})
    make.confirm(page, client, review)
    assert {letter.address_kind for letter in letters().values()} == {"home", "practice"}
    submission = Submission.objects.get()
    assert (submission.certainty, submission.second_address["certainty"]) == ("interpolated", "chosen")


def test_not_to_know_the_district_of_the_practice_is_said_of_the_practice(client):
    page = action(HOME, PRACTICE)
    asked = make.details(page, client, **BIRCHFIELD)
    review = client.post(page.url, {**make.hidden(asked), "stage": "choose", "choice-practice-state_lower": "unknown"})
    assert [line.who for line in review.context["unwritten"]] == ["Your practice address: State house"]
    receipt = receipt_of(make.confirm(page, client, review), client)
    assert "Your practice address: State house" in receipt


def test_a_practice_outside_the_area_holds_nobody_up_and_is_not_passed_over_in_silence(client):
    outside = {**STONEBRIDGE, "practice__state": "MA", "practice__zip_code": "02139"}
    review = make.details(action(HOME, PRACTICE), client, **outside)
    assert [item["letter"].address_kind for item in review.context["items"]] == ["home"]
    assert b"Your practice address: This address lies outside the area that this site covers." in review.content


def test_two_addresses_that_lead_nowhere_are_each_told_why(client):
    outside = {"address__state": "MA", "address__zip_code": "02139"}
    wrong_zip = {**STONEBRIDGE, "practice__zip_code": "02139"}
    response = make.details(action(HOME, PRACTICE), client, **outside, **wrong_zip)
    errors = {target.rpartition("-")[2]: message for target, message in response.context["errors"]}
    assert "outside the area" in errors["address__street"]
    assert "does not belong to the state" in errors["practice__street"]
    assert Submission.objects.count() == 0


def test_a_kind_that_was_changed_after_the_letters_were_shown_shows_them_again(client):
    page = action(EITHER)
    review = make.details(page, client, address__kind="home")
    response = make.confirm(page, client, review, address__kind="practice")
    assert Submission.objects.count() == 0
    assert b"looked up your address again" in response.content
    assert b"Practice address: 12 Main Street" in response.content


def test_a_page_that_asks_for_the_practice_since_the_letters_were_shown_asks_again(client):
    page = action(EITHER)
    review = make.details(page, client, address__kind="home")
    page.form_fields = raw_stream(NAME, EMAIL, {**EITHER, "address_kind": "practice"})
    page.save_revision().publish()
    response = make.confirm(page, client, review)
    assert Submission.objects.count() == 0
    assert "asks for the address of your practice" in response.context["errors"][0][1]


# --- What is kept --------------------------------------------------------------------------------------------


def test_both_addresses_are_kept_with_what_they_are(client):
    make.send(action(HOME, PRACTICE), client, **STONEBRIDGE)
    submission = Submission.objects.get()
    assert (submission.address_kind, submission.street, submission.city) == ("home", "12 Main Street", "Port Alder")
    assert submission.second_address == {
        "kind": "practice",
        "street": "30 Main Street",
        "unit": "Suite 4",
        "city": "Stonebridge",
        "state": "ax",
        "zip_code": "69905",
        "certainty": "interpolated",
    }
    districts = [ocd_id.rpartition(":")[2] for ocd_id in submission.division_ids]
    assert {"1st_harbor", "1st_stone"} <= set(districts)
    assert len(districts) == len(set(districts))


def test_the_answers_keep_what_an_address_was_after_the_form_asks_for_another(client):
    page = action(EITHER)
    make.send(page, client, address__kind="practice")
    page.form_fields = raw_stream(NAME, EMAIL, HOME)
    page.save_revision().publish()
    submission, fields = Submission.objects.get(), ActionPage.objects.get(pk=page.pk).get_listed_fields()
    assert submission.form_data["address"]["kind"] == "practice"
    client.force_login(User.objects.create_superuser("editor", "editor@alder-medical.example", "x"))
    shown = client.get(reverse("wagtailforms:list_submissions", args=[page.pk])).content.decode()
    assert "Practice address: 12 Main Street, Port Alder, AX 69901" in shown
    assert [spec.clean_name for spec in fields] == ["name", "email", "address"]


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("editor", "editor@alder-medical.example", "x"))
    return client


def _rows(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_staff_see_which_address_each_letter_names(editor):
    make.send(action(HOME, PRACTICE), editor, **STONEBRIDGE)
    rows = _rows(editor.get(reverse("letters:index"), {"export": "csv"}))
    assert {(row["Office"], row["Address in the letter"], row["Town"], row["ZIP"]) for row in rows} == {
        ("1st Harbor", "Home address", "Port Alder", "69901"),
        ("1st Stone", "Practice address", "Stonebridge", "69905"),
    }
    assert b"Practice address" in editor.get(reverse("letters:index")).content
    letter = editor.get(reverse("letters:letter", args=[letters()["1st Stone"].pk])).content.decode()
    assert "<dt>Practice address</dt>" in letter
    assert "Stonebridge AX 69905" in letter


def test_the_export_of_the_form_has_both_addresses_in_columns_of_their_own(editor):
    page = action(HOME, PRACTICE)
    make.send(page, editor, **STONEBRIDGE)
    (row,) = _rows(editor.get(reverse("wagtailforms:list_submissions", args=[page.pk]), {"export": "csv"}))
    assert (row["Home or practice"], row["City or town"]) == ("Home address", "Port Alder")
    assert (row["Home or practice (practice)"], row["City or town (practice)"]) == ("Practice address", "Stonebridge")


def test_a_letter_of_a_form_without_an_address_names_none(editor):
    committee = ("recipient", {"name": "Committee on Health", "office": "", "email": "health@alder.example"})
    make.send(action(targets=[committee]), editor)
    assert Letter.objects.get().address_kind == ""
    (row,) = _rows(editor.get(reverse("letters:index"), {"export": "csv"}))
    assert (row["Address in the letter"], row["Town"]) == ("", "")
