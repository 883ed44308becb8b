"""Storage keys: how they are made, and how they stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.engine.fields import MAX_KEY_LENGTH, RESERVED_KEYS, FieldSpec, is_key, key_from_label
from campaigns.engine.frozen_keys import PublishedFieldFacts, Violation, facts_of, problems
from home.engine.spreadsheets import safe_cell


@given(label=st.text(max_size=300), taken=st.sets(st.text(max_size=10), max_size=20))
def test_any_label_gives_a_key_that_is_well_formed_and_not_taken(label, taken):
    key = key_from_label(label, taken)
    assert is_key(key)
    assert key not in taken


@given(label=st.text(max_size=300), repeats=st.integers(1, 12))
def test_the_same_label_again_and_again_gives_different_keys(label, repeats):
    taken: set[str] = set()
    for _ in range(repeats):
        taken.add(key_from_label(label, taken))
    assert len(taken) == repeats
    assert all(len(key) <= MAX_KEY_LENGTH for key in taken)


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Where do you work?", "where_do_you_work"),
        ("¿Dónde trabaja?", "donde_trabaja"),
        ("  5 years or more ", "field_5_years_or_more"),
        ("你好", "field"),
        ("Stage", "stage_2"),
        ("__Name__", "name"),
    ],
)
def test_a_key_is_made_of_the_words_of_the_label(label, key):
    assert key_from_label(label) == key


@pytest.mark.parametrize(
    "text", ["", "Name", "2nd", "a__b", "_a", "a_", "a-b", "a b", "ñ", "a\n", "x" * 65, *sorted(RESERVED_KEYS)]
)
def test_what_is_not_lower_snake_case_or_is_reserved_is_no_key(text):
    assert not is_key(text)


def _choice(key="role", block_id="b1", **values):
    return FieldSpec(
        key, "Role", "choice", block_id=block_id, options={"option_ids": values}, choices=(("dr", "Doctor"),)
    )


PUBLISHED = [PublishedFieldFacts("b1", "role", "choice", "Role", {"o1": ("dr", "Doctor")})]


def test_a_published_field_may_change_everything_but_its_key():
    relabelled = FieldSpec("role", "Another label", "choice", required=True, help_text="New", block_id="b1")
    assert problems([relabelled], PUBLISHED) == {}


def test_a_published_key_that_changes_is_a_problem_that_names_the_old_one():
    found = problems([_choice(key="function")], PUBLISHED)
    assert found["b1"].violation is Violation.KEY_CHANGED
    assert found["b1"].expected == "role"


def test_a_published_key_cannot_be_taken_by_another_type_of_field():
    found = problems([FieldSpec("role", "Role", "text", block_id="b2")], PUBLISHED)
    assert found["b2"].violation is Violation.KEY_OF_ANOTHER_TYPE


def test_a_published_key_can_be_taken_up_again_by_the_same_type_of_field():
    assert problems([_choice(block_id="b2")], PUBLISHED) == {}


def test_a_published_option_that_changes_its_value_is_a_problem():
    assert problems([_choice(o1="physician")], PUBLISHED)["b1"].violation is Violation.VALUE_CHANGED


def test_a_new_option_beside_a_published_one_is_free():
    assert problems([_choice(o1="dr", o2="nurse")], PUBLISHED) == {}


def test_what_is_kept_of_a_field_holds_value_and_label_of_each_option():
    assert facts_of(_choice(o1="dr")).options == {"o1": ("dr", "Doctor")}


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\x00=1", "  =1", "\n=1", "＝1+1", "\x01=1"]
)
def test_what_a_spreadsheet_would_calculate_gets_an_apostrophe(text):
    assert safe_cell(text).startswith("'")


@given(st.text())
def test_no_cell_begins_like_a_formula(text):
    assert safe_cell(text)[:1] not in {"=", "+", "-", "@", "\t", "\r", "\x00"}
    assert safe_cell(text).lstrip()[:1] not in {"=", "+", "-", "@"}


@pytest.mark.parametrize("text", ["Dr. Ana Ruiz", "a=b", "12 Maple St", "", "ana@clinic.example"])
def test_ordinary_text_stays_as_it_is(text):
    assert safe_cell(text) == text
