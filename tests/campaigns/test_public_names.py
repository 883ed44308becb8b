"""Which names may stand on a public page, and how long words take to read."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.engine import public_names, reading_aloud


@pytest.mark.parametrize(
    "name", ["María Ñuñez", "Dr. J. O'Neil-Smith", "王小明", "محمد علي", "Nguyễn Thị Ánh", "St. John's", "Mary.Ann"]
)
def test_a_name_is_shown_as_it_was_typed(name):
    assert public_names.showable(name) == name


@pytest.mark.parametrize(
    "name",
    [
        *("", "   ", "123", "💊", "=A1", "+1", "-x", "@x", "＝A1", "a@b.example", "x" * 81, "\u202e"),
        *("see http://x.example", "WWW.x", "cheap-pills.com", "Buy.shop now", "ftp://x"),
    ],
)
def test_what_is_no_name_is_not_shown(name):
    assert public_names.showable(name) == ""


@given(st.text(max_size=200))
def test_nothing_shown_begins_like_a_formula_or_breaks_a_line(text):
    shown = public_names.showable(text)
    assert not shown.startswith(("=", "+", "-", "@"))
    assert "\n" not in shown
    assert len(shown) <= public_names.MAX_LENGTH


@pytest.mark.parametrize(
    ("number", "minutes", "over"), [(0, 0, 0), (60, 0, 0), (65, 1, 0), (130, 1, 0), (390, 3, 0), (400, 3, 10)]
)
def test_reading_time_goes_by_the_words(number, minutes, over):
    text = " ".join(["word"] * number)
    assert reading_aloud.minutes(text) == minutes
    assert reading_aloud.words_over(text) == over


def test_a_word_with_an_apostrophe_or_a_hyphen_is_one():
    assert reading_aloud.words("Don’t ask the well-known Dr. O'Neil, ¿sí?") == 7


def test_an_accent_that_is_a_character_of_its_own_parts_no_word():
    assert reading_aloud.words(unicodedata.normalize("NFD", "Atención rápida")) == 2
