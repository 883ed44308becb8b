"""Which parts of a merged text were filled in: for an editor who wants to see what came from where."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from campaigns.engine.merging import ANSWER_PREFIX
from campaigns.engine.texts import one_line

_FIELD = re.compile(r"\{([a-z_]+|answer\.[a-z0-9_-]+)\}")
_SPACES = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Part:
    text: str
    #: The merge field that it came from; empty for the editor's own words.
    field: str = ""


def parts(text: str, template: str, values: Mapping[str, str]) -> tuple[Part, ...]:
    """The text in the pieces that the editor wrote and those that were filled in, all of it and in order.

    Merging drops empty lines and a closing, so the template is followed line by line. Where it cannot be followed,
    the rest is one piece without a mark: no word is said to be filled in that was not.

    :param values: by field name, as they were merged.
    """
    found: list[Part] = []
    at = done = 0
    for literal, field in _tokens(template):
        if field:
            value = values.get(field, "")
            value = value.strip() if field.startswith(ANSWER_PREFIX) else one_line(value)
            if not value:
                continue
            start = _SPACES.match(text, at).end()  # type: ignore[union-attr]
            if not text.startswith(value, start):
                break
            found += [Part(text[done:start]), Part(value, field)]
            at = done = start + len(value)
        else:
            start = _SPACES.match(text, at).end()  # type: ignore[union-attr]
            if not text.startswith(literal, start):
                break
            at = start + len(literal)
    return tuple(part for part in (*found, Part(text[done:])) if part.text)


def fields_of(template: str) -> list[str]:
    """Every merge field that a template names, once, in its order."""
    return list(dict.fromkeys(_FIELD.findall(template)))


def inserted(pieces: Sequence[Part], part: Part, *, after: int) -> tuple[Part, ...]:
    """The pieces with one more as a paragraph of its own.

    :param after: how many characters of the text stand before it; at 0 it is the first.
    """
    text = "".join(piece.text for piece in pieces)
    found: list[Part] = []
    done = 0
    for piece in pieces:
        cut = min(max(after - done, 0), len(piece.text))
        before, rest = piece.text[:cut], piece.text[cut:]
        if before:
            found.append(Part(before, piece.field))
        if done <= after < done + len(piece.text):
            found += [Part("\n\n"), part] if after else [part, Part("\n\n")]
        if rest:
            found.append(Part(rest, piece.field))
        done += len(piece.text)
    if after >= len(text):
        found += [Part("\n\n"), part] if text else [part]
    return tuple(found)


def _tokens(template: str) -> list[tuple[str, str]]:
    """Words of the editor's, and fields, in order; white space is not compared."""
    found = []
    for place, piece in enumerate(_FIELD.split(template)):
        if place % 2:
            found.append(("", piece))
        else:
            found += [(word, "") for word in piece.split()]
    return found
