"""How much of a letter is in the person's own words."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.engine.composing import ComposedLetter, rewrite, with_own_words
from campaigns.engine.share import count_words, own_words_in, share_of_all, words
from campaigns.engine.targeting import Target

SUGGESTED = "Please vote for the bill. It helps my patients."
OFFERED = ComposedLetter(
    target=Target(key="official:1", name="Jordan Reyes"),
    subject="S",
    body=SUGGESTED,
    letterhead="",
    suggested=SUGGESTED,
)


def personal_share(*letters):
    return share_of_all(count_words(letter) for letter in letters)


TEXT = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=30).map(" ".join)


@pytest.mark.parametrize(
    ("body", "own_words", "share"),
    [
        (SUGGESTED, "", 0),
        (SUGGESTED, "one two three four five six seven eight nine", 50),
        ("Nothing is left of ours.", "", 100),
        ("Please vote for the bill. It saved my patients.", "", 11),
        ("Please vote for the bill.", "", 0),
        ("", "Mine.", 100),
        ("", "", 0),
    ],
)
def test_what_the_person_wrote_beside_or_changed_is_theirs(body, own_words, share):
    letter = replace(OFFERED, body=body, own_words=own_words)
    assert personal_share(letter) == share


def test_what_the_person_answered_in_the_form_is_theirs_though_the_letter_is_as_it_was_offered():
    letter = replace(OFFERED, body=f"{SUGGESTED} I see forty patients each week.")
    assert personal_share(letter) == 40


def test_several_letters_are_counted_together():
    assert personal_share(OFFERED, replace(OFFERED, body="one two three four five six seven eight nine")) == 50
    assert share_of_all([]) == 0


@given(TEXT, TEXT)
def test_a_share_is_a_share(suggested, text):
    own = own_words_in(text, suggested)
    assert 0 <= own <= len(words(text))
    assert (own == 0) >= (text == suggested)


@given(TEXT, TEXT)
def test_more_of_ones_own_is_never_less(body, more):
    letter = replace(OFFERED, body=body, suggested=body)
    assert personal_share(with_own_words(letter, more)) <= personal_share(with_own_words(letter, f"{more} more"))


@given(TEXT)
def test_white_space_is_no_writing(body):
    letter = replace(OFFERED, body=body, suggested=body)
    assert personal_share(rewrite(letter, subject="S", body=body.replace(" ", "\r\n  "))) == 0
