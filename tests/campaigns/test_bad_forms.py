"""Forms that are too long, texts that are too strange, requests that no form makes: each is answered in words."""

import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth.models import User
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import translation

from campaigns.records.submissions import Submission
from tests.campaigns.visitor import Visitor
from tests.factories import campaigns as make
from tests.factories.forms import bound_form, raw_stream

pytestmark = pytest.mark.django_db

PERSON = [{"type": "name", "label": "Name", "key": "name"}, {"type": "email", "label": "E-mail", "key": "email"}]
ME = {"name__title": "", "name__given": "Maria", "name__family": "Santos", "email": "maria@clinic.example"}
YES_NO = [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}]
#: What people paste, and what machines send, by name.
STRANGE = {
    "right to left": "مرحبا \u202eevil\u202c שלום",
    "emoji": "👩🏽‍⚕️🏳️‍🌈" * 20,
    "a long word": "x" * 10_000,
    "markup": "</textarea><script>alert(1)</script>{{ 7|add:7 }}{constituent_name}",
    "control characters": "a\x01\x07\x1b[31mb\x7f",
    "line separators": "one\u2028two\u2029three\x85four",
    "combining marks": "e" + "\u0301" * 500,
}


def _page(*fields, **options):
    options = {"targets": [], "letter_subject": "", "letter_body": "", **options}
    return make.action_page(form_fields=raw_stream(*PERSON, *fields), **options)


# --- Fifty fields ------------------------------------------------------------------------------------------


def _fifty():
    """Fields of several types, every fifth with a rule that looks at the first."""
    when = {"conditions": [{"field": "f0", "test": "is", "value": "yes"}], "match": "all"}
    kinds = [
        {"type": "choice", "options": YES_NO},
        {"type": "text"},
        {"type": "long_text"},
        {"type": "number"},
        {"type": "choices", "options": YES_NO},
    ]
    return [
        {**kinds[number % 5], "label": f"Question {number}", "key": f"f{number}", "is_required": number % 2 == 0}
        | ({"shown_when": when} if number and number % 5 == 0 else {})
        for number in range(48)
    ]


def _answers():
    values = ["yes", "👩🏽‍⚕️ answer", "First line.\r\nSecond line.", "12,500", ["yes", "no"]]
    return {f"f{number}": values[number % 5] for number in range(48)}


def test_fifty_fields_are_drawn_sent_listed_and_exported():
    page, client = _page(*_fifty()), Client()
    visitor = Visitor(client, page)
    assert len({control["name"] for control in visitor.form.select("[name^=f]")}) >= 48
    visitor.press(**ME, **_answers())
    if visitor.response.status_code == 200:
        assert visitor.errors == []
        visitor.press()
    assert visitor.response.status_code == 302
    stored = Submission.objects.get().form_data
    assert len(stored) == 50
    assert stored["f3"] == 12_500
    admin = Client()
    admin.force_login(User.objects.create_superuser("admin", "admin@example.org", "x"))
    address = reverse("wagtailforms:list_submissions", args=[page.pk])
    assert "👩🏽‍⚕️ answer" in admin.get(address).content.decode()
    exported = admin.get(address, {"export": "csv"})
    text = b"".join(exported.streaming_content) if exported.streaming else exported.content
    heading, row = csv.reader(io.StringIO(text.decode("utf-8-sig")))
    assert [column for column in heading if column.startswith("Question")] == [f"Question {n}" for n in range(48)]
    assert len(row) == len(heading)
    assert Client().get(visitor.response.url).status_code == 200


# --- Strange texts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", STRANGE)
@pytest.mark.parametrize("kind", ["text", "long_text"])
def test_strange_texts_are_stored_as_they_are_or_refused_in_words_and_kept(what, kind):
    page, client = _page({"type": kind, "label": "Words", "key": "words", "max_length": 5_000}), Client()
    visitor = Visitor(client, page).press(**ME, words=STRANGE[what])
    if visitor.response.status_code == 302:
        stored = Submission.objects.get().form_data["words"]
        assert "\x00" not in stored
        admin = Client()
        admin.force_login(User.objects.create_superuser("admin", "admin@example.org", "x"))
        listed = admin.get(reverse("wagtailforms:list_submissions", args=[page.pk]))
        assert listed.status_code == 200
        assert b"<script>alert(1)" not in listed.content
        return
    assert visitor.response.status_code == 200
    assert len(visitor.errors) == 1
    assert not Submission.objects.exists()
    if what == "a long word":
        assert visitor.value("words") == STRANGE[what]


@pytest.mark.parametrize("sent", [b"%ED%A0%80", b"%FF%FE", b"%00", b"%C3%28", b"%u0041", b"%"])
def test_bytes_that_are_no_text_store_nothing_and_raise_nothing(sent):
    page = _page({"type": "text", "label": "Words", "key": "words"})
    body = b"name__given=Maria&name__family=Santos&email=maria%40clinic.example&stage=details&words=" + sent
    response = Client().post(page.url, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code in {200, 302}
    for submission in Submission.objects.all():
        assert "\x00" not in submission.form_data["words"]
        submission.form_data["words"].encode("utf-8")


def test_a_megabyte_of_text_is_refused_in_words_and_kept():
    page, text = _page({"type": "long_text", "label": "Words", "key": "words"}), "word " * 200_000
    visitor = Visitor(Client(), page).press(**ME, words=text)
    assert visitor.response.status_code == 200
    assert len(visitor.errors) == 1
    assert visitor.value("words").count("word") == 200_000
    assert not Submission.objects.exists()


# --- Requests that no form makes ---------------------------------------------------------------------------


def _is_a_page_in_words(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return soup.h1 is not None and "Nothing was sent or stored" in soup.get_text()


def test_too_many_fields_get_a_page_in_words():
    page = _page()
    body = "&".join(f"f{number}=x" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    response = Client().post(page.url, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400
    assert _is_a_page_in_words(response)


def test_more_than_a_form_can_hold_gets_a_page_in_words():
    page = _page()
    response = Client().post(page.url, {**ME, "words": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})
    assert response.status_code == 400
    assert _is_a_page_in_words(response)


def test_too_many_files_get_a_page_in_words():
    page = _page({"type": "upload", "label": "Photo", "key": "photo", "is_required": False})
    files = [io.BytesIO(b"x") for _number in range(settings.DATA_UPLOAD_MAX_NUMBER_FILES + 1)]
    response = Client().post(page.url, {**ME, "photo": files})
    assert response.status_code == 400
    assert _is_a_page_in_words(response)


@pytest.mark.parametrize(
    "content_type", ["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary="]
)
def test_a_body_of_another_kind_stores_nothing(content_type):
    response = Client().post(_page().url, b'{"email": "maria@clinic.example"}', content_type=content_type)
    assert response.status_code in {200, 400}
    assert b"<h1" in response.content
    assert not Submission.objects.exists()


def test_of_a_name_that_is_sent_twice_one_value_is_stored():
    page = _page({"type": "text", "label": "Words", "key": "words"})
    data = QueryDict(mutable=True)
    data.update({**ME, "stage": "details"})
    data.setlist("words", ["first", "second"])
    data.setlist("stage", ["back", "details"])
    body = data.urlencode()
    response = Client().post(page.url, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 302
    assert Submission.objects.get().form_data["words"] == "second"


# --- The ways of other countries ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1,200", 1200),
        ("1 200", 1200),
        ("12", 12),
        ("١٢", 12),
        ("1.5", None),
        ("1,5", None),
        ("0x10", None),
        ("²", None),
    ],
)
def test_a_number_means_the_same_in_every_language_or_is_refused(language, typed, stored):
    field = {"type": "number", "label": "Years", "key": "years"}
    with translation.override(language):
        form = bound_form(field, typed={"years": typed})
        if stored is None:
            assert not form.is_valid()
            assert form.error_links
        else:
            assert form.is_valid(), form.errors
            assert form.answers()["years"] == stored
            assert type(form)(QueryDict(f"years={form.answers()['years']}")).is_valid()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("typed", "stored"), [("2.5", 2.5), ("1,200.5", 1200.5), ("2,5", None), ("1.200,50", None), ("2.5.1", None)]
)
def test_a_decimal_is_never_taken_for_another(language, typed, stored):
    """A comma before one or two digits could be either: it is refused, and not read as twenty-five."""
    field = {"type": "number", "label": "Hours", "key": "hours", "has_fractions": True}
    with translation.override(language):
        form = bound_form(field, typed={"hours": typed})
        assert form.is_valid() == (stored is not None), form.errors
        if stored is not None:
            assert form.answers()["hours"] == stored


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        *(("2027-03-27", "2027-03-27"), ("3/27/2027", "2027-03-27"), ("27/03/2027", None)),
        *(("27.3.2027", None), ("2027-02-30", None), ("March 27", None), ("0000-00-00", None), ("99999-01-01", None)),
    ],
)
def test_a_date_means_the_same_in_every_language_or_is_refused_with_an_example(language, typed, stored):
    with translation.override(language):
        form = bound_form({"type": "date", "label": "Day", "key": "day"}, typed={"day": typed})
        assert form.is_valid() == (stored is not None), form.errors
        if stored is None:
            assert any(character.isdigit() for character in form.error_links[0].message)
        else:
            assert form.answers()["day"] == stored


# --- An editor at work while somebody fills in the form ----------------------------------------------------

CHOICE = {"type": "choice", "label": "Side", "key": "side", "options": YES_NO}


def test_an_option_that_was_taken_away_meanwhile_is_asked_again():
    page, client = (
        _page(CHOICE, {"type": "step", "label": "More"}, {"type": "text", "label": "Why", "key": "why"}),
        Client(),
    )
    visitor = Visitor(client, page).press(**ME, side="no")
    page.form_fields[2].value["options"] = type(page.form_fields[2].value["options"])(
        page.form_fields[2].value["options"].list_block, [page.form_fields[2].value["options"][0]]
    )
    page.save()
    visitor.press(why="Because.")
    assert visitor.errors == ["Choose one of the options that are offered."]
    assert visitor.press(side="yes").press().press("send").response.status_code == 302
    assert Submission.objects.get().form_data["side"] == "yes"


def test_a_step_that_was_taken_away_or_renamed_meanwhile_leads_nobody_astray():
    last = [{"type": "step", "label": "Last"}, {"type": "text", "label": "Why", "key": "why"}]
    page, client = _page(CHOICE, *last), Client()
    visitor = Visitor(client, page).press(**ME, side="no")
    page.form_fields = raw_stream(*PERSON, CHOICE, {"type": "text", "label": "Why, in a word?", "key": "why"})
    page.save()
    visitor.press(why="Because.")
    assert visitor.response.status_code == 302
    assert Submission.objects.get().form_data["why"] == "Because."


def test_a_rule_that_a_step_got_meanwhile_counts_at_once():
    last = {"type": "step", "label": "Last"}
    why = {"type": "text", "label": "Why", "key": "why"}
    page, client = _page(CHOICE, last, why), Client()
    visitor = Visitor(client, page).press(**ME, side="no").press(why="Because.")
    assert visitor.soup.h1.get_text() == "Check your answers"
    when = {"conditions": [{"field": "side", "test": "is", "value": "yes"}], "match": "all"}
    page.form_fields = raw_stream(*PERSON, CHOICE, {**last, "shown_when": when}, why)
    page.save()
    visitor.press("send")
    assert visitor.response.status_code == 302
    assert "why" not in Submission.objects.get().form_data


def test_a_question_that_became_required_meanwhile_is_asked_before_anything_is_stored():
    why = {"type": "text", "label": "Why", "key": "why", "is_required": False}
    page, client = _page(CHOICE, why), Client()
    visitor = Visitor(client, page)
    page.form_fields = raw_stream(*PERSON, CHOICE, {**why, "is_required": True})
    page.save()
    visitor.press(**ME, side="no")
    assert visitor.errors == ["Answer the question “Why”."]
    assert not Submission.objects.exists()


def test_a_form_whose_page_was_unpublished_meanwhile_says_so_and_stores_nothing():
    page, client = _page(CHOICE), Client()
    visitor = Visitor(client, page)
    page.unpublish()
    sent = client.post(page.url, {**ME, "side": "no", "stage": "details"})
    assert sent.status_code == 404
    assert b"<h1" in sent.content
    assert not Submission.objects.exists()
    assert visitor.form is not None
