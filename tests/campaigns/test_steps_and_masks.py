"""The steps of a form and the masks of a text, without a database."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.engine.fields import FieldSpec
from campaigns.engine.form_json import as_json, digest, from_json
from campaigns.engine.masks import BadMask, example, matches, parse
from campaigns.engine.rules import Condition, Rule, Test
from campaigns.engine.steps import divide, position_of, step_numbers

specs = st.lists(
    st.builds(
        FieldSpec,
        clean_name=st.just(""),
        label=st.text(string.ascii_letters, max_size=5),
        field_type=st.sampled_from(["text", "step", "heading"]),
    ),
    max_size=20,
)


@given(specs=specs)
def test_steps_hold_every_field_once_and_in_order(specs):
    steps = divide(specs)
    assert [spec for step in steps for spec in step.fields] == [spec for spec in specs if spec.field_type != "step"]
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))


@given(specs=specs)
def test_a_field_s_step_never_comes_before_that_of_the_field_above_it(specs):
    numbers = step_numbers(specs)
    assert list(numbers) == sorted(numbers)


@given(named=st.text(max_size=6), specs=specs)
def test_whatever_a_browser_names_is_a_step_that_there_is(named, specs):
    steps = divide(specs)
    assert 0 <= position_of(named, steps) < len(steps)


def test_fields_before_the_first_mark_are_a_step_without_a_title():
    steps = divide([FieldSpec("a", "A", "text"), FieldSpec("", "About you", "step"), FieldSpec("b", "B", "text")])
    assert [(step.title, [spec.clean_name for spec in step.fields]) for step in steps] == [
        ("", ["a"]),
        ("About you", ["b"]),
    ]


@pytest.mark.parametrize("named", ["", "0", "3", "-1", "x", "²", "1" * 9, "٢"])
def test_a_step_that_is_none_is_the_last_one(named):
    steps = divide([FieldSpec("a", "A", "text"), FieldSpec("", "B", "step"), FieldSpec("b", "B", "text")])
    assert position_of(named, steps) == 1


# --- Masks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mask", "right", "wrong"),
    [
        ("9999999999", ["1234567890"], ["123456789", "12345678901", "123456789a", "١٢٣٤٥٦٧٨٩٠"]),
        ("AA-999999[9]", ["MA-123456", "ma-1234567"], ["MA-12345", "M1-123456", "MA-12345678", "MA123456"]),
        ("[+1 ]999 999 9999", ["202 555 0123", "+1 202 555 0123"], ["+1202 555 0123"]),
        ("*[*][*]", ["a", "1b", "Ñ2c"], ["", "abcd", "a-"]),
        ("[A][9]", ["", "a", "1", "a1"], ["1a"]),
        ("H.R. 9[9][9][9]", ["H.R. 1", "h.r. 1234"], ["HR 1", "H.R. "]),
    ],
)
def test_a_mask_takes_what_has_its_form_and_nothing_else(mask, right, wrong):
    assert [text for text in right if not matches(mask, text)] == []
    assert [text for text in wrong if matches(mask, text)] == []


@pytest.mark.parametrize("mask", ["[9", "9]", "[[9]]", "]9[", "[]"])
def test_brackets_that_do_not_fit_are_no_mask(mask):
    with pytest.raises(BadMask):
        parse(mask)


@given(mask=st.text("9A*-x [](.+)\\", max_size=60), text=st.text(max_size=60))
def test_no_mask_takes_long_and_every_mask_takes_its_own_example(mask, text):
    try:
        shown = example(mask)
    except BadMask:
        return
    assert matches(mask, shown)
    assert matches(mask, text) in {True, False}


def test_a_mask_that_would_trap_an_expression_is_read_at_once():
    assert not matches("[A]" * 20, "a" * 100_000 + "!")


# --- A form as it is kept ----------------------------------------------------------------------------------

RULE = Rule((Condition("a", Test.AT_LEAST, "3"), Condition("b", Test.IS_ANSWERED)), needs_all=False)
texts = st.text(max_size=10)
any_spec = st.builds(
    FieldSpec,
    clean_name=texts,
    label=texts,
    field_type=texts,
    required=st.booleans(),
    help_text=texts,
    choices=st.lists(st.tuples(texts, texts), max_size=3).map(tuple),
    block_id=texts,
    options=st.dictionaries(texts, st.none() | texts | st.integers() | st.booleans() | st.lists(texts), max_size=3),
    shown_when=st.sampled_from([None, RULE]),
    required_when=st.sampled_from([None, RULE]),
)


@given(specs=st.lists(any_spec, max_size=4))
def test_a_form_comes_back_from_json_as_it_was(specs):
    kept = as_json(specs)
    assert from_json(kept) == tuple(specs)
    assert digest(as_json(from_json(kept))) == digest(kept)
