"""Seeing a draft of any kind as somebody else: what is asked, what is ticked, and what people are given to do."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from campaigns.blocks.kinds import KINDS
from campaigns.content import starting
from campaigns.content.action_page import ActionPage
from campaigns.content.starters import STARTERS, content_for
from campaigns.engine.marking import Part, inserted
from campaigns.records.taken_actions import TakenAction
from tests.campaigns.test_preview_as import address_of, alder, editor, look, look_again, page, walk
from tests.factories import campaigns

__all__ = ["alder", "page"]

POINT = "Children in {town} wait."
GUIDANCE: list[tuple[str, Any]] = [
    ("talking_point", {"text": POINT}),
    ("question", {"label": "What do you treat?", "hint": "", "roles": ["physician"], "is_short": False}),
    ("question", {"label": "What do you study?", "hint": "", "roles": ["student"], "is_short": False}),
]
ROLE = ("role", {"label": "As", "key": "role", "is_required": True})


@given(st.lists(st.text(alphabet="ab\n", min_size=1, max_size=5), max_size=5), st.integers(0, 30))
def test_a_part_that_is_put_in_takes_nothing_away(texts: list[str], after: int) -> None:
    pieces = [Part(text, "town" if place % 2 else "") for place, text in enumerate(texts)]
    whole = "".join(texts)
    found = inserted(pieces, Part("OWN", "own"), after=after)
    text = "".join(part.text for part in found)
    assert text.count("OWN") == 1
    assert text.replace("\n\nOWN", "", 1) == whole or text.replace("OWN\n\n", "", 1) == whole or text == "OWN"
    before = text.partition("OWN")[0]
    assert before.removesuffix("\n\n") == whole[:after] or not whole


@pytest.fixture
def guided(alder: Any) -> ActionPage:
    body = "Dear {legislator_salutation},\n\nPlease act.\n\n{talking_points}\n\nThank you."
    return campaigns.action_page(form_fields=[*campaigns.FIELDS, ROLE], guidance=GUIDANCE, letter_body=body, live=False)


def test_questions_are_those_of_the_role_and_points_are_worded_for_the_person(guided: ActionPage) -> None:
    shown = look(guided)
    assert "What do you treat?" in shown
    assert "What do you study?" not in shown
    assert "1 more question is for people in other roles." in shown
    assert "<li>Children in Port Alder wait.</li>" in shown
    student = look_again(guided, role="student")
    assert "What do you study?" in student
    assert "What do you treat?" not in student


def test_letters_are_shown_with_what_is_ticked_and_answered_or_without(guided: ActionPage) -> None:
    full = look(guided, is_guided="on")
    point = 'Children in <mark title="{town}">Port Alder</mark> wait.'
    own = '<mark title="the person’s own words">[What do you treat?]</mark>'
    assert full.count(point) == full.count(own) == 2
    # As the office reads it: the person's own words stand below the salutation.
    letter = full[full.index("Dear") :]
    assert letter.index(own) < letter.index("Please act.") < letter.index(point) < letter.index("Thank you.")
    bare = look_again(guided)
    assert point not in bare
    assert own not in bare


def test_the_pages_that_open_have_the_same_ticked_and_answered(guided: ActionPage) -> None:
    client = editor()
    asked = walk(client, guided, "letters", is_guided="on").content.decode()
    assert " checked" in asked[asked.index("What do you want to say with us?") :]
    assert "[What do you treat?]" in asked
    review = walk(client, guided, "review", is_guided="on").content.decode()
    assert "Children in Port Alder wait." in review
    assert "[What do you treat?]" in review
    assert "[What do you treat?]" not in walk(client, guided, "review").content.decode()


def test_a_role_that_must_be_said_cannot_be_left_out(guided: ActionPage) -> None:
    assert "Somebody who does not say" not in editor().get(address_of(guided)).content.decode()


def test_each_step_of_a_form_opens_filled_in(alder: Any) -> None:
    more = [("step", {"label": "More about you"}), ("text", {"label": "Clinic", "key": "clinic", "is_required": True})]
    page = campaigns.action_page(form_fields=[*campaigns.FIELDS, *more], targets=[], letter_body="", letter_subject="")
    shown = look(page)
    assert "The form, 2 of 2: More about you" in shown
    assert "Check your answers" in shown
    client = editor_again()
    assert 'value="[Clinic]"' in walk(client, page, "details:2").content.decode()
    assert "[Clinic]" in walk(client, page, "check").content.decode()
    assert 'value="Sam"' in walk(client, page, "details:9").content.decode()


def editor_again() -> Any:
    client = Client()
    client.force_login(User.objects.get(username="boss"))
    return client


def test_a_post_is_shown_for_each_network_with_its_length(alder: Any) -> None:
    actions = [("social", {"text": "{legislator_handle} please act for {town}.", "networks": ["x", "bluesky"]})]
    shown = look(campaigns.action_page(actions=actions))
    assert "<strong>Bluesky</strong>" in shown
    assert "of 280 characters" in shown
    assert shown.count('please act for <mark title="{town}">Port Alder</mark>.') == 4
    assert shown.count('<mark title="{legislator_handle}">') == 4


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"letter"}))
def test_a_draft_of_every_kind_can_be_looked_at_up_to_its_receipt(kind: str, alder: Any) -> None:
    client = editor()
    user = User.objects.get(username="boss")
    page = starting.start(parent=campaigns.campaign_page(), title=kind, content=content_for(kind, "en"), user=user)
    shown = look_again(page)
    assert f"<h3>{STARTERS[kind].label}</h3>" in shown
    assert "With the form" in shown or "After the form, on the receipt" in shown
    assert "Thank you" in walk(client, page, "receipt").content.decode()
    assert not TakenAction.objects.exists()
