"""Seeing an action as somebody else: who gets which text and why, at each step, with nothing stored or sent."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from advocates.records.advocates import Advocate
from advocates.records.consents import ConsentEvent
from campaigns.content.action_page import ActionPage
from campaigns.engine.marking import parts
from campaigns.engine.merging import merge
from campaigns.records.submissions import Letter, Submission
from campaigns.records.taken_actions import Outreach, TakenAction
from campaigns.records.uploads import Upload
from delivery.records.messages import OutboxMessage
from legislators.records.answers import GeocodeAnswer
from legislators.records.officials import Official, Term
from legislators.records.places import ZipDivision
from tests.campaigns.test_checklist import editor_of
from tests.campaigns.test_upload_checks import picture
from tests.factories import campaigns, home

STORED: tuple[type[Model], ...] = (
    *(Advocate, ConsentEvent, Submission, Letter, TakenAction, Outreach, OutboxMessage, GeocodeAnswer),
)
HOME = {
    "home_street": "12 Main Street",
    "home_city": "Port Alder",
    "home_state": "AX",
    "home_zip_code": "69901",
    "role": "physician",
    "language": "en",
}


@pytest.fixture
def alder(alder: Any) -> Any:
    """Whatever a test here does, not a row is left behind of it."""
    yield alder
    assert {model.__name__: model._default_manager.count() for model in STORED} == {one.__name__: 0 for one in STORED}


@pytest.fixture
def page(alder: Any) -> ActionPage:
    return campaigns.action_page()


def editor() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("boss", "boss@society.example", "x"))
    return client


def address_of(page: ActionPage) -> str:
    return reverse("preview_as:preview", args=[page.pk])


def look(page: ActionPage, **changes: str) -> str:
    response = editor().post(address_of(page), {**HOME, **changes})
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    content: str = response.content.decode()
    return content


def walk(client: Client, page: ActionPage, step: str, /, at: str = "en", **changes: str) -> Any:
    address = reverse("preview_as:walk", args=[page.pk, at])
    return client.post(address, {**HOME, **changes, "preview-step": step})


# --- What was filled in ------------------------------------------------------------------------


def test_what_was_filled_in_is_told_from_the_editors_words() -> None:
    template = "Dear {legislator_salutation},\n\n{answer.story}\n\nI am in {town}, {state}."
    values = {"legislator_salutation": "Senator Reyes", "answer.story": "", "town": "Alderton", "state": "AX"}
    found = parts("Dear Senator Reyes,\n\nI am in Alderton, AX.", template, values)
    assert [(part.text, part.field) for part in found if part.field] == [
        ("Senator Reyes", "legislator_salutation"),
        ("Alderton", "town"),
        ("AX", "state"),
    ]


def test_a_text_that_does_not_follow_its_template_is_not_marked() -> None:
    found = parts("Dear Alderton, something else", "Hello {town}", {"town": "Alderton"})
    assert [(part.text, part.field) for part in found] == [("Dear Alderton, something else", "")]


@given(
    st.lists(st.sampled_from(["{town}", "{state}", "Dear", "\n\n", " ", "x", "{answer.a}"]), max_size=12),
    st.fixed_dictionaries({name: st.text(alphabet="ab \n{}", max_size=6) for name in ("town", "state", "answer.a")}),
)
def test_no_letter_of_a_text_is_lost_or_made_up(pieces: list[str], values: dict[str, str]) -> None:
    template = "".join(pieces)
    text = merge(template, values)
    assert "".join(part.text for part in parts(text, template, values)) == text


# --- Who gets what -----------------------------------------------------------------------------


def test_the_empty_form_is_shown_and_stores_nothing(page: ActionPage) -> None:
    shown = editor().get(address_of(page)).content.decode()
    assert 'name="home_street"' in shown
    assert "What a visitor sees" not in shown


def test_each_letter_says_its_text_its_channel_and_what_was_filled_in(page: ActionPage) -> None:
    shown = look(page)
    assert "2 letters" in shown
    assert shown.count("The letter of the page: there is no other text") == 2
    assert '<mark title="{town}">Port Alder</mark>' in shown
    assert '<mark title="{answer.story}">[Your story]</mark>' in shown
    assert '<mark title="{campaign}">Telehealth parity</mark>' in shown
    assert "<code>{town}</code> Port Alder" in shown
    assert "Sam Sample" in shown
    # The footer is read by the office too, and a visitor sees it on the same page.
    assert "To check that a person sent this letter" in shown


def test_a_text_for_a_role_is_named_with_its_reason(page: ActionPage) -> None:
    audience = {**_no_audience(), "roles": ["student"]}
    text = {
        "name": "For students",
        "audience": audience,
        "is_thanks": False,
        "subjects": ["Hi"],
        "body": "As a student.",
    }
    role = ("role", {"label": "As", "key": "role", "is_required": True})
    page.form_fields = [*campaigns.FIELDS, role]
    page.letter_texts = [("text", text)]
    page.save_revision()
    shown = look(page, role="student")
    assert shown.count("For students") == 2
    assert "“For students”, the first that fits" in shown
    assert "the writer is: Medical student" in shown
    assert "As a student." in shown
    other = look_again(page, role="physician")
    assert other.count("The letter of the page, because no other text fits") == 2
    assert "“For students”: the writer is: Medical student (here: Physician)" in other


def _no_audience() -> dict[str, Any]:
    block = ActionPage._meta.get_field("letter_texts").stream_block.child_blocks["text"].child_blocks["audience"]
    return dict(block.get_default())


def look_again(page: ActionPage, **changes: str) -> str:
    client = Client()
    client.force_login(User.objects.get(username="boss"))
    content: str = client.post(address_of(page), {**HOME, **changes}).content.decode()
    return content


def test_the_newest_draft_is_what_is_seen(page: ActionPage) -> None:
    page.letter_subject = "A better subject"
    page.save_revision()
    assert "A better subject" in look(page)


def test_a_vacant_seat_is_named_with_the_reason(page: ActionPage) -> None:
    assert "1st Harbor" in look(page)
    Term.objects.filter(chamber="state_lower", division__name="1st Harbor").delete()
    shown = look_again(page)
    assert "1 letter<" in shown
    assert "vacant" in shown


def test_an_address_in_doubt_lists_who_it_may_be(page: ActionPage) -> None:
    assert ZipDivision.objects.exists()
    shown = look(page, home_street="")
    assert "In doubt: the visitor is asked to choose" in shown
    assert "Which district" in shown
    # Who gets a letter is known once they have chosen: not that nobody does.
    assert "0 letters" not in shown
    assert "We could not find who represents your address here" not in shown


def test_an_official_is_previewed_as_by_somebody_of_their_district(page: ActionPage) -> None:
    official = Official.objects.filter(terms__chamber="state_upper").first()
    empty = {name: "" for name in HOME if name.startswith("home")}
    shown = look(page, **empty, official=str(official.pk))
    assert "1 letter<" in shown
    assert f"{official.name}</h3>" in shown
    nobody = Official.objects.filter(terms__chamber="us_house").first()
    assert f"Nothing of this action goes to {nobody.name}" in look_again(page, **empty, official=str(nobody.pk))


def test_calls_and_posts_are_shown_with_what_people_are_given_to_say(alder: Any) -> None:
    kinds = [("call", {"script": "I am {constituent_name}.", "voicemail": ""})]
    shown = look(campaigns.action_page(actions=kinds))
    assert "After the form, on the receipt" in shown
    assert shown.count('I am <mark title="{constituent_name}">Sam Sample</mark>.') == 2
    assert "To an answering machine" not in shown


def test_without_a_place_the_form_says_what_is_missing(page: ActionPage) -> None:
    empty = {name: "" for name in HOME if name.startswith("home")}
    assert "Type an address" in look(page, **empty)


def test_a_practice_that_the_form_does_not_ask_for_is_pointed_out(page: ActionPage) -> None:
    practice = {name.replace("home", "practice"): value for name, value in HOME.items() if name.startswith("home")}
    assert "The form does not ask for this: Practice address" in look(page, **practice)


def test_a_role_that_the_form_does_not_ask_for_is_pointed_out(page: ActionPage) -> None:
    assert "The form does not ask for this: Medical student" in look(page, role="student")


def test_what_a_visitor_could_not_send_is_said_in_the_words_of_the_form(page: ActionPage) -> None:
    shown = look(page, home_zip_code="nonsense")
    assert "A visitor would read:" in shown
    assert "Enter a ZIP code of five digits" in shown


def test_no_address_gets_into_a_log(page: ActionPage, caplog: pytest.LogCaptureFixture) -> None:
    client = editor()
    with caplog.at_level("DEBUG"):
        client.post(address_of(page), HOME)
        walk(client, page, "receipt")
    assert "12 Main Street" not in caplog.text


# --- What a visitor sees -----------------------------------------------------------------------


def test_the_form_of_a_draft_is_shown_and_goes_on_inside_the_preview(alder: Any) -> None:
    page = campaigns.action_page(live=False)
    shown = walk(editor(), page, "details").content.decode()
    assert "Preview: nothing is stored, and nothing is sent." in shown
    own = reverse("preview_as:walk", args=[page.pk, "en"])
    assert f'action="{own}"' in shown
    assert f'action="{page.get_url()}"' not in shown


def test_the_letters_are_read_and_confirmed_without_a_trace(page: ActionPage) -> None:
    client = editor()
    review = walk(client, page, "review")
    assert "Read your letters" in review.content.decode()
    sent = {**campaigns.hidden(review), "stage": "confirm"}
    receipt = client.post(reverse("preview_as:walk", args=[page.pk, "en"]), sent)
    assert receipt.status_code == 200
    assert "Thank you" in receipt.content.decode()
    assert "Preview: nothing is stored" in receipt.content.decode()


def test_the_receipt_can_be_opened_at_once(page: ActionPage) -> None:
    assert "Thank you" in walk(editor(), page, "receipt").content.decode()


def test_a_page_whose_campaign_is_over_can_still_be_looked_at(alder: Any) -> None:
    page = campaigns.action_page(campaigns.campaign_page(status="closed"))
    client = editor()
    typed = {**campaigns.person(), "stage": "details"}
    shown = client.post(reverse("preview_as:walk", args=[page.pk, "en"]), typed)
    assert "Read your letters" in shown.content.decode()


def test_the_other_language_is_walked_through_in_its_own_words(page: ActionPage) -> None:
    spanish = home.localize(page.get_parent()), home.localize(page)
    assert spanish
    client = editor()
    assert 'value="es"' in client.get(address_of(page)).content.decode()
    assert '<html lang="es"' in walk(client, page, "details", "es", language="es").content.decode()


def test_a_step_is_not_to_be_had_by_a_link(page: ActionPage) -> None:
    client = editor()
    assert client.get(reverse("preview_as:walk", args=[page.pk, "en"])).status_code == 405
    assert walk(client, page, "review", language="xx").status_code == 400


# --- Who may -----------------------------------------------------------------------------------


def test_only_who_may_edit_the_page_sees_it_as_somebody(page: ActionPage) -> None:
    other = campaigns.action_page(campaigns.campaign_page(title="Other"))
    client = editor_of(page.get_parent())
    assert client.post(address_of(page), HOME).status_code == 200
    for reader, hidden_page in ((client, other), (Client(), page)):
        assert reader.get(address_of(hidden_page)).status_code == 302
        assert reader.post(address_of(hidden_page), HOME).status_code == 302
        assert walk(reader, hidden_page, "review").status_code == 302


def test_the_editor_and_the_explorer_lead_here(page: ActionPage) -> None:
    client = editor()
    for name in ("wagtailadmin_pages:edit", "wagtailadmin_explore"):
        assert address_of(page) in client.get(reverse(name, args=[page.pk])).content.decode()
    parent = client.get(reverse("wagtailadmin_pages:edit", args=[page.get_parent().pk])).content.decode()
    assert "preview-as" not in parent


# --- Questions that ask for more than a label --------------------------------------------------


def test_a_form_that_asks_for_a_file_and_for_answers_of_a_kind_can_be_previewed_and_keeps_no_file(alder: Any) -> None:
    asked = [
        ("text", {"label": "License", "key": "license", "mask": "AA-9999", "mask_message": "Like MA-1234."}),
        ("text", {"label": "Your specialty or what you do", "key": "job", "max_length": 10}),
        ("long_text", {"label": "Why", "key": "why", "min_length": 40}),
        ("number", {"label": "Degrees", "key": "degrees", "maximum": 0}),
        ("upload", {"label": "Photo", "key": "photo", "is_required": True, "megabytes": 1, "most": 1}),
    ]
    page = campaigns.action_page(form_fields=[*campaigns.FIELDS, *asked])
    assert "What a visitor sees" in look(page)
    client = Client()
    client.force_login(User.objects.get(username="boss"))
    shown = walk(client, page, "details")
    typed = {**campaigns.hidden(shown), **campaigns.PERSON, "stage": "details"}
    address = reverse("preview_as:walk", args=[page.pk, "en"])
    client.post(address, {**typed, "photo": SimpleUploadedFile("clinic.jpg", picture())})
    assert not Upload.objects.exists()
