"""docs/field-types.md says how a type of field is made: what it shows is made here, word for word."""

import sys
import types
from dataclasses import replace
from pathlib import Path

import pytest

from campaigns.blocks.fields import FIELD_TYPES
from campaigns.content.preview_flow import sample_post
from campaigns.engine.rule_problems import RuleProblem, problems
from campaigns.engine.rules import Condition, Rule, Test
from campaigns.forms.builder import ActionFormBuilder
from tests.campaigns.field_type_contract import PROMISES, Case, FieldTypeContract
from tests.factories.forms import form_specs

pytestmark = pytest.mark.django_db

DOC = Path(__file__).resolve().parents[2] / "docs" / "field-types.md"
TYPE, CASE = (part.partition("```")[0] for part in DOC.read_text().split("```python\n")[1:])


@pytest.fixture
def case(monkeypatch):
    """The case of the example, with its type registered as if its file lay there."""
    known = dict(FIELD_TYPES)
    module = types.ModuleType("campaigns.blocks.fields.example")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    exec(compile(TYPE, str(DOC), "exec"), module.__dict__)
    names = {"Case": Case}
    exec(compile(CASE, str(DOC), "exec"), names)
    yield names["CASE"]
    for name in set(FIELD_TYPES) - set(known):
        del FIELD_TYPES[name]


@pytest.mark.parametrize("promise", PROMISES)
def test_the_example_of_the_documentation_keeps_every_promise(case, promise):
    getattr(FieldTypeContract(case), promise)()


def test_rules_know_what_fits_a_type_of_which_they_know_nothing(case):
    (scale,) = form_specs({**case.settings, "label": "Agreed", "key": "agreed"})
    tests = {scale.field_type: FIELD_TYPES[scale.field_type].rule_tests}

    def found(*conditions):
        rule = Rule(tuple(Condition("agreed", *one) for one in conditions))
        specs = [scale, *form_specs({"type": "text", "label": "Why", "key": "why"})]
        return [each.problem for each in problems([scale, replace(specs[1], shown_when=rule)], tests).get(1, [])]

    assert found((Test.IS, "4"), (Test.AT_LEAST, "3")) == []
    assert found((Test.IS, "2"), (Test.AT_LEAST, "3")) == [RuleProblem.NEVER_SHOWN]
    assert found((Test.AT_LEAST, "many")) == [RuleProblem.NO_NUMBER]
    assert found((Test.INCLUDES, "4")) == [RuleProblem.UNFIT_TEST]


def test_an_editor_s_preview_fills_in_a_type_of_which_it_knows_nothing(case):
    specs = form_specs({**case.settings, "label": "Agreed", "key": "agreed"})
    post = sample_post(types.SimpleNamespace(form_specs=specs), addresses=(), role="")
    assert ActionFormBuilder(specs).get_form_class()(post).is_valid()
