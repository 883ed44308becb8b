"""How much of a letter is in the person's own words."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.engine.composing import ComposedLetter, rewrite, with_own_words
from campaigns.engine.share import count_words, kept, own_words_in, share_of_all, words
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


def _by_the_book(given, own):
    row = [0] * (len(own) + 1)
    for word in given:
        above = row
        row = [0]
        for place, mine in enumerate(own):
            row.append(above[place] + 1 if word == mine else max(row[place], above[place + 1]))
    return row[-1]


@given(TEXT.map(str.split), TEXT.map(str.split))
def test_what_was_kept_is_the_longest_run_of_words_in_the_same_order(given_words, own):
    assert kept(given_words, own) == kept(own, given_words) == _by_the_book(given_words, own)


@pytest.mark.parametrize(
    "text", ["a " * 5000, "a b " * 2500, " ".join(map(str, range(1900)))], ids=["one word", "two words", "all differ"]
)
def test_the_longest_letters_are_counted_at_once(text):
    begun = time.perf_counter()
    assert own_words_in(f"{text} mine", text) == 1
    # It took more than a minute when words were sought one by one.
    assert time.perf_counter() - begun < 2


def test_half_a_percent_goes_up_as_it_does_in_the_browser():
    letter = replace(OFFERED, body="a b c d e f g h", suggested="a b c d e f g")
    assert personal_share(letter) == 13


@pytest.mark.parametrize("gap", ["\u00a0", "\u2003", "\ufeff", "\x1f", "\x85", "\u3000"])
def test_whatever_either_language_takes_for_a_gap_parts_words(gap):
    assert words(f"one{gap}two") == ["one", "two"]
