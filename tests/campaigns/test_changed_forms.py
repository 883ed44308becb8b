"""Forms that an editor changes while people fill them in: nobody agrees to what they have not read."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from advocates.models import ConsentEvent
from campaigns.records.participation import Signature
from campaigns.records.submissions import Submission
from tests.factories import participation

pytestmark = pytest.mark.django_db

CONSENT = {"label": "News", "key": "news", "purpose": "newsletter", "text": "Send me news.", "is_required": False}
PERSON = {
    "name__title": "",
    "name__given": "Maria",
    "name__family": "Santos",
    "email": "maria.santos@clinic.example",
}


def _opened(url, client):
    """The hidden inputs of the form as a browser got it."""
    form = BeautifulSoup(client.get(url).content, "html.parser").select_one("form.form")
    return _hidden(form)


def _hidden(form):
    return {item["name"]: item.get("value", "") for item in form.select("input[type=hidden][name]")}


def _main(response):
    return BeautifulSoup(response.content, "html.parser").main


def _edit(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_nobody_signs_a_petition_of_which_the_words_have_changed_since_they_read_it():
    page = participation.page(participation.action("petition"))
    client = Client()
    opened = _opened(page.url, client)
    _edit(page, actions=[participation.action("petition", statement="We ask to end video visits.")])
    answer = client.post(page.url, {**opened, **PERSON, "stage": "details", "petition_public_name": "on"})
    assert answer.status_code == 200
    assert not Signature.objects.exists()
    main = _main(answer)
    assert "We ask to end video visits." in main.get_text(" ", strip=True)
    assert "has been changed since you opened this page" in main.get_text(" ", strip=True)
    assert main.select_one("input[name=name__given]")["value"] == "Maria"
    assert not main.select_one("input[name=petition_public_name]").has_attr("checked")
    # Having read it, they may.
    sent = client.post(page.url, {**_hidden(main.select_one("form.form")), **PERSON, "stage": "details"})
    assert sent.status_code == 302
    assert Signature.objects.get().taken_action.terms["statement"] == "We ask to end video visits."


def test_a_box_is_recorded_only_with_the_words_that_were_read():
    fields = [*participation.NAME_AND_MAIL, ("consent", CONSENT)]
    page = participation.page(participation.action("petition"), form_fields=fields)
    client = Client()
    opened = _opened(page.url, client)
    other = ("consent", {**CONSENT, "text": "Give my address to partners."})
    _edit(page, form_fields=[*participation.NAME_AND_MAIL, other])
    answer = client.post(page.url, {**opened, **PERSON, "stage": "details", "news": "on"})
    assert answer.status_code == 200
    assert not ConsentEvent.objects.exists()
    assert not _main(answer).select_one("input[name=news]").has_attr("checked")


def test_what_changes_nothing_of_what_is_agreed_to_stops_nobody():
    page = participation.page(participation.action("petition"))
    client = Client()
    opened = _opened(page.url, client)
    _edit(page, introduction="Thank you.", actions=[participation.action("petition", goal=500)])
    assert client.post(page.url, {**opened, **PERSON, "stage": "details"}).status_code == 302


def test_a_form_that_came_from_elsewhere_without_saying_what_was_read_is_taken():
    page = participation.page(participation.action("petition"))
    client = Client()
    opened = {**_opened(page.url, client), "form-agreed": "", "token": str(uuid.uuid4())}
    assert client.post(page.url, {**opened, **PERSON, "stage": "details"}).status_code == 302
    assert Submission.objects.count() == 1


def test_an_action_that_was_taken_off_the_page_is_not_done_unseen():
    page = participation.page(participation.action("petition"), participation.action("join"))
    client = Client()
    opened = _opened(page.url, client)
    _edit(page, actions=[participation.action("join")])
    assert client.post(page.url, {**opened, **PERSON, "stage": "details"}).status_code == 200
    assert not Submission.objects.exists()
