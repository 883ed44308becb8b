"""Where a person goes after an action: rules over what they did, the first that fits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from campaigns.engine.fields import Json


class About(StrEnum):
    """What a condition asks about."""

    ANSWER = "answer"
    ROLE = "role"
    STATE = "state"
    LETTERS = "letters"
    KIND = "kind"
    CALLS = "calls"
    LANGUAGE = "language"


#: Of letters: the person put words of their own into one of them, or left all as they were offered.
PERSONAL, AS_OFFERED = "personal", "as_offered"
#: A box that was ticked, and one that was not, as the value of an answer.
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds where one of the values does; without any it asks nothing."""

    about: About
    values: frozenset[str]
    #: The answer's storage key, only for `About.ANSWER`.
    key: str = ""
    #: Turned round: holds where none of the values does.
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of somebody who has just acted."""

    answers: Mapping[str, Json] = field(default_factory=dict)
    role: str = ""
    #: Two letters, lower case.
    state: str = ""
    language: str = ""
    #: `PERSONAL` or `AS_OFFERED`; empty for somebody who wrote no letter.
    letters: str = ""
    #: Kinds of action that the person has done to the end.
    done: frozenset[str] = frozenset()
    #: What they reported of calls.
    calls: frozenset[str] = frozenset()


def fits(conditions: Sequence[Condition], facts: Facts) -> bool:
    """Whether every condition holds; none fits everybody."""
    return all(_holds(condition, facts) for condition in conditions)


def fitting(rules: Sequence[Sequence[Condition]], facts: Facts) -> Iterator[int]:
    """The places of the rules that fit, in the editor's order."""
    return (place for place, conditions in enumerate(rules) if fits(conditions, facts))


def _holds(condition: Condition, facts: Facts) -> bool:
    if not condition.values:
        return True
    wanted = {_plain(value) for value in condition.values}
    return wanted.isdisjoint(_said(condition, facts)) is condition.is_negated


def _said(condition: Condition, facts: Facts) -> set[str]:
    match condition.about:
        case About.ANSWER:
            return _answer(facts.answers.get(condition.key))
        case About.KIND:
            return set(facts.done)
        case About.CALLS:
            return set(facts.calls)
        case About.ROLE:
            return {facts.role}
        case About.STATE:
            return {_plain(facts.state)}
        case About.LETTERS:
            return {facts.letters}
        case About.LANGUAGE:
            return {_plain(facts.language)}


def _answer(value: Json) -> set[str]:
    if isinstance(value, bool):
        return {YES if value else NO}
    if isinstance(value, list):
        return {_plain(each) for each in value}
    if isinstance(value, dict):
        return {_plain(each) for each in value.values() if each}
    return set() if value is None else {_plain(str(value))}


def _plain(text: str) -> str:
    return text.strip().casefold()
