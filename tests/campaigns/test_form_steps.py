"""A form of several steps and rules over HTTP, without JavaScript: onward, back, and past what is forged."""

import pytest

from campaigns.records.form_versions import FormVersion
from campaigns.records.submissions import Submission
from tests.campaigns.visitor import Visitor
from tests.factories import campaigns as make
from tests.factories.forms import raw_stream

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alder")]

ABOUT_YOU = [
    {"type": "name", "label": "Your name", "key": "name"},
    {"type": "email", "label": "E-mail", "key": "email"},
    {
        "type": "choice",
        "label": "Do you practice?",
        "key": "practices",
        "options": [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}],
    },
    {
        "type": "text",
        "label": "Your specialty",
        "key": "specialty",
        "shown_when": {"conditions": [{"field": "practices", "test": "is", "value": "yes"}], "match": "all"},
    },
]
PRACTICE = [
    {"type": "step", "label": "Your practice"},
    {
        "type": "number",
        "label": "Patients a week",
        "key": "patients",
        "shown_when": {"conditions": [{"field": "practices", "test": "is", "value": "yes"}], "match": "all"},
    },
]
STORY = [
    {"type": "step", "label": "Your story", "help_text": "In your own words."},
    {"type": "long_text", "label": "What happened", "key": "story"},
]
ME = {"name__title": "", "name__given": "Maria", "name__family": "Santos", "email": "maria@clinic.example"}


@pytest.fixture
def page():
    return _page(*ABOUT_YOU, *PRACTICE, *STORY)


def _page(*fields, **options):
    options = {"targets": [], "letter_subject": "", "letter_body": "", **options}
    return make.action_page(form_fields=raw_stream(*fields), **options)


def test_a_form_goes_step_by_step_to_the_check_and_is_stored_once(client, page):
    visitor = Visitor(client, page)
    assert visitor.title == "Step 1 of 2"
    visitor.press(**ME, practices="yes")
    assert "further questions" in visitor.soup.main.get_text()
    assert visitor.errors == []
    visitor.press(specialty="Pediatrics")
    assert visitor.title == "Step 2 of 3: Your practice"
    assert visitor.soup.title.get_text(strip=True).startswith("Step 2 of 3: Your practice – ")
    visitor.press(patients="40").press(story="Care was delayed.")
    assert visitor.soup.h1.get_text() == "Check your answers"
    assert Submission.objects.count() == 0
    visitor.press("send")
    assert visitor.response.status_code == 302
    assert Submission.objects.get().form_data == {
        "name": {"title": "", "given": "Maria", "family": "Santos"},
        "email": "maria@clinic.example",
        "practices": "yes",
        "specialty": "Pediatrics",
        "patients": 40,
        "story": "Care was delayed.",
    }


def test_a_step_of_which_nothing_is_shown_is_skipped_both_ways(client, page):
    visitor = Visitor(client, page).press(**ME, practices="no")
    assert visitor.title == "Step 2 of 2: Your story"
    assert visitor.press("back").title == "Step 1 of 2"


def test_back_keeps_all_that_was_typed_and_judges_nothing(client, page):
    visitor = Visitor(client, page).press(**ME, practices="yes").press(specialty="Pediatrics")
    visitor.press("back", patients="not a number")
    assert visitor.errors == []
    assert visitor.value("specialty") == "Pediatrics"
    visitor.press()
    assert visitor.value("patients") == "not a number"
    assert visitor.errors == []
    assert visitor.press().errors == ["“Patients a week” must be a number, like 15."]


def test_an_error_stands_on_its_own_step_and_says_so_in_the_title(client, page):
    visitor = Visitor(client, page).press(**{**ME, "email": "nonsense"}, practices="no")
    assert visitor.errors == ["Enter an e-mail address in the correct format, like name@example.com."]
    assert visitor.title.startswith("Step 1 of")
    assert visitor.soup.title.get_text(strip=True).startswith("Error:")
    targets = [link["href"][1:] for link in visitor.soup.select(".error-summary a")]
    assert all(visitor.soup.find(id=target) for target in targets)


def test_what_the_answers_call_for_is_asked_and_not_called_an_error(client, page):
    visitor = Visitor(client, page).press(**ME, practices="yes")
    assert visitor.errors == []
    assert not visitor.form.find(attrs={"name": "specialty"}).has_attr("disabled")
    # It was on the page this time: leaving it empty is an error now.
    assert visitor.press(specialty="").errors == ["Answer the question “Your specialty”."]


def test_what_is_hidden_is_disabled_and_has_its_rule_beside_it(client, page):
    visitor = Visitor(client, page)
    control = visitor.form.find(attrs={"name": "specialty"})
    box = control.find_parent(attrs={"data-shown-when": True})
    assert control.has_attr("disabled")
    assert box.has_attr("hidden")
    assert '"names": ["practices"]' in box["data-shown-when"]
    assert visitor.soup.find("script", src=lambda src: src and "form-rules" in src)


def test_an_answer_to_a_hidden_question_is_never_stored(client, page):
    whole = {**ME, "practices": "no", "specialty": "Forged", "patients": "7", "story": "Mine.", "stage": "send"}
    Visitor(client, page).send(**whole, **{"action-seen": ["specialty", "patients"]})
    assert set(Submission.objects.get().form_data) == {"name", "email", "practices", "story"}


@pytest.mark.parametrize("step", ["", "2", "3", "99", "-1", "x", "²"])
def test_jumping_ahead_leads_back_to_the_first_step_that_is_not_in_order(client, page, step):
    visitor = Visitor(client, page).send(story="Mine.", stage="details", **{"action-step": step})
    assert visitor.title.startswith("Step 1 of")
    assert visitor.errors
    visitor.send(**ME, practices="yes", story="Mine.", stage="send")
    assert visitor.errors == ["Answer the question “Your specialty”."]
    assert visitor.title.startswith("Step 1 of")
    assert Submission.objects.count() == 0


def test_leaving_out_what_tells_us_what_was_seen_gets_nobody_past_a_required_question(client, page):
    whole = {**ME, "practices": "yes", "story": "Mine.", "patients": "3"}
    for stage in ("details", "send", "confirm", "choose", "anything"):
        Visitor(client, page).send(**whole, stage=stage)
    assert Submission.objects.count() == 0


def test_from_the_check_a_button_leads_to_the_step_and_from_there_back_to_the_check(client, page):
    visitor = Visitor(client, page).press(**ME, practices="no").press(story="Mine.")
    visitor.press("change:3")
    assert visitor.title == "Step 2 of 2: Your story"
    assert visitor.value("story") == "Mine."
    assert visitor.press(story="Better.").soup.h1.get_text() == "Check your answers"
    visitor.press("change:1").press("details", practices="yes")
    assert visitor.value("specialty") == ""


def test_a_form_of_one_step_with_a_rule_asks_further_and_then_sends(client):
    visitor = Visitor(client, _page(*ABOUT_YOU)).press(**ME, practices="yes")
    assert "further questions" in visitor.soup.main.get_text()
    assert visitor.press(specialty="Pediatrics").response.status_code == 302


def test_with_letters_the_last_step_leads_to_them_and_each_step_can_be_changed_from_there(client):
    address = {"type": "address", "label": "Address", "key": "address", "is_street_required": False}
    steps = [*ABOUT_YOU, {"type": "step", "label": "Where you live"}, address, *STORY]
    page = _page(*steps, targets=make.UPPER_AND_LOWER, letter_subject="S", letter_body="I live in {town}.")
    visitor = Visitor(client, page).press(**ME, practices="yes").press(specialty="Pediatrics")
    assert visitor.title == "Step 2 of 3: Where you live"
    place = {name: value for name, value in make.PERSON.items() if name.startswith("address")}
    where = {**place, "address__state": "AX"}
    visitor.press(**where).press(story="Mine.")
    assert visitor.soup.h1.get_text() == "Read your letters"
    visitor.press("change:2")
    assert visitor.title == "Step 2 of 3: Where you live"
    visitor.press(address__state="AX").press()
    assert visitor.soup.h1.get_text() == "Read your letters"
    visitor.press("confirm")
    assert Submission.objects.get().form_data["specialty"] == "Pediatrics"


def test_an_address_that_leads_nowhere_is_said_on_its_own_step(client):
    address = {"type": "address", "label": "Address", "key": "address", "is_street_required": False}
    page = _page(
        *ABOUT_YOU[:2],
        {"type": "step", "label": "Where"},
        address,
        *STORY,
        targets=make.UPPER_AND_LOWER,
        letter_subject="S",
        letter_body="L",
    )
    nowhere = {"address__city": "Nowhere", "address__state": "AX", "address__zip_code": "00000"}
    visitor = Visitor(client, page).send(**ME, **nowhere, story="Mine.", stage="details", **{"action-step": "3"})
    assert visitor.title == "Step 2 of 3: Where"
    assert visitor.errors


# --- A form that is changed while somebody fills it in -----------------------------------------------------


def test_a_question_that_was_added_meanwhile_is_asked(client, page):
    visitor = Visitor(client, page).press(**ME, practices="no")
    page.form_fields = raw_stream(*ABOUT_YOU, {"type": "text", "label": "New", "key": "new"}, *PRACTICE, *STORY)
    page.save()
    visitor.press(story="Mine.")
    assert visitor.title.startswith("Step 1 of 2")
    assert visitor.errors == ["Answer the question “New”."]
    visitor.press(new="Here").press().press("send")
    assert Submission.objects.get().form_data["new"] == "Here"


def test_a_question_that_was_removed_meanwhile_is_dropped(client, page):
    visitor = Visitor(client, page).press(**ME, practices="no").press(story="Mine.")
    page.form_fields = raw_stream(*ABOUT_YOU)
    page.save()
    visitor.press("send")
    assert set(Submission.objects.get().form_data) == {"name", "email", "practices"}


# --- The form as it was ------------------------------------------------------------------------------------


def test_the_form_is_kept_once_for_all_who_saw_the_same(client, page):
    for number in range(2):
        whole = {**ME, "email": f"person{number}@clinic.example", "practices": "no", "story": "Mine.", "stage": "send"}
        Visitor(client, page).send(**whole)
    page.form_fields[2].value["label"] = "Do you see patients?"
    page.save()
    Visitor(client, page).send(**{**whole, "email": "third@clinic.example"})
    assert Submission.objects.count() == 3
    assert FormVersion.objects.count() == 2
    first = Submission.objects.order_by("pk").first().form_version
    assert [field["label"] for field in first.fields][2] == "Do you practice?"
