"""What people type is made safe to put into a letter."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.engine.texts import clean, is_same, one_line, shorten


def test_newlines_of_every_system_become_one_kind():
    assert clean("a\r\nb\rc\u2028d") == "a\nb\nc\nd"


def test_control_and_direction_turning_characters_are_gone():
    assert clean("a\x00b\x1bc\u202ed\u2066e") == "abcde"


def test_a_name_with_a_header_in_it_becomes_one_line():
    assert one_line("Ann\r\nBcc: everybody@house.example") == "Ann Bcc: everybody@house.example"


def test_a_long_line_is_cut_and_says_so():
    assert shorten("x" * 10_000, 200) == "x" * 199 + "…"


def test_white_space_alone_makes_no_other_text():
    assert is_same("Dear  Senator,\r\n\r\nthank you ", "Dear Senator,\n\nthank you")
    assert not is_same("Dear Senator", "Dear senator")


@given(st.text())
def test_cleaning_is_done_after_one_time_and_leaves_no_control_character(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not [c for c in cleaned if unicodedata.category(c) == "Cc" and c not in "\n\t"]


@given(st.text(), st.integers(min_value=1, max_value=300))
def test_what_is_shortened_is_never_longer_than_asked(text, length):
    assert len(shorten(text, length)) <= length


@pytest.mark.parametrize("part", [" ", "\t", "\n", " \n", "\u2028", "x ", "\u200b"])
def test_a_text_of_megabytes_is_cleaned_in_a_moment(part):
    begun_at = time.perf_counter()
    one_line(f"x{part * (1_000_000 // len(part))}x")
    assert time.perf_counter() - begun_at < 5.0
