"""Rules between the fields of a form: when they hold, that they end, and what is wrong with some."""

import random
import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.engine.fields import FieldSpec
from campaigns.engine.rule_names import RuleNames, with_keys
from campaigns.engine.rule_problems import RuleProblem, problems
from campaigns.engine.rules import Condition, Rule, Test, in_loops, is_met, is_required_by_rule, shown

KEYS = list(string.ascii_lowercase[:6])
TESTS = {
    "choice": frozenset({Test.IS, Test.IS_NOT}),
    "choices": frozenset({Test.INCLUDES}),
    "number": frozenset({Test.IS, Test.IS_NOT, Test.AT_LEAST, Test.AT_MOST}),
    "date": frozenset({Test.IS, Test.IS_NOT, Test.AT_LEAST, Test.AT_MOST}),
    "text": frozenset({Test.IS, Test.IS_NOT}),
}
YES_NO = (("yes", "Yes, I do"), ("no", "No"))

conditions = st.builds(
    Condition, key=st.sampled_from(KEYS), test=st.sampled_from(list(Test)), value=st.sampled_from(["", "yes", "3"])
)
rules = st.none() | st.builds(Rule, conditions=st.lists(conditions, max_size=3).map(tuple), needs_all=st.booleans())
answers = st.dictionaries(
    st.sampled_from(KEYS), st.sampled_from([None, "", "yes", "no", 3, 2.5, [], ["yes"], True, False, {"a": ""}])
)


@st.composite
def forms(draw):
    """Any rules between six fields, with and without loops."""
    return [
        FieldSpec(key, key, "text", shown_when=draw(rules), required_when=draw(rules))
        for key in KEYS[: draw(st.integers(1, 6))]
    ]


def _when(*given_conditions, needs_all=True):
    return Rule(tuple(Condition(*one) for one in given_conditions), needs_all=needs_all)


def _field(key, field_type="choice", label="", shown_when=None, **options):
    choices = YES_NO if field_type in {"choice", "choices"} else ()
    return FieldSpec(key, label or key, field_type, choices=choices, shown_when=shown_when, **options)


def _step(title="Next"):
    return FieldSpec("", title, "step")


# --- When a rule holds -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("test", "value", "passes", "fails"),
    [
        (Test.IS, "yes", ["yes", " YES "], ["no", "", None, ["yes", "no"], {"a": "yes"}, True]),
        (Test.IS, "3", [3, 3.0, "3"], [4, "x", None]),
        (Test.IS_NOT, "yes", ["no", "", None, []], ["yes"]),
        (Test.INCLUDES, "yes", [["yes"], ["no", "yes"]], [["no"], [], None, "yes"]),
        (Test.IS_ANSWERED, "", ["x", 0, ["a"], True, {"street": "1"}], ["", None, [], False, {"street": ""}]),
        (Test.IS_NOT_ANSWERED, "", ["", None, [], False, {"street": ""}], ["x", 0, True]),
        (Test.AT_LEAST, "3", [3, 3.5], [2, None, "", "x", True, ["3"]]),
        (Test.AT_MOST, "3", [3, -1], [4, None]),
        (Test.AT_LEAST, "2027-03-27", ["2027-03-27", "2027-12-01"], ["2027-03-26", None, 2027]),
        (Test.AT_MOST, "3/27/2027", ["2027-03-27"], ["2027-03-28"]),
        (Test.AT_LEAST, "nonsense", [], [3, "2027-03-27"]),
    ],
)
def test_a_condition_is_met_by_some_answers_and_not_by_others(test, value, passes, fails):
    condition = Condition("key", test, value)
    assert [answer for answer in passes if not is_met(condition, answer)] == []
    assert [answer for answer in fails if is_met(condition, answer)] == []


def test_zero_is_an_answer():
    assert is_met(Condition("years", Test.IS_ANSWERED), 0)


def test_a_field_that_is_not_shown_counts_as_unanswered_whatever_was_sent_for_it():
    form = [
        _field("first"),
        _field("second", shown_when=_when(("first", Test.IS, "yes"))),
        _field("third", shown_when=_when(("second", Test.IS, "yes"))),
        _field("fourth", shown_when=_when(("second", Test.IS_NOT_ANSWERED))),
    ]
    assert shown(form, {"first": "no", "second": "yes"}) == (True, False, False, True)
    assert shown(form, {"first": "yes", "second": "yes"}) == (True, True, True, False)


def test_any_one_condition_is_enough_where_the_rule_says_so():
    either = _when(("a", Test.IS, "yes"), ("b", Test.IS, "yes"), needs_all=False)
    form = [_field("a"), _field("b"), _field("c", shown_when=either)]
    assert shown(form, {"b": "yes"})[2]
    assert not shown(form, {"a": "no"})[2]


def test_a_field_is_required_by_rule_only_where_the_rule_has_conditions_that_hold():
    field = FieldSpec("c", "c", "text", required_when=_when(("a", Test.IS, "yes")))
    assert is_required_by_rule(field, {"a": "yes"})
    assert not is_required_by_rule(field, {"a": "no"})
    assert not is_required_by_rule(replace(field, required_when=Rule()), {"a": "yes"})


# --- Laws --------------------------------------------------------------------------------------------------


@given(form=forms(), given_answers=answers)
def test_rules_end_and_give_the_same_each_time_also_with_loops(form, given_answers):
    found = shown(form, given_answers)
    assert len(found) == len(form)
    assert shown(form, dict(given_answers)) == found


@given(form=forms(), given_answers=answers, seed=st.integers())
def test_the_order_of_the_fields_changes_nothing(form, given_answers, seed):
    by_key = dict(zip([field.clean_name for field in form], shown(form, given_answers), strict=True))
    mixed = random.Random(seed).sample(form, len(form))
    assert dict(zip([field.clean_name for field in mixed], shown(mixed, given_answers), strict=True)) == by_key


@given(form=forms(), given_answers=answers)
def test_without_a_loop_each_field_is_shown_exactly_where_its_rule_holds_for_what_is_shown(form, given_answers):
    if in_loops(form):
        return
    found = shown(form, given_answers)
    seen = {
        field.clean_name: given_answers.get(field.clean_name) for field, is_in in zip(form, found, strict=True) if is_in
    }
    for field, is_shown in zip(form, found, strict=True):
        rule = field.shown_when
        met = [is_met(one, seen.get(one.key)) for one in rule.conditions] if rule else []
        assert is_shown == (not met or (all(met) if rule.needs_all else any(met)))


@given(form=forms())
def test_the_checks_end_for_any_rules(form):
    problems(form, TESTS)
    problems([replace(field, field_type="choice", choices=YES_NO) for field in form], TESTS)


def test_rules_that_branch_fifty_fields_deep_are_checked_at_once():
    form = [_field("f0"), _field("f1")]
    for number in range(2, 50):
        rule = _when((f"f{number - 1}", Test.IS, "yes"), (f"f{number - 2}", Test.IS, "yes"), needs_all=number % 2 == 0)
        form.append(_field(f"f{number}", shown_when=rule))
    assert problems(form, TESTS) == {}
    assert all(shown(form, {f"f{number}": "yes" for number in range(50)}))


# --- What is wrong with a rule -----------------------------------------------------------------------------


def _found(*fields):
    return {
        position: [(problem.problem, problem.part) for problem in found]
        for position, found in problems(fields, TESTS).items()
    }


@pytest.mark.parametrize(
    ("condition", "problem", "part"),
    [
        (("nowhere", Test.IS, "yes"), RuleProblem.NO_FIELD, "field"),
        (("About you", Test.IS_ANSWERED), RuleProblem.NO_FIELD, "field"),
        (("b", Test.IS, "yes"), RuleProblem.ITSELF, "field"),
        (("Twice", Test.IS_ANSWERED), RuleProblem.SEVERAL_FIELDS, "field"),
        (("late", Test.IS, "yes"), RuleProblem.LATER_STEP, "field"),
        (("a", Test.IS, "maybe"), RuleProblem.NO_OPTION, "value"),
        (("a", Test.IS, ""), RuleProblem.NO_VALUE, "value"),
        (("a", Test.AT_LEAST, "3"), RuleProblem.UNFIT_TEST, "test"),
        (("story", Test.IS, "x"), RuleProblem.UNFIT_TEST, "test"),
        (("years", Test.AT_LEAST, "many"), RuleProblem.NO_NUMBER, "value"),
        (("day", Test.AT_MOST, "soon"), RuleProblem.NO_DATE, "value"),
    ],
)
def test_a_condition_that_cannot_work_is_said_at_its_input(condition, problem, part):
    fields = [
        *(_field("a"), _field("years", "number"), _field("day", "date"), _field("story", "long_text")),
        *(FieldSpec("", "About you", "heading"), _field("t1", label="Twice"), _field("t2", label="Twice")),
        _field("b", shown_when=_when(condition)),
        *(_step(), _field("late")),
    ]
    assert _found(*fields) == {7: [(problem, part)]}
    required = [*fields]
    required[7] = _field("b", required_when=_when(condition))
    assert _found(*required) == {7: [(problem, part)]}


def test_a_circle_is_said_at_every_field_of_it_and_at_no_other():
    fields = [
        _field("a", shown_when=_when(("c", Test.IS, "yes"))),
        _field("b", shown_when=_when(("a", Test.IS, "yes"))),
        _field("c", shown_when=_when(("b", Test.IS, "yes"))),
        _field("d", shown_when=_when(("c", Test.IS, "yes"))),
    ]
    assert set(_found(*fields)) == {0, 1, 2}
    assert {found[0][0] for found in _found(*fields).values()} == {RuleProblem.LOOP}


@pytest.mark.parametrize(
    "conditions",
    [
        [("a", Test.IS, "yes"), ("a", Test.IS, "no")],
        [("a", Test.IS, "yes"), ("a", Test.IS_NOT, "yes")],
        [("a", Test.IS, "yes"), ("a", Test.IS_NOT_ANSWERED)],
        [("a", Test.IS_NOT, "yes"), ("a", Test.IS_NOT, "no"), ("a", Test.IS_ANSWERED)],
        [("years", Test.AT_LEAST, "5"), ("years", Test.AT_MOST, "4")],
        [("years", Test.IS, "5"), ("years", Test.AT_MOST, "4")],
        [("day", Test.AT_LEAST, "2027-02-01"), ("day", Test.AT_MOST, "1/31/2027")],
        [("many", Test.INCLUDES, "yes"), ("many", Test.IS_NOT_ANSWERED)],
        [("always", Test.IS_NOT_ANSWERED)],
        [("after_yes", Test.IS, "yes"), ("a", Test.IS, "no")],
    ],
)
def test_a_field_that_no_answers_can_bring_to_light_is_said(conditions):
    fields = [
        *(_field("a"), _field("years", "number"), _field("day", "date"), _field("many", "choices")),
        _field("always", "text", required=True),
        _field("after_yes", shown_when=_when(("a", Test.IS, "yes"))),
        _field("never", shown_when=_when(*conditions)),
        _field("not_either", required=True, shown_when=_when(("never", Test.IS_ANSWERED))),
    ]
    assert {key: found[0][0] for key, found in _found(*fields).items()} == {
        6: RuleProblem.NEVER_SHOWN,
        7: RuleProblem.NEVER_SHOWN,
    }


@pytest.mark.parametrize(
    "conditions",
    [
        [("a", Test.IS_NOT, "yes"), ("a", Test.IS_NOT, "no")],
        [("a", Test.IS_NOT, "yes"), ("a", Test.IS_ANSWERED)],
        [("years", Test.AT_LEAST, "5"), ("years", Test.AT_MOST, "5")],
        [("many", Test.INCLUDES, "yes"), ("many", Test.INCLUDES, "no")],
        [("after_yes", Test.IS_NOT_ANSWERED), ("a", Test.IS, "no")],
    ],
)
def test_conditions_that_can_be_met_together_are_left_alone(conditions):
    fields = [
        *(_field("a"), _field("years", "number"), _field("many", "choices")),
        _field("after_yes", shown_when=_when(("a", Test.IS, "yes"))),
        _field("last", shown_when=_when(*conditions)),
    ]
    assert _found(*fields) == {}


# --- Names -------------------------------------------------------------------------------------------------


def test_a_rule_may_name_fields_and_options_by_label():
    fields = [
        _field("practice", label="Do you practice?"),
        _field("b", shown_when=_when(("  do you PRACTICE? ", Test.IS, "yes, i do"))),
    ]
    assert with_keys(fields)[1].shown_when == _when(("practice", Test.IS, "yes"))
    assert _found(*fields) == {}


def test_a_key_goes_before_a_label():
    fields = [_field("b", label="Something"), _field("c", label="b")]
    assert RuleNames(fields).key("b") == "b"


def test_names_that_are_keys_already_stay_as_they_are():
    fields = [_field("a"), _field("b", shown_when=_when(("a", Test.IS, "no")))]
    assert with_keys(with_keys(fields)) == with_keys(fields) == tuple(fields)
