"""How many years of school a text asks for: counted syllables, sentences and the two formulas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.engine import reading_level
from campaigns.engine.reading_level import FEWEST_WORDS, english_syllables, grade, sentences, spanish_syllables


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("the", 1),
        ("make", 1),
        ("makes", 1),
        ("whole", 1),
        ("asked", 1),
        ("wanted", 2),
        ("table", 2),
        ("tables", 2),
        ("watches", 2),
        ("offices", 3),
        ("people", 2),
        ("patient", 2),
        ("special", 2),
        ("science", 2),
        ("various", 3),
        ("video", 3),
        ("area", 3),
        ("created", 3),
        ("telehealth", 3),
        ("physician", 3),
        ("insurance", 3),
        ("legislator", 4),
        ("authorization", 5),
    ],
)
def test_english_syllables_are_counted_as_they_are_heard(word: str, expected: int) -> None:
    assert english_syllables(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("y", 1),
        ("ley", 1),
        ("muy", 1),
        ("casa", 2),
        ("guerra", 2),
        ("queso", 2),
        ("país", 2),
        ("días", 2),
        ("ciudad", 2),
        ("cuidado", 3),
        ("pingüino", 3),
        ("médico", 3),
        ("paciente", 3),
        ("aéreo", 4),
        ("autorización", 5),
        ("legisladora", 5),
    ],
)
def test_spanish_syllables_follow_the_spelling(word: str, expected: int) -> None:
    assert spanish_syllables(word) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", 3),
        ("Dr. Santos pays $3.50 a day. She asks why.", 2),
        ("The U.S. Senate votes today.", 1),
        ("Dear Senator,\n\nPlease vote for it.\n\nSincerely", 3),
        ("No stop at the end", 1),
        ("", 1),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: int) -> None:
    assert sentences(text) == expected


def test_flesch_kincaid_gives_what_the_formula_gives_by_hand() -> None:
    # 60 words of one syllable in 10 sentences: 0.39 × 6 + 11.8 × 1 − 15.59 = −1.45, which is no grade below zero.
    assert grade("The cat sat on the mat. " * 10, "en") == 0
    # 60 words in 6 sentences, 120 syllables: 0.39 × 10 + 11.8 × 2 − 15.59 = 11.91.
    text = "Patients always travel hours before doctors answer urgent simple questions. " * 6
    assert english_syllables("patients") == 2
    assert grade(text, "en") == pytest.approx(
        0.39 * 10 + 11.8 * (sum(map(english_syllables, text.replace(".", "").split())) / 60) - 15.59
    )


def test_a_hard_text_asks_for_more_years_than_an_easy_one_in_both_languages() -> None:
    easy = "We see the sick each day. They wait too long. Please help us to help them now. "
    hard = (
        "Notwithstanding considerable administrative modernization, retrospective authorization methodologies "
        "systematically disadvantage geographically disadvantaged populations, "
    )
    assert grade(easy * 5, "en") < 4 < 16 < grade(hard * 6, "en")
    facil = "El paciente no puede ir. La casa está lejos. Le pido su voto. Es muy tarde ya. "
    dificil = (
        "La implementación de metodologías retrospectivas de autorización administrativa perjudica sistemáticamente "
        "a las poblaciones geográficamente desfavorecidas y "
    )
    assert grade(facil * 5, "es") <= 5
    assert grade(dificil * 6, "es-mx") == 16


@pytest.mark.parametrize(
    ("ease", "expected"), [(95, 4), (90, 4), (85, 5), (72, 6), (61, 8), (55, 12), (31, 13), (2, 16)]
)
def test_an_ease_in_spanish_has_the_grade_of_the_table_beside_it(ease: float, expected: float) -> None:
    assert reading_level._huerta_grade(ease) == expected


def test_nothing_is_said_of_a_short_text_or_of_another_language() -> None:
    assert grade("word " * (FEWEST_WORDS - 1), "en") is None
    assert grade("word " * FEWEST_WORDS, "en") is not None
    assert grade("mot " * 200, "fr") is None


@given(st.text(max_size=400), st.sampled_from(["en", "es"]))
def test_any_text_has_a_grade_or_none_and_never_fails(text: str, language: str) -> None:
    found = grade(text * 5, language)
    assert found is None or found >= 0
