"""What is wrong with the rules of a form, so that an editor hears of it before a visitor does."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from campaigns.engine.fields import FieldSpec
from campaigns.engine.rule_names import RuleNames, with_keys
from campaigns.engine.rules import (
    PASSED_BY_NOTHING,
    WITHOUT_VALUE,
    Condition,
    Rule,
    Test,
    day_of,
    in_loops,
    is_met,
    keys_in,
    needs,
    number_of,
    reached,
)
from campaigns.engine.steps import STEP, step_numbers

#: Tests that compare by size.
_MEASURED = frozenset({Test.AT_LEAST, Test.AT_MOST})
#: Beyond this many ways in which a field can come to be shown, it is taken for one that can.
_MOST_WAYS = 256


class RuleProblem(StrEnum):
    """The words for each are with the block."""

    NO_FIELD = "no_field"
    SEVERAL_FIELDS = "several_fields"
    NO_ANSWER = "no_answer"
    ITSELF = "itself"
    LATER_STEP = "later_step"
    NOT_BEFORE_STEP = "not_before_step"
    OWN_GROUP = "own_group"
    UNFIT_TEST = "unfit_test"
    NO_VALUE = "no_value"
    NO_OPTION = "no_option"
    NO_NUMBER = "no_number"
    NO_DATE = "no_date"
    LOOP = "loop"
    NEVER_SHOWN = "never_shown"


@dataclass(frozen=True, slots=True)
class FoundProblem:
    """`part` is the input of a condition: field, test or value.

    `rule` is `shown_when` or `required_when`, or `group_when`, which every field of a group has from it.
    """

    rule: str
    condition: int
    part: str
    problem: RuleProblem
    #: What the words name: the field or the options.
    about: str = ""


#: Which tests fit the answers of a type of field; a type that is missing can only be answered or not.
Tests = Mapping[str, frozenset[Test]]


def problems(specs: Sequence[FieldSpec], tests: Tests) -> dict[int, list[FoundProblem]]:
    """What is wrong, by the position of the field that has the rule.

    :param specs: with rules as the editor wrote them, by key or by label, and with those of their step and group.
    :param tests: beside `is_answered` and `is_not_answered`, which fit every field.
    """
    names, steps = RuleNames(specs), step_numbers(specs)
    places = {spec.clean_name: steps[position] for position, spec in enumerate(specs) if spec.clean_name}
    found: dict[int, list[FoundProblem]] = {}
    for position, spec in enumerate(specs):
        for rule_name in ("shown_when", "required_when", "group_when"):
            rule: Rule | None = getattr(spec, rule_name)
            for number, condition in enumerate(rule.conditions if rule else ()):
                target = names.field(condition.key)
                ahead = places[target.clean_name] - steps[position] if target else 0
                if target and (problem := _misplaced(rule_name, spec, target, ahead)):
                    misplaced = FoundProblem(rule_name, number, "field", problem, target.label)
                    found.setdefault(position, []).append(misplaced)
                    continue
                for part, problem, about in _of_condition(condition, names, tests):
                    found.setdefault(position, []).append(FoundProblem(rule_name, number, part, problem, about))
    return found or _of_all(with_keys(specs))


def _misplaced(rule: str, spec: FieldSpec, target: FieldSpec, ahead: int) -> RuleProblem | None:
    """Why this rule cannot look at that field, wherever it stands.

    :param ahead: how many steps later than the rule the field is asked.
    """
    if rule == "group_when" and target.group_when == spec.group_when:
        return RuleProblem.OWN_GROUP
    if target is spec:
        return RuleProblem.ITSELF
    if spec.field_type == STEP:
        return RuleProblem.NOT_BEFORE_STEP if ahead >= 0 else None
    return RuleProblem.LATER_STEP if ahead > 0 else None


def _of_condition(condition: Condition, names: RuleNames, tests: Tests) -> Iterator[tuple[str, RuleProblem, str]]:
    called = names.called(condition.key)
    if len(called) != 1:
        yield "field", RuleProblem.SEVERAL_FIELDS if called else RuleProblem.NO_FIELD, condition.key
        return
    target = called[0]
    if condition.test not in WITHOUT_VALUE | tests.get(target.field_type, frozenset()):
        yield "test", RuleProblem.UNFIT_TEST, target.label
    elif condition.test not in WITHOUT_VALUE:
        yield from _of_value(names.condition(condition), target)


def _of_value(condition: Condition, target: FieldSpec) -> Iterator[tuple[str, RuleProblem, str]]:
    if not condition.value:
        yield "value", RuleProblem.NO_VALUE, ""
    elif target.choices and condition.value not in dict(target.choices):
        yield "value", RuleProblem.NO_OPTION, ", ".join(label for _value, label in target.choices)
    elif target.field_type == "number" and number_of(condition.value) is None:
        yield "value", RuleProblem.NO_NUMBER, ""
    elif target.field_type == "date" and day_of(condition.value) is None:
        yield "value", RuleProblem.NO_DATE, ""
    elif condition.test in _MEASURED and number_of(condition.value) is None and day_of(condition.value) is None:
        yield "value", RuleProblem.NO_NUMBER, ""


def _of_all(specs: Sequence[FieldSpec]) -> dict[int, list[FoundProblem]]:
    """Loops, and where there are none, fields that no answers can bring to light."""
    loops, of_key = in_loops(specs), needs(specs)
    if loops:
        return {
            position: [FoundProblem(_rule_in_loop(specs[position], of_key), 0, "field", RuleProblem.LOOP)]
            for position in sorted(loops)
        }
    ways = _Ways({spec.clean_name: spec for spec in specs if spec.clean_name})
    return {
        position: [FoundProblem(rule, 0, "field", RuleProblem.NEVER_SHOWN)]
        for position, spec in enumerate(specs)
        if (rule := _impossible_rule(spec, ways))
    }


def _rule_in_loop(spec: FieldSpec, of_key: Mapping[str, frozenset[str]]) -> str:
    leads_back = spec.clean_name in reached(of_key, keys_in(spec.shown_when))
    return "shown_when" if leads_back else "group_when"


def _impossible_rule(spec: FieldSpec, ways: "_Ways") -> str:
    """The innermost of the field's rules that, with those around it, no answers can meet; "" where some can.

    A step that can never be asked is said at its mark, and not at each field of it.
    """
    around: list[Rule] = []
    for name in ("step_when", "group_when", "shown_when"):
        rule: Rule | None = getattr(spec, name)
        if rule and rule.conditions:
            around.append(rule)
            if not ways.among(around):
                return "" if name == "step_when" else name
    return ""


# --- Whether answers exist for which a field is shown ------------------------------------------------------

#: Conditions that have to be met all at once.
Way = frozenset[Condition]


class _Ways:
    """In which ways each field can come to be shown; to be asked of fields whose rules have no loop."""

    def __init__(self, by_key: Mapping[str, FieldSpec]) -> None:
        self._by_key = by_key
        self._known: dict[str, list[Way]] = {}

    def of(self, spec: FieldSpec) -> list[Way]:
        """Empty where the field's conditions, or those of fields that they need, exclude each other."""
        if spec.clean_name not in self._known or not spec.clean_name:
            self._known[spec.clean_name] = self.among(spec.show_rules)
        return self._known[spec.clean_name]

    def among(self, rules: Iterable[Rule]) -> list[Way]:
        """The ways in which all of these rules can hold; each has conditions."""
        ways: list[Way] = [frozenset()]
        for further in self._branches(rules):
            if len(ways) * len(further) > _MOST_WAYS:
                # Too many to try: what this condition asks is taken for possible.
                continue
            both = (a | b for a in ways for b in further)
            ways = list(dict.fromkeys(way for way in both if _is_possible(way, self._by_key)))
        return ways

    def _branches(self, rules: Iterable[Rule]) -> Iterator[list[Way]]:
        """Of each of these one way at least has to be gone."""
        for rule in rules:
            each = [self._with_its_field(condition) for condition in rule.conditions]
            yield from each if rule.needs_all else [[way for further in each for way in further]]

    def _with_its_field(self, condition: Condition) -> list[Way]:
        """A condition that wants an answer wants the field shown that gives it, too."""
        alone: Way = frozenset({condition})
        target = self._by_key.get(condition.key)
        if condition.test in PASSED_BY_NOTHING or target is None:
            return [alone]
        return [alone | before for before in self.of(target)]


def _is_possible(way: Iterable[Condition], by_key: Mapping[str, FieldSpec]) -> bool:
    of_key: dict[str, list[Condition]] = {}
    for condition in way:
        of_key.setdefault(condition.key, []).append(condition)
    return all(_is_possible_answer(conditions, by_key.get(key)) for key, conditions in of_key.items())


def _is_possible_answer(conditions: Sequence[Condition], target: FieldSpec | None) -> bool:
    """Whether one answer can meet all of these; where that cannot be told by trying, it is taken for possible."""
    tests = {condition.test for condition in conditions}
    may_be_empty = not (target and target.required and not target.show_rules)
    if may_be_empty and tests <= PASSED_BY_NOTHING:
        return True
    if Test.IS_NOT_ANSWERED in tests:
        return False
    if target and target.choices and Test.INCLUDES not in tests:
        return any(all(is_met(one, value) for one in conditions) for value, _label in target.choices)
    if Test.IS in tests:
        wanted = next(condition.value for condition in conditions if condition.test is Test.IS)
        is_number = bool((target and target.field_type == "number") or tests & _MEASURED)
        number = number_of(wanted) if is_number else None
        answer = wanted if number is None else float(number)
        return all(is_met(condition, answer) for condition in conditions)
    return _is_possible_range(conditions)


def _is_possible_range(conditions: Sequence[Condition]) -> bool:
    floors = [condition.value for condition in conditions if condition.test is Test.AT_LEAST]
    ceilings = [condition.value for condition in conditions if condition.test is Test.AT_MOST]
    return not any(_is_above(floor, ceiling) for floor in floors for ceiling in ceilings)


def _is_above(floor: str, ceiling: str) -> bool:
    first, last = day_of(floor), day_of(ceiling)
    if first and last:
        return first > last
    least, most = number_of(floor), number_of(ceiling)
    return least is not None and most is not None and least > most
