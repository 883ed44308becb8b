"""Which fields of a form are shown and which must be answered, by what was answered elsewhere in it."""

import datetime
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Protocol

Answer = str | int | float | bool | None | list[str] | dict[str, str]

_US_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z", re.ASCII)


class Test(StrEnum):
    """What a condition asks of an answer. Stored; the words for each are with the block."""

    #: Not a class of tests, whatever pytest makes of the name.
    __test__ = False  # type: ignore[misc]

    IS = "is"
    IS_NOT = "is_not"
    INCLUDES = "includes"
    IS_ANSWERED = "is_answered"
    IS_NOT_ANSWERED = "is_not_answered"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


#: Tests that look at no value.
WITHOUT_VALUE = frozenset({Test.IS_ANSWERED, Test.IS_NOT_ANSWERED})
#: Tests that an unanswered field passes.
PASSED_BY_NOTHING = frozenset({Test.IS_NOT, Test.IS_NOT_ANSWERED})


@dataclass(frozen=True, slots=True)
class Condition:
    """`key` is the field that is looked at; `value` a stored value, a number or an ISO date."""

    key: str
    test: Test
    value: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """Holds where all of its conditions are met, or any of them; one without conditions always holds."""

    conditions: tuple[Condition, ...] = ()
    needs_all: bool = True


class Ruled(Protocol):
    """What the rules have to know of a field."""

    @property
    def clean_name(self) -> str: ...
    @property
    def show_rules(self) -> tuple[Rule, ...]: ...
    @property
    def required_when(self) -> Rule | None: ...


def is_answered(answer: Answer) -> bool:
    """Whether an answer says anything: a box is answered when it is ticked, an address when a part of it is given."""
    if isinstance(answer, dict):
        return any(answer.values())
    # Not by a list of what is empty: nought, which is an answer, would be equal to no.
    return answer is not None and answer is not False and answer != "" and answer != []


def is_met(condition: Condition, answer: Answer) -> bool:
    """Whether one answer passes the test; an answer of another kind than the test expects does not."""
    answered = is_answered(answer)
    if condition.test in WITHOUT_VALUE:
        return answered == (condition.test is Test.IS_ANSWERED)
    if not answered:
        return condition.test in PASSED_BY_NOTHING
    if condition.test is Test.INCLUDES:
        return isinstance(answer, list) and condition.value in answer
    if condition.test in (Test.AT_LEAST, Test.AT_MOST):
        return _is_within(condition, answer)
    return _is_same(condition.value, answer) == (condition.test is Test.IS)


def holds(rule: Rule | None, answers: Mapping[str, Answer]) -> bool:
    """Whether a rule holds for these answers, by key; a key that is missing is unanswered."""
    if rule is None or not rule.conditions:
        return True
    met = (is_met(condition, answers.get(condition.key)) for condition in rule.conditions)
    return all(met) if rule.needs_all else any(met)


def shown(fields: Sequence[Ruled], answers: Mapping[str, Answer]) -> tuple[bool, ...]:
    """Which of the fields are shown, in their order. A field that is not shown counts as unanswered for the others.

    Every round looks at what the round before it showed, so that the order of the fields changes nothing. Rules
    without a loop are settled after as many rounds as there are fields; with a loop, which is an error when a form is
    saved, the last round decides.
    """
    current = (True,) * len(fields)
    rules = [field.show_rules for field in fields]
    if not any(rules):
        return current
    for _round in range(len(fields) + 1):
        seen = {
            field.clean_name: answers.get(field.clean_name)
            for field, is_shown in zip(fields, current, strict=True)
            if is_shown and field.clean_name
        }
        following = tuple(all(holds(rule, seen) for rule in of_field) for of_field in rules)
        if following == current:
            break
        current = following
    return current


def is_required_by_rule(field: Ruled, answers: Mapping[str, Answer]) -> bool:
    """Whether the field must be answered because of what else was answered.

    :param answers: of the fields that are shown.
    """
    rule = field.required_when
    return bool(rule and rule.conditions) and holds(rule, answers)


def keys_looked_at(fields: Iterable[Ruled]) -> frozenset[str]:
    """The keys that any rule of these fields names."""
    rules = (rule for field in fields for rule in (*field.show_rules, field.required_when))
    return frozenset(key for rule in rules for key in keys_in(rule))


def keys_in(rule: Rule | None) -> frozenset[str]:
    """The keys that one rule names."""
    return frozenset(condition.key for condition in rule.conditions) if rule else frozenset()


def needs(fields: Iterable[Ruled]) -> dict[str, frozenset[str]]:
    """By key, the keys that decide whether the field is shown; a field without rules is missing."""
    return {
        field.clean_name: frozenset(key for rule in field.show_rules for key in keys_in(rule))
        for field in fields
        if field.clean_name and field.show_rules
    }


def reached(of_key: Mapping[str, Collection[str]], start: Iterable[str]) -> frozenset[str]:
    """Every key that is looked at on the way from some, with those themselves.

    :param of_key: what `needs` gave.
    """
    found: set[str] = set()
    ahead = list(start)
    while ahead:
        key = ahead.pop()
        if key not in found:
            found.add(key)
            ahead.extend(of_key.get(key, ()))
    return frozenset(found)


def in_loops(fields: Sequence[Ruled]) -> frozenset[int]:
    """The positions of fields whose being shown depends on itself, by way of any number of other fields."""
    of_key = needs(fields)
    return frozenset(
        position
        for position, field in enumerate(fields)
        if field.clean_name in of_key and field.clean_name in reached(of_key, of_key[field.clean_name])
    )


def number_of(text: object) -> Decimal | None:
    """The number that a text or an answer says; None where it says none."""
    if isinstance(text, bool):
        return None
    try:
        number = Decimal(str(text).strip().replace(",", "").replace(" ", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def day_of(text: object) -> datetime.date | None:
    """The day that a text says, as 2027-03-27 or 3/27/2027; None where it says none."""
    written = str(text).strip()
    try:
        if found := _US_DATE.match(written):
            month, day, year = (int(part) for part in found.groups())
            return datetime.date(year, month, day)
        return datetime.date.fromisoformat(written) if len(written) == 10 else None
    except ValueError:
        return None


def _is_same(value: str, answer: Answer) -> bool:
    if isinstance(answer, list):
        return answer == [value]
    if isinstance(answer, int | float) and not isinstance(answer, bool):
        return number_of(value) == number_of(answer)
    return isinstance(answer, str) and answer.strip().casefold() == value.strip().casefold()


def _is_within(condition: Condition, answer: Answer) -> bool:
    if isinstance(answer, str):
        limit_day, day = day_of(condition.value), day_of(answer)
        if limit_day is None or day is None:
            return False
        return day >= limit_day if condition.test is Test.AT_LEAST else day <= limit_day
    limit, number = number_of(condition.value), number_of(answer)
    if limit is None or number is None:
        return False
    return number >= limit if condition.test is Test.AT_LEAST else number <= limit
