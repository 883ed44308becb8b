"""The steps of a form: what is asked on one screen, and which of them is in order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from campaigns.engine.fields import FieldSpec
from campaigns.engine.rules import Rule, needs, reached

#: The type of field that begins a step and asks nothing.
STEP = "step"


@dataclass(frozen=True, slots=True)
class Step:
    """`number` counts from 1 among the steps that are shown; `title` is empty where the form does not name the step."""

    number: int
    title: str
    help_text: str
    fields: tuple[FieldSpec, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The storage keys of the fields that have one."""
        return frozenset(spec.clean_name for spec in self.fields if spec.clean_name)


def divide(specs: Iterable[FieldSpec]) -> tuple[Step, ...]:
    """The steps of a form, each field in exactly one; fields before the first mark are a step without a title.

    A mark that no field follows makes no step. A form without marks is one step, as is one without fields.
    """
    title, help_text = "", ""
    fields: list[FieldSpec] = []
    found: list[Step] = []
    for spec in specs:
        if spec.field_type != STEP:
            fields.append(spec)
            continue
        if fields:
            found.append(Step(len(found) + 1, title, help_text, tuple(fields)))
        title, help_text, fields = spec.label, spec.help_text, []
    if fields or not found:
        found.append(Step(len(found) + 1, title, help_text, tuple(fields)))
    return tuple(found)


def with_step_rules(specs: Iterable[FieldSpec]) -> Iterator[FieldSpec]:
    """The fields, each with the rule of the step that it stands on."""
    rule: Rule | None = None
    for spec in specs:
        if spec.field_type == STEP:
            rule = spec.shown_when
        yield spec if spec.field_type == STEP or rule == spec.step_when else replace(spec, step_when=rule)


def followed_by(specs: Sequence[FieldSpec], more: Sequence[FieldSpec]) -> tuple[FieldSpec, ...]:
    """A form with fields that are always asked at its end: on a step of their own where the last one has a rule."""
    last = next((spec for spec in reversed(specs) if spec.field_type == STEP), None)
    mark = [FieldSpec("", "", STEP)] if more and last and last.shown_when else []
    return (*specs, *mark, *more)


def may_change(steps: Sequence[Step], at: Step) -> bool:
    """Whether it hangs on answers that are still to be given, on this step or later, which steps are asked."""
    ahead = [step for step in steps if step.number >= at.number]
    of_key = needs(spec for step in steps for spec in step.fields)
    open_keys = frozenset(key for step in ahead for key in step.keys)
    return any(_hangs_on(step, of_key, open_keys) for step in ahead if step is not at)


def _hangs_on(step: Step, of_key: dict[str, frozenset[str]], open_keys: frozenset[str]) -> bool:
    """Not where a field without a rule stands on the step: that one is asked whatever is answered."""
    asked = [spec for spec in step.fields if spec.clean_name]
    if not asked or any(spec.clean_name not in of_key for spec in asked):
        return False
    return any(not open_keys.isdisjoint(reached(of_key, of_key[spec.clean_name])) for spec in asked)


def step_numbers(specs: Sequence[FieldSpec]) -> tuple[int, ...]:
    """On which step each field stands, in the form's order; a mark stands on the step that it begins."""
    numbers, number = [], 0
    for spec in specs:
        number += spec.field_type == STEP
        numbers.append(number)
    return tuple(numbers)


def nearest(steps: Sequence[Step], at: Step) -> Step:
    """That step, or the one before it where it is none of these; the first where none is before it."""
    return next((step for step in reversed(steps) if step.number <= at.number), steps[0])


def position_of(text: str, steps: Sequence[Step]) -> int:
    """The position of the step that a browser named; the last one where it named none that there is."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    return number - 1 if 1 <= number <= len(steps) else len(steps) - 1
