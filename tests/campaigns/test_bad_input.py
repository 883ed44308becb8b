"""What people, and those who are not people, may send to an action page."""

import uuid

import pytest
from django.db import OperationalError
from django.test import Client

from campaigns.records.submissions import Submission
from delivery.adapters import queue
from delivery.records.messages import OutboxMessage
from tests.factories import campaigns as make
from tests.factories.delivery import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alder")]


def test_a_header_in_a_name_stays_a_name(client):
    make.send(make.action_page(letter_subject="From {constituent_name}"), client, name__given="Ann\r\nBcc: a@b.example")
    for row in OutboxMessage.objects.all():
        assert "\n" not in row.sender_name + row.subject + row.recipient_name
    assert OutboxMessage.objects.filter(subject="From Dr. Ann Bcc: a@b.example Santos").count() == 2


def test_a_merge_field_in_an_answer_is_never_merged(client):
    make.send(make.action_page(), client, story="{constituent_address} {legislator_name} {{town}} %(x)s {0}")
    body = OutboxMessage.objects.filter(stream="letter").first().body
    assert "{constituent_address} {legislator_name} {{town}} %(x)s {0}" in body


def test_a_merge_field_in_a_name_is_never_merged(client):
    make.send(make.action_page(letter_body="{constituent_name}"), client, name__given="{legislator_name}")
    assert OutboxMessage.objects.filter(stream="letter").first().body.startswith("Dr. {legislator_name} Santos")


def test_html_in_every_field_is_shown_as_text(client):
    evil = '"><img src=x onerror=alert(1)>'
    typed = dict.fromkeys(("name__title", "name__given", "name__family", "address__unit", "story"), evil)
    page = make.action_page()
    for response in (
        make.details(page, client, **typed, email="nonsense"),
        make.details(page, client, **typed),
        client.get(make.send(page, client, **typed).url),
    ):
        assert b"<img src=x" not in response.content
        assert b"&lt;img src=x" in response.content


@pytest.mark.parametrize("name", ["name__given", "name__family", "name__title", "address__street", "address__city"])
def test_a_name_of_ten_kilobytes_is_refused_at_its_field_and_kept(client, name):
    page = make.action_page()
    response = make.details(page, client, **{name: "n" * 10_240})
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {name}
    assert b"n" * 10_240 in response.content
    assert Submission.objects.count() == 0


def test_an_address_that_holds_a_second_recipient_is_refused(client):
    response = make.details(make.action_page(), client, email="a@b.example, c@d.example")
    assert response.context["form"].errors.keys() == {"email"}


def test_nul_characters_end_in_no_letter(client):
    response = make.details(make.action_page(), client, name__given="Ma\x00ria")
    assert response.status_code == 200
    assert Submission.objects.count() == 0


def test_a_stage_that_does_not_exist_is_the_first(client):
    page = make.action_page()
    response = client.post(page.url, {**make.person(), "stage": "nonsense"})
    assert response.templates[0].name == "campaigns/review.html"


def test_an_empty_post_is_a_form_with_its_errors(client):
    response = client.post(make.action_page().url, {})
    assert response.status_code == 200
    assert response.context["errors"]


def test_confirming_without_ever_having_read_the_letters_shows_them(client):
    page = make.action_page()
    response = client.post(page.url, {**make.person(), "stage": "confirm"})
    assert response.templates[0].name == "campaigns/review.html"
    assert Submission.objects.count() == 0


def test_with_redis_down_the_submission_is_kept(client, monkeypatch, django_capture_on_commit_callbacks):
    def down(*_arguments, **_options):
        raise ConnectionError("no queue")

    monkeypatch.setattr(queue, "wake", down)
    page = make.action_page()
    review = make.details(page, client)
    with django_capture_on_commit_callbacks(execute=True):
        response = make.confirm(page, client, review)
    assert response.status_code == 302
    assert OutboxMessage.objects.filter(stream="letter", state="queued").count() == 2


def test_a_name_brings_no_link_into_the_mail_that_goes_to_a_stranger(client):
    typed = {"name__given": "Win at https://evil.example/now", "name__family": "www.evil.example"}
    make.send(make.action_page(), client, **typed)
    body = words_of(OutboxMessage.objects.get(stream="receipt"))
    assert "Dear Dr. Win at https: //evil. example/now www. evil. example," in body
    assert "evil.example" not in body


def test_nobody_s_mailbox_is_filled_with_confirmations(client):
    page = make.action_page(targets=[], letter_subject="", letter_body="")
    for _number in range(12):
        make.details(page, client)
    assert Submission.objects.count() == 12
    assert OutboxMessage.objects.filter(stream="receipt").count() == 10


@pytest.mark.parametrize("name", ["name__given", "name__family"])
def test_a_name_that_nobody_can_see_is_no_name(client, name):
    response = make.details(make.action_page(), client, **{name: "\u200b\u2060\u00ad"})
    assert response.context["form"].errors.keys() == {name}


def test_a_letter_that_nobody_can_see_is_empty(client):
    page = make.action_page()
    review = make.details(page, client)
    key = review.context["items"][0]["form"].prefix
    response = make.confirm(page, client, review, **{f"{key}-body": "\u200b\n\u200b"})
    assert response.context["errors"][0][0] == f"id_{key}-body"
    assert Submission.objects.count() == 0


@pytest.mark.parametrize("has_letters", [True, False])
def test_with_a_database_too_busy_to_write_all_is_kept_and_can_be_sent_again(client, monkeypatch, has_letters):
    page = make.action_page(**({} if has_letters else {"targets": [], "letter_subject": "", "letter_body": ""}))
    step = make.details(page, client) if has_letters else client.get(page.url)
    sent = {**make.hidden(step), **make.person(), "stage": "confirm" if has_letters else "details"}

    def busy(**_options):
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr("campaigns.services.submissions.record", busy)
        refused = client.post(page.url, sent)
    assert refused.status_code == 503
    assert b"We could not store this just now" in refused.content
    assert b"I see forty patients" in refused.content
    again = client.post(page.url, {**make.person(), **make.hidden(refused), "stage": sent["stage"]})
    assert again.status_code == 302
    assert Submission.objects.get().token == uuid.UUID(sent["token"])


# --- Closed ------------------------------------------------------------------------------------


def test_a_campaign_that_closed_meanwhile_stores_nothing_and_shows_what_was_typed(client):
    page = make.action_page()
    review = make.details(page, client)
    key = review.context["items"][0]["form"].prefix
    campaign = page.campaign
    campaign.status = "closed"
    campaign.save()
    response = make.confirm(page, client, review, **{f"{key}-body": "My own words."})
    assert response.status_code == 409
    assert Submission.objects.count() == 0
    for kept in (b"My own words.", b"12 Main Street", b"maria.santos@clinic.example", b"I see forty patients"):
        assert kept in response.content
    assert b"This campaign is closed" in response.content


def test_an_address_that_is_no_page_is_not_found(client):
    assert client.post("/campaigns/nothing-here/", make.person()).status_code == 404


# --- Cross-site requests -----------------------------------------------------------------------


def _strict():
    return Client(enforce_csrf_checks=True)


def test_details_without_a_valid_token_are_kept_and_not_acted_on(client):
    page = make.action_page()
    response = make.details(page, _strict(), story="Forty patients")
    assert response.status_code == 403
    assert b"Nothing was sent" in response.content
    assert b"Forty patients" in response.content
    assert b"12 Main Street" in response.content
    assert b"csrfmiddlewaretoken" in response.content
    assert response["Cache-Control"] == "private, no-store"


def test_a_confirmation_without_a_valid_token_keeps_the_letters_and_can_be_sent_again(client):
    page = make.action_page()
    review = make.details(page, client)
    key = review.context["items"][0]["form"].prefix
    strict = _strict()
    refused = make.confirm(page, strict, review, **{f"{key}-body": "My own words."})
    assert refused.status_code == 403
    assert Submission.objects.count() == 0
    assert b"My own words." in refused.content
    again = make.confirm(page, strict, refused)
    assert again.status_code == 302
    assert OutboxMessage.objects.filter(body__contains="\n\nMy own words.").count() == 1


def test_a_form_without_letters_is_not_recorded_without_a_valid_token(client):
    page = make.action_page(targets=[], letter_subject="", letter_body="")
    assert make.details(page, _strict()).status_code == 403
    assert Submission.objects.count() == 0


def test_elsewhere_a_missing_token_gets_the_plain_page(client):
    response = _strict().post("/campaigns/nothing-here/", {})
    assert response.status_code == 403
    assert b"<h1" in response.content


def test_a_private_page_is_not_shown_to_who_sends_a_form_without_a_token(client):
    page = make.action_page(introduction="For members only.")
    page.get_parent().view_restrictions.create(restriction_type="password", password="alder")
    response = make.details(page, _strict())
    assert response.status_code == 403
    assert b"For members only." not in response.content
    assert b"12 Main Street" not in response.content
