"""Rules of steps and groups around those of fields: how they are kept, and that each of them counts."""

import json

from hypothesis import given
from hypothesis import strategies as st

from campaigns.engine.fields import FieldSpec
from campaigns.engine.form_json import as_json, digest, from_json
from campaigns.engine.rules import Condition, Rule, Test, shown


def test_a_form_without_such_rules_is_kept_as_it_always_was():
    plain = FieldSpec("a", "A", "text", shown_when=Rule((Condition("b", Test.IS_ANSWERED),)))
    (written,) = as_json([plain])
    assert {"group_when", "step_when"}.isdisjoint(written)
    assert from_json([written]) == (plain,)


rules = st.none() | st.builds(
    Rule,
    conditions=st.lists(
        st.builds(Condition, key=st.sampled_from("abc"), test=st.sampled_from(list(Test)), value=st.just("yes")),
        min_size=1,
        max_size=2,
    ).map(tuple),
    needs_all=st.booleans(),
)
ruled = st.lists(
    st.builds(
        FieldSpec, st.sampled_from("abc"), st.just("Label"), st.just("text"), shown_when=rules, group_when=rules,
        step_when=rules, required_when=rules,
    ),
    max_size=4,
)  # fmt: skip


@given(specs=ruled)
def test_rules_of_steps_and_groups_are_read_as_they_were_kept(specs):
    written = as_json(specs)
    assert from_json(json.loads(json.dumps(written))) == tuple(specs)
    assert digest(written) == digest(as_json(from_json(written)))


@given(
    own=rules, group=rules, step=rules, said=st.dictionaries(st.sampled_from("abc"), st.sampled_from(["yes", "no", ""]))
)
def test_a_field_is_shown_exactly_where_each_rule_around_it_would_show_it_alone(own, group, step, said):
    others = [FieldSpec(key, key, "text") for key in "abc"]

    def is_shown(**rule):
        return shown([*others, FieldSpec("x", "X", "text", **rule)], said)[3]

    together = is_shown(shown_when=own, group_when=group, step_when=step)
    assert together == (is_shown(shown_when=own) and is_shown(shown_when=group) and is_shown(shown_when=step))
