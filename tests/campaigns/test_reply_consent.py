"""That an office answered is noted only of people who ticked the box, in the words that they were shown."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from advocates.models import ConsentEvent
from campaigns.engine.tokens import sign_receipt
from campaigns.forms.replies_form import RepliesForm
from campaigns.models import Letter, Submission
from delivery.models import OutboxMessage, Reply
from tests.factories import campaigns as pages

pytestmark = pytest.mark.django_db
BOX = "letter-replies-is_noted"


@pytest.fixture(autouse=True)
def _passed_on(settings: Settings) -> None:
    settings.REPLIES_DOMAIN = "replies.alder-medical.example"


def _agreement() -> ConsentEvent:
    return ConsentEvent.objects.get(purpose="record_reply")


def test_the_box_is_not_ticked_and_leaving_it_is_an_answer_too(alder: None, client: Client) -> None:
    page = pages.action_page()
    review = pages.details(page, client)
    content = review.content.decode()
    assert f'name="{BOX}"' in content
    assert "checked" not in content.split(f'name="{BOX}"')[1].split(">")[0]
    pages.confirm(page, client, review)
    assert not _agreement().is_granted
    assert set(OutboxMessage.objects.filter(stream="letter").values_list("may_record_reply", flat=True)) == {False}


def test_who_ticks_it_agrees_in_these_very_words(alder: None, client: Client) -> None:
    page = pages.action_page()
    pages.confirm(page, client, pages.details(page, client), **{BOX: "on"})
    assert _agreement().is_granted
    assert _agreement().text == str(RepliesForm.base_fields["is_noted"].label)
    assert set(OutboxMessage.objects.filter(stream="letter").values_list("may_record_reply", flat=True)) == {True}


def test_where_answers_go_to_the_person_nothing_is_asked(alder: None, client: Client, settings: Settings) -> None:
    settings.REPLIES_DOMAIN = ""
    page = pages.action_page()
    review = pages.details(page, client)
    assert BOX not in review.content.decode()
    pages.confirm(page, client, review, **{BOX: "on"})
    assert not ConsentEvent.objects.filter(purpose="record_reply").exists()
    assert not OutboxMessage.objects.filter(may_record_reply=True).exists()


def test_the_tick_survives_a_letter_that_has_to_be_shown_again(alder: None, client: Client) -> None:
    page = pages.action_page()
    review = pages.details(page, client)
    emptied = {name: "" for name in pages.hidden(review) if name.endswith("-body")}
    again = pages.confirm(page, client, review, **emptied, **{BOX: "on"})
    assert again.status_code == 200
    assert "checked" in again.content.decode().split(f'name="{BOX}"')[1].split(">")[0]
    assert not Submission.objects.exists()


def test_the_receipt_says_when_the_office_answered(alder: None, client: Client) -> None:
    page = pages.action_page()
    pages.send(page, client)
    letter = Letter.objects.filter(outbox_message__channel="email").first()
    assert letter is not None
    receipt = f"/receipt/{sign_receipt(letter.submission.key)}/"
    assert "The office answered on" not in client.get(receipt).content.decode()
    Reply.objects.create(letter=letter.outbox_message, received_at=timezone.now())
    assert client.get(receipt).content.decode().count("The office answered on") == 1
