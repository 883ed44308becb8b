"""How long a lesson takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.engine.reading import WORDS_PER_MINUTE, minutes_to_read


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (200, 1), (201, 2), (2000, 10)])
def test_a_begun_minute_counts_as_one(words, minutes):
    assert minutes_to_read(["word " * words]) == minutes


def test_words_of_every_language_and_of_every_part_count():
    assert minutes_to_read(["número " * WORDS_PER_MINUTE, "don’t"]) == 2


@given(st.lists(st.text(max_size=300)), st.lists(st.text(max_size=300)))
def test_more_text_never_takes_less_time(first, more):
    assert 1 <= minutes_to_read(first) <= minutes_to_read([*first, *more])
