"""What is said beside a text of what may identify a patient, and that nobody is kept from going on."""

import logging

import pytest

from campaigns.engine.patient_guard import Kind
from campaigns.records.submissions import Letter, Submission
from campaigns.selectors import patient_notes
from campaigns.selectors.patient_notes import SEEN_INPUT
from tests.factories import campaigns as make

STORY = "My patient Maria Lopez was admitted on March 14, 2024."


def test_each_kind_is_explained_and_says_how_to_put_it_instead():
    advice = patient_notes.advice()
    assert set(advice) == {kind.value for kind in Kind}
    assert all(sentence.count(".") >= 2 for sentence in advice.values())


def test_notes_quote_the_words_each_once():
    notes = patient_notes.notes(f"{STORY} {STORY}")
    assert [(note.kind, note.quoted) for note in notes] == [
        ("name_date", "Maria Lopez"),
        ("care_date", "March 14, 2024"),
    ]


def test_what_the_society_wrote_is_not_pointed_out():
    assert patient_notes.notes(STORY, known=[STORY]) == []


def test_a_note_is_read_where_the_page_showed_it_even_with_a_word_more():
    notes = patient_notes.notes(STORY)
    assert patient_notes.unread(notes, seen=[]) == notes
    assert patient_notes.unread(notes, seen=[note.key for note in notes]) == []
    assert patient_notes.unread(notes, seen=["name_date:Lopez", "care_date:March 14"]) == []
    assert len(patient_notes.unread(notes, seen=["phone:Maria Lopez", "care_date:", "x"])) == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("alder")
class TestOnThePages:
    def test_a_story_is_shown_once_more_with_its_notes_and_goes_on_with_the_same_button(self, client):
        page = make.action_page()
        shown = make.details(page, client, story=STORY)
        content = shown.content.decode()
        assert shown.status_code == 200
        assert "<q>Maria Lopez</q>" in content
        assert "What you wrote may identify a patient" in content
        assert 'aria-describedby="form' in content
        assert STORY in content
        assert not shown.context["errors"]
        review = client.post(page.url, {**make.hidden(shown), **make.person(story=STORY), "stage": "details"})
        assert review.context["items"]

    def test_a_story_without_anything_of_that_kind_goes_on_at_once(self, client):
        assert make.details(make.action_page(), client).context["items"]

    def test_a_field_that_an_editor_told_not_to_says_nothing(self, client):
        fields = [
            (name, {**value, "warns_about_patients": False} if name == "long_text" else value)
            for name, value in make.FIELDS
        ]
        page = make.action_page(form_fields=fields)
        assert b"patient-note" not in client.get(page.url).content
        assert make.details(page, client, story=STORY).context["items"]

    def test_words_that_were_put_into_a_letter_are_pointed_out_once_and_then_sent(self, client):
        page = make.action_page()
        review = make.details(page, client)
        key = review.context["items"][0]["form"].prefix
        changes = {f"{key}-subject": "Please help", f"{key}-body": f"{STORY} Please vote for it."}
        again = make.confirm(page, client, review, **changes)
        assert again.status_code == 200
        assert "<q>March 14, 2024</q>" in again.content.decode()
        assert not Submission.objects.exists()
        assert make.confirm(page, client, again).status_code == 302
        assert Letter.objects.filter(is_personalised=True).count() == 1

    def test_own_words_are_pointed_out_and_the_person_s_own_address_is_not(self, client):
        page = make.action_page()
        review = make.details(page, client)
        own = "I live at 12 Main Street. Her mother is at 413-555-0188, and she waits for care."
        again = make.confirm(page, client, review, **{"letter-own_words": own})
        content = again.content.decode()
        assert "<q>413-555-0188</q>" in content
        assert "<q>12 Main Street</q>" not in content
        assert make.confirm(page, client, again).status_code == 302

    def test_answers_are_shown_once_more_on_their_own_page_with_the_notes_beside_them(self, client):
        page = make.action_page(guidance=[("usual_questions", None)])
        shown = make.details(page, client)
        answer = "I live at 12 Main Street. My patient Maria Lopez was admitted on March 14, 2024."
        sent = {**make.hidden(shown), "letter-guide-seen": answer, "stage": "compose"}
        again = client.post(page.url, sent)
        content = again.content.decode()
        assert "items" not in again.context
        assert content.index("guide-seen") < content.index("<q>Maria Lopez</q>") < content.index('value="compose"')
        assert "What you wrote may identify a patient" in content
        # The person's own address is no news, here as beside the letters.
        assert "<q>12 Main Street</q>" not in content
        review = client.post(page.url, {**make.hidden(again), "stage": "compose"})
        assert review.context["own_words"]["own_words"].value() == answer
        assert make.confirm(page, client, review).status_code == 302

    def test_a_text_of_one_s_own_is_shown_once_more_where_nothing_is_asked(self, client):
        point = ("talking_point", {"text": "Visits by video cost less."})
        page = make.action_page(guidance=[point])
        shown = make.details(page, client)
        sent = {**make.hidden(shown), "letter-own_words": "Her mother is at 413-555-0188.", "stage": "compose"}
        again = client.post(page.url, sent)
        assert "<q>413-555-0188</q>" in again.content.decode()
        assert "items" in client.post(page.url, {**make.hidden(again), "stage": "compose"}).context

    def test_something_new_is_pointed_out_anew(self, client):
        page = make.action_page()
        review = make.details(page, client)
        again = make.confirm(page, client, review, **{"letter-own_words": "Call her at 413-555-0188, she waits."})
        third = make.confirm(page, client, again, **{"letter-own_words": "Write to maria@mail.example, she waits."})
        assert third.status_code == 200
        assert "<q>maria@mail.example</q>" in third.content.decode()

    def test_nothing_of_it_is_logged(self, client, caplog):
        with caplog.at_level(logging.DEBUG):
            make.details(make.action_page(), client, story=STORY)
        assert "Lopez" not in caplog.text

    def test_what_is_said_of_notes_that_were_seen_can_be_anything(self, client):
        page = make.action_page()
        shown = make.details(page, client, story=STORY, **{SEEN_INPUT: "x" * 5000})
        assert "<q>Maria Lopez</q>" in shown.content.decode()
