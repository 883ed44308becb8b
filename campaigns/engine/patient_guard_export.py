"""The rules of `patient_guard` for the browser: one definition, read by Python here and by JavaScript there."""

import dataclasses
import json
import re
from collections.abc import Sequence
from typing import Any

from campaigns.engine import patient_guard as guard
from campaigns.engine import patient_guard_names, patient_guard_rules, patient_guard_sentences, patient_guard_words
from campaigns.engine.patient_guard_beginnings import beginnings
from campaigns.engine.patient_guard_rules import Rule

#: Says nothing to the browser: it saves time that only a server has to save.
_NOT_TOLD = {"needs", "pattern", "sign"}


def as_json() -> str:
    """The whole of it, always the same for the same rules."""
    return json.dumps(as_data(), ensure_ascii=True, separators=(",", ":"), sort_keys=True) + "\n"


def as_data() -> dict[str, Any]:
    """Tables of rules, patterns and words, by the names under which `patient-guard-reader.js` looks for them."""
    words = patient_guard_words
    return {
        "kinds": [kind.value for kind in guard.Kind],
        "texts": _rules(guard.OF_TEXTS),
        "dated": _rules(guard.OF_DATED_SENTENCES),
        "places": _rules(guard.OF_PLACES),
        "patterns": {
            **{name: _in_javascript(pattern) for name, pattern in patient_guard_names.PATTERNS.items()},
            "person": _in_javascript(words.PERSON),
            "one_patient": _in_javascript(words.ONE_PATIENT),
            "courtesy": _in_javascript(guard.COURTESY),
            "label": _in_javascript(patient_guard_sentences.LABEL),
            "end": _in_javascript(patient_guard_sentences.END),
            "last_word": _in_javascript(patient_guard_sentences.LAST_WORD),
        },
        "words": {
            "abbreviations": sorted(patient_guard_sentences.ABBREVIATIONS),
            "also_words": sorted(words.ALSO_WORDS),
            "courtesies": sorted(words.COURTESY),
            "given": sorted(words.GIVEN_NAMES),
            "not_in_names": sorted(patient_guard_names.NOT_IN_NAMES),
            "not_names": sorted(words.NOT_NAMES),
            "particles": sorted(patient_guard_rules.PARTICLES),
            "places": sorted(words.PLACES),
            "titles": sorted(words.TITLES),
            "to_places": sorted(words.TO_PLACES),
        },
        "around": patient_guard_rules.AROUND,
        "clause": guard.CLAUSE,
        "longest": patient_guard_sentences.LONGEST,
        "wrapped": patient_guard_sentences.WRAPPED,
    }


def _rules(rules: Sequence[Rule]) -> list[dict[str, Any]]:
    return [
        {
            "sign": rule.sign.value,
            "pattern": _in_javascript(rule.pattern),
            **({} if rule.anywhere else {"words": sorted(beginnings(rule.pattern))}),
            **{
                field.name: _told(getattr(rule, field.name))
                for field in dataclasses.fields(rule)
                if field.name not in _NOT_TOLD and getattr(rule, field.name) != field.default
            },
        }
        for rule in rules
    ]


def _told(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return _in_javascript(value) if isinstance(value, str) else value


def _in_javascript(pattern: str) -> str:
    """The pattern with named groups as JavaScript writes them: in all else that is used here the two agree."""
    return re.sub(r"\(\?P<(\w+)>", r"(?<\1>", pattern)
