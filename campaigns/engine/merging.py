"""Merge fields: the fixed list, the check that an editor's text uses no other, and the one-pass substitution."""

import re
from collections.abc import Collection, Mapping, Sequence

from campaigns.engine.texts import one_line

#: What a letter may name, with an example for the editor's help. Nothing else is ever substituted.
FIELDS: dict[str, str] = {
    "constituent_name": "Maria Santos",
    "constituent_given_name": "Maria",
    "constituent_family_name": "Santos",
    "constituent_title": "Dr.",
    "constituent_address": "12 Maple Street, Alderton, AX 69901",
    "standing": "I live in your district",
    "town": "Alderton",
    "state": "AX",
    "zip": "69901",
    "legislator_name": "Jordan Reyes",
    "legislator_title": "Senator",
    "legislator_salutation": "Senator Reyes",
    "legislator_family_name": "Reyes",
    "district": "2nd Alder",
    "chamber": "State senate",
    "campaign": "Telehealth payment parity",
    "society": "Alder Medical Society",
}
#: Where the talking points stand that a person ticked; not a merge field, for they have merge fields of their own.
TALKING_POINTS = "{talking_points}"
ANSWER_PREFIX = "answer."

#: A well-formed field. A name that is not known stays in the text as it is written.
_FIELD = re.compile(r"\{([a-z_]+|answer\.[a-z0-9_-]+)\}( ?)")
#: Any use of a brace: in an editor's text a brace has no other purpose.
_ATTEMPT = re.compile(r"\{+[^{}\n]*\}*|\}+")


def known_fields(answer_keys: Collection[str]) -> frozenset[str]:
    """Every name that a letter of a form with these answers may use."""
    return frozenset(FIELDS) | {f"{ANSWER_PREFIX}{key}" for key in answer_keys}


def with_points(body: str, points: Sequence[str]) -> str:
    """The editor's text with the editor's points in the first place that is left for them; nothing is merged yet."""
    return body.replace(TALKING_POINTS, "\n\n".join(points), 1).replace(TALKING_POINTS, "")


def unknown_fields(text: str, known: Collection[str]) -> list[str]:
    """Each thing in braces that is not exactly one known field, once, in the order of the text."""
    allowed = {f"{{{name}}}" for name in known}
    return list(dict.fromkeys(attempt for attempt in _ATTEMPT.findall(text) if attempt not in allowed))


def merge(text: str, values: Mapping[str, str]) -> str:
    """Puts the values in place of the fields, in one pass: a brace inside a value is never looked at again.

    A field whose value is empty takes the space after it along, so that "{constituent_title} {…}" leaves no gap.

    :param values: by field name, without braces; a field that is missing here stays as written.
    """

    def replacement(match: re.Match[str]) -> str:
        name, space = match.groups()
        if name not in values:
            return match.group(0)
        value = one_line(values[name]) if not name.startswith(ANSWER_PREFIX) else values[name].strip()
        return f"{value}{space}" if value else ""

    return _FIELD.sub(replacement, text)
