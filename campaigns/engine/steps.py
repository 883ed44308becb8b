"""The steps of a form: what is asked on one screen, and which of them is in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaigns.engine.fields import FieldSpec

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


def step_numbers(specs: Sequence[FieldSpec]) -> tuple[int, ...]:
    """On which step each field stands, in the form's order; a mark stands on the step that it begins."""
    numbers, number = [], 0
    for spec in specs:
        number += spec.field_type == STEP
        numbers.append(number)
    return tuple(numbers)


def position_of(text: str, steps: Sequence[Step]) -> int:
    """The position of the step that a browser named; the last one where it named none that there is."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    return number - 1 if 1 <= number <= len(steps) else len(steps) - 1
