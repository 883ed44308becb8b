"""Where the sentences of a letter begin and end, for `patient_guard`."""

import re
from typing import NamedTuple

from campaigns.engine.patient_guard_plain import OTHER
from campaigns.engine.patient_guard_rules import compiled

#: No sentence is longer: what two places so far apart say of each other is chance, and the work stays bounded.
LONGEST = 600
#: A line shorter than this was ended by its writer, not by the width of a page.
WRAPPED = 50
END = r"[.!?]{1,5}[\"')\]]{0,3}\s{1,20}|\n"
_END = re.compile(END, re.ASCII)
LAST_WORD = r"[\w.]{1,12}$"
_LAST_WORD = compiled(LAST_WORD)
LABEL = r"\s{0,3}(?:patient|pt|paciente|name|nombre)\.?:"
_LABEL = compiled(LABEL)
ABBREVIATIONS = frozenset(
    "mr mrs ms mx dr dra drs sr sra srta st ste rev hon sen rep gov prof jr no num nos vs approx dept ave avda blvd"
    " apt tel jan feb mar apr jun jul aug sept sep oct nov dec ene abr ago dic e.g i.e d.c u.s p.o h.r ext"
    " dob d.o.b pt pts pcte pac pop lic ud uds pte".split()
)


class Sentence(NamedTuple):
    start: int
    end: int


def sentences(plain: str) -> list[Sentence]:
    """The sentences one after the other, from the beginning of the text to its end."""
    found: list[Sentence] = []
    start = line = 0
    for match in _END.finditer(plain):
        newline = match.group() == "\n"
        ends = _ends_line(plain, line, match) if newline else _ends_sentence(plain, match)
        # "Patient: Ana Ruiz. Seen: March 3.": what follows says more of the same.
        ends = ends and (newline or not _LABEL.match(plain[start : start + 20].lower()))
        if "\n" in match.group():
            line = match.end()
        if ends:
            _add(found, start, match.end())
            start = match.end()
    _add(found, start, max(len(plain), start + 1))
    return found


def _add(found: list[Sentence], start: int, end: int) -> None:
    for begin in range(start, end, LONGEST):
        found.append(Sentence(begin, min(begin + LONGEST, end)))


def _ends_line(plain: str, line: int, match: re.Match[str]) -> bool:
    following = plain[match.end() : match.end() + 1]
    return match.start() - line < WRAPPED or following in ("", "\n", "\r") or following in ("-", "*", OTHER)


def _ends_sentence(plain: str, match: re.Match[str]) -> bool:
    if match.group().count("\n") > 1:
        return True
    if not match.group().startswith(".") or match.group().startswith(".."):
        return True
    before = _LAST_WORD.search(plain[max(0, match.start() - 12) : match.start()])
    word = before.group().lower() if before else ""
    following = plain[match.end() : match.end() + 1]
    return not (word in ABBREVIATIONS or (len(word) == 1 and word.isalpha()) or following.islower())
