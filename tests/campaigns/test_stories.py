"""Stories: read before anything is done with them, used as their tellers allow, and gone when taken back."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from advocates.models import ConsentEvent
from campaigns.engine.tokens import sign_receipt
from campaigns.records.participation import Story
from campaigns.records.submissions import Submission
from campaigns.selectors import stories
from campaigns.services import stories as telling
from tests.factories import participation

TEXT = "My mother was seen on March 3, 2026. Call me at 699-555-0123.\n\nThe drive took two hours."


@pytest.fixture
def page(db):
    return participation.page(participation.action("story"))


def _told(page, **answers):
    return participation.sent(page, story_text=TEXT, **answers)


def _url(name, submission):
    return reverse(f"campaigns:{name}", args=[sign_receipt(submission.key), submission.taken_actions.get().pk])


def _receipt(submission):
    response = Client().get(reverse("campaigns:receipt", args=[sign_receipt(submission.key)]))
    return BeautifulSoup(response.content, "html.parser").main.get_text(" ", strip=True)


def test_a_story_waits_for_a_reader_and_nothing_is_agreed_to_beforehand(page):
    html = BeautifulSoup(Client().get(page.url).content, "html.parser")
    boxes = html.select('input[type="checkbox"][name^="story_"]')
    assert {box["name"] for box in boxes} == {"story_website", "story_legislators", "story_media"}
    assert not any(box.has_attr("checked") for box in boxes)
    submission = _told(page)
    story = Story.objects.get()
    assert (story.state, story.uses, story.text) == ("waiting", [], TEXT)
    assert "Nothing of it is public." in _receipt(submission)


def test_what_the_guard_saw_is_kept_with_the_place_in_the_text(page):
    _told(page)
    story = Story.objects.get()
    marked = {piece.text for piece in stories.pieces(story.text, story.findings) if piece.why}
    assert "699-555-0123" in marked


def test_each_use_is_agreed_to_by_itself_with_its_words(page):
    _told(page, story_website="on", story_media="on")
    assert Story.objects.get().uses == ["website", "media"]
    agreed = dict(ConsentEvent.objects.values_list("purpose", "is_granted"))
    assert agreed == {"story_website": True, "story_legislators": False, "story_media": True}


def test_a_story_must_be_told(page):
    response = participation.send(page, story_text="  ")
    assert response.status_code == 200
    assert Story.objects.count() == 0


def test_a_story_that_is_taken_back_leaves_no_words_behind(page):
    submission = _told(page, story_website="on")
    assert Client().get(_url("withdraw_story", submission)).status_code == 405
    assert Client().post(_url("withdraw_story", submission)).status_code == 302
    story = Story.objects.get()
    assert (story.state, story.text, story.uses, story.findings) == ("withdrawn", "", [], [])
    assert "mother" not in str(Submission.objects.get().form_data)
    assert "You have taken your story back." in _receipt(submission)
    assert not telling.withdraw(taken=submission.taken_actions.get())


def test_one_use_can_be_taken_back_without_the_others(page):
    submission = _told(page, story_website="on", story_media="on")
    Client().post(_url("forbid_use", submission), {"use": "media"})
    Client().post(_url("forbid_use", submission), {"use": "nonsense"})
    assert Story.objects.get().uses == ["website"]


def test_another_persons_receipt_takes_nothing_back(page):
    mine = _told(page)
    theirs = _told(page, email="jo@clinic.example")
    url = reverse("campaigns:withdraw_story", args=[sign_receipt(theirs.key), mine.taken_actions.get().pk])
    assert Client().post(url).status_code == 404
    assert Story.objects.filter(state="withdrawn").count() == 0


def test_a_judgement_says_who_read_it_and_comes_too_late_for_what_was_taken_back(page):
    reader = User.objects.create_user("rita")
    submission = _told(page)
    story = Story.objects.get()
    assert telling.judge(story_id=story.pk, is_approved=True, note="Moving.\nUse it.", reader=reader)
    story.refresh_from_db()
    assert (story.state, story.read_by, story.note) == ("approved", reader, "Moving. Use it.")
    telling.withdraw(taken=submission.taken_actions.get())
    assert not telling.judge(story_id=story.pk, is_approved=True, note="", reader=reader)
    story.refresh_from_db()
    assert story.state == "withdrawn"


def test_a_story_of_a_form_that_waits_is_not_in_the_queue(page):
    submission = _told(page)
    assert stories.queue().count() == 1
    Submission.objects.filter(pk=submission.pk).update(standing="unconfirmed")
    assert stories.queue().count() == 0


def test_a_right_to_left_story_with_emoji_is_kept_as_it_was(page):
    text = "قصتي 💊 طويلة " + "x" * 300
    participation.sent(page, story_text=text)
    assert Story.objects.get().text == text


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.just("phone"), st.integers(-5, 70), st.integers(-5, 70)), max_size=6),
)
def test_pieces_are_the_whole_text_whatever_was_found(text, findings):
    assert "".join(piece.text for piece in stories.pieces(text, findings)) == text
