"""The way of a form, from its first step to the receipt."""

import pytest

from campaigns.records.submissions import Letter, Submission
from delivery.records.messages import OutboxMessage
from tests.factories import campaigns as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alder")]


def test_the_form_is_shown_and_kept_by_no_cache(client):
    response = client.get(make.action_page().url)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


def test_a_certain_address_leads_to_the_letters_as_they_will_go(client):
    response = make.details(make.action_page(), client)
    assert [(letter.name, letter.district) for letter in _targets(response)] == [
        ("Marisol Tidewater", "Harbor"),
        ("Ines Quayle", "1st Harbor"),
    ]
    bodies = [item["letter"].body for item in response.context["items"]]
    assert bodies[0].startswith("Dear Senator Tidewater,\n\nI live in Port Alder. I see forty patients")
    assert "Dear Representative Quayle," in bodies[1]
    assert b"12 Main Street\nPort Alder, AX 69901" in response.content


def test_nothing_is_stored_before_the_confirmation(client):
    make.details(make.action_page(), client)
    assert Submission.objects.count() == 0
    assert OutboxMessage.objects.count() == 0


def test_confirming_stores_everything_and_leads_to_the_receipt(client):
    page = make.action_page()
    response = make.send(page, client)
    assert response.status_code == 302
    submission = Submission.objects.get()
    assert submission.campaign_key == page.campaign.translation_key
    assert (submission.state, submission.zip_code, submission.certainty) == ("ax", "69901", "interpolated")
    assert submission.form_data["story"] == "I see forty patients a week by video."
    letters = OutboxMessage.objects.filter(stream="letter").order_by("recipient_name")
    assert [(row.recipient_address, row.reply_to_address, row.sender_name, row.state) for row in letters] == [
        ("ines.quayle@legislature.alder.example", "maria.santos@clinic.example", "Dr. Maria Santos", "queued"),
        ("marisol.tidewater@legislature.alder.example", "maria.santos@clinic.example", "Dr. Maria Santos", "queued"),
    ]
    assert letters[0].body.startswith("Dr. Maria Santos\n12 Main Street\nPort Alder, AX 69901\n\nDear Rep")
    assert OutboxMessage.objects.get(stream="receipt").recipient_address == "maria.santos@clinic.example"
    consent = submission.advocate.consents.get()
    assert (consent.purpose, consent.is_granted, consent.text) == ("news", True, "Send me news.")
    assert client.get(response.url).status_code == 200


def test_the_person_s_own_words_go_as_they_are_written(client):
    page = make.action_page()
    review = make.details(page, client)
    key = review.context["items"][0]["form"].prefix
    make.confirm(page, client, review, **{f"{key}-subject": "{town}", f"{key}-body": "I know {legislator_name}. <b>"})
    letter = Letter.objects.get(recipient_name="Marisol Tidewater")
    assert letter.is_personalised
    assert letter.outbox_message.subject == "{town}"
    assert letter.outbox_message.body.startswith(
        "Dr. Maria Santos\n12 Main Street\nPort Alder, AX 69901\n\nI know {legislator_name}. <b>\n\n-- \n"
    )
    assert not Letter.objects.get(recipient_name="Ines Quayle").is_personalised


def test_an_emptied_letter_is_an_error_at_its_field_and_sends_nothing(client):
    page = make.action_page()
    review = make.details(page, client)
    key = review.context["items"][1]["form"].prefix
    other = review.context["items"][0]["form"].prefix
    response = make.confirm(page, client, review, **{f"{key}-body": " \x00\n ", f"{other}-body": "Mine to keep"})
    assert response.status_code == 200
    assert response.context["errors"][0][0] == f"id_{key}-body"
    assert b"Mine to keep" in response.content
    assert Submission.objects.count() == 0


def test_a_letter_of_more_than_ten_thousand_characters_is_refused(client):
    page = make.action_page()
    review = make.details(page, client)
    key = review.context["items"][0]["form"].prefix
    response = make.confirm(page, client, review, **{f"{key}-body": "x" * 10_001})
    assert response.status_code == 200
    assert "10,000" in response.context["errors"][0][1]
    assert Submission.objects.count() == 0


def test_a_locked_letter_goes_as_the_editor_wrote_it_whatever_is_posted(client):
    page = make.action_page(is_letter_locked=True)
    review = make.details(page, client)
    assert review.content.count(b"<textarea") == 1
    forged = {f"letter-{name}-body": "Forged" for name in ("a", "b")}
    make.confirm(page, client, review, **forged)
    assert "Forged" not in OutboxMessage.objects.filter(stream="letter").first().body
    assert not Letter.objects.filter(is_personalised=True).exists()


def test_a_locked_letter_that_an_editor_changed_meanwhile_is_shown_again(client):
    page = make.action_page(is_letter_locked=True)
    review = make.details(page, client)
    page.letter_body = "Something else entirely."
    page.save()
    response = make.confirm(page, client, review)
    assert response.status_code == 200
    assert b"Something has changed" in response.content
    assert Submission.objects.count() == 0


def test_going_back_to_change_an_answer_keeps_all_that_was_typed_and_the_letters_that_were_edited(client):
    page = make.action_page()
    review = make.details(page, client)
    key = review.context["items"][0]["form"].prefix
    sent = {**make.hidden(review), f"{key}-body": "My own words.", "stage": "change"}
    changing = client.post(page.url, sent)
    assert b"12 Main Street" in changing.content
    assert changing.context["errors"] == []
    again = client.post(page.url, {**make.hidden(changing), **make.person(story="Other."), "stage": "details"})
    items = again.context["items"]
    assert items[0]["form"]["body"].value() == "My own words."
    assert "Other." in items[1]["form"]["body"].value()


def test_a_form_without_targets_is_recorded_and_thanked(client):
    page = make.action_page(targets=[], letter_subject="", letter_body="")
    response = make.details(page, client)
    assert response.status_code == 302
    assert Submission.objects.count() == 1
    assert OutboxMessage.objects.filter(stream="letter").count() == 0


def test_mistakes_are_said_at_the_fields_and_everything_typed_is_kept(client):
    response = make.details(make.action_page(), client, email="nonsense", story="My <b>story</b>")
    assert response.status_code == 200
    assert [target for target, _message in response.context["errors"]] == [response.context["form"]["email"].auto_id]
    assert b"My &lt;b&gt;story&lt;/b&gt;" in response.content
    assert Submission.objects.count() == 0


def test_congress_is_a_hand_off_and_never_a_letter_that_we_send(client):
    page = make.action_page(targets=[("us_house", None), ("us_senate", None)])
    review = make.details(page, client)
    assert len(review.context["by_hand"]) == 3
    make.confirm(page, client, review)
    assert set(OutboxMessage.objects.filter(stream="letter").values_list("state", flat=True)) == {"needs_handoff"}


def test_a_vacant_seat_is_said_before_and_after(client):
    page = make.action_page()
    address = {"address__city": "Quarry Hill", "address__zip_code": "69906"}
    review = make.details(page, client, **address)
    assert b"This seat is vacant" in review.content
    receipt = client.get(make.confirm(page, client, review).url)
    assert b"This seat is vacant" in receipt.content


def test_where_every_seat_is_vacant_there_is_nothing_to_confirm(client):
    page = make.action_page(targets=[("state_lower", None)])
    review = make.details(page, client, address__city="Quarry Hill", address__zip_code="69906")
    assert b"There is nobody to write to" in review.content
    assert b'value="confirm"' not in review.content
    make.confirm(page, client, review)
    assert Submission.objects.count() == 0


def test_a_custom_recipient_needs_no_address(client):
    fields = [field for field in make.FIELDS if field[0] != "address"]
    recipient = {"name": "Committee on Health", "office": "State house", "email": "health@alder.example"}
    page = make.action_page(
        form_fields=fields, targets=[("recipient", recipient)], letter_body="Dear {legislator_name},"
    )
    make.send(page, client)
    letter = Letter.objects.get()
    assert letter.target_key == f"recipient:{page.targets[0].id}"
    assert letter.outbox_message.recipient_address == "health@alder.example"


def _targets(response):
    return [item["letter"].target for item in response.context["items"]]
