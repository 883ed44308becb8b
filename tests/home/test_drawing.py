"""Controls that are drawn without templates are those of Django's templates, to the character."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as some

from home.forms import drawing
from home.forms.controls import Radios

LINES = some.text(alphabet=some.sampled_from("aé<>&\"'%{}\n\t 0\u2028"), max_size=12)
ATTRIBUTES = some.dictionaries(
    some.sampled_from(["id", "class", "required", "disabled", "aria-describedby", "data-<x>"]),
    some.one_of(LINES, some.booleans(), some.integers(), some.just(mark_safe("a &amp; b"))),
)
OPTIONS = [("", "–"), ("a", "A & B"), (2, "Two"), ("Group “<x>”", [("b", "B"), ("c", mark_safe("<i>C</i>"))])]
WIDGETS: list[type[forms.Widget]] = [
    forms.TextInput,
    forms.EmailInput,
    forms.NumberInput,
    forms.URLInput,
    forms.HiddenInput,
    forms.Textarea,
    forms.CheckboxInput,
]


def drawn_both_ways(widget: forms.Widget, value: Any, attributes: dict[str, Any]) -> tuple[str, str]:
    return (
        widget.render("the-name<>", value, attributes, renderer=drawing.ControlRenderer()),
        widget.render("the-name<>", value, attributes, renderer=TemplatesSetting()),
    )


@given(some.sampled_from(WIDGETS), some.one_of(LINES, some.none(), some.integers()), ATTRIBUTES)
def test_a_plain_control_is_as_its_template_draws_it(
    kind: type[forms.Widget], value: Any, attributes: dict[str, Any]
) -> None:
    ours, djangos = drawn_both_ways(kind(), value, attributes)
    assert ours == djangos


@given(some.sampled_from([None, "", "a", "2", "c", "<nowhere>"]), ATTRIBUTES)
def test_a_list_to_choose_from_is_as_its_template_draws_it(value: Any, attributes: dict[str, Any]) -> None:
    ours, djangos = drawn_both_ways(forms.Select(choices=OPTIONS), value, attributes)
    assert ours == djangos


def test_a_day_is_as_its_template_draws_it() -> None:
    ours, djangos = drawn_both_ways(forms.DateInput(format="%Y-%m-%d"), date(2027, 3, 27), {"type": "date"})
    assert ours == djangos
    assert 'value="2027-03-27"' in ours


def test_what_has_a_template_of_its_own_keeps_it() -> None:
    ours, djangos = drawn_both_ways(Radios(choices=OPTIONS[1:3]), "a", {"id": "x"})
    assert ours == djangos
    assert 'class="radios"' in ours


@pytest.mark.parametrize("name", sorted(drawing._DRAWN))
def test_every_template_that_is_passed_over_is_one_of_django(name: str) -> None:
    found = TemplatesSetting().get_template(name)
    assert "django/forms/templates" in found.template.origin.name
