"""The rules of `patient_guard`: what they are made of, and how they are tried on a text.

A rule is data, so that the browser follows the very same ones (`patient_guard_export`). Its pattern begins with a word,
and it is tried only where that word stands: a text without any of the words costs a look into a table for each.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from campaigns.engine.patient_guard_beginnings import DIGIT, LETTERED, beginnings


class Sign(StrEnum):
    """What a rule tells by itself; the first five are findings, the others need a sentence around them."""

    RECORD_NUMBER = "record_number"
    PHONE = "phone"
    EMAIL = "email"
    STREET_ADDRESS = "street_address"
    AGE_OVER_89 = "age_over_89"
    DATE = "date"
    MONTH = "month"
    SMALL_PLACE = "small_place"
    RARE = "rare"
    CARE = "care"
    MAYBE_CARE = "maybe_care"
    LEGISLATION = "legislation"


BEFORE = 60
AROUND = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """All patterns are of ASCII, without flags, as Python and JavaScript read them alike; all quantifiers have bounds.

    They are looked for in the text without accents and in lower case.
    """

    sign: Sign
    pattern: str
    #: The group that is marked; without one, all that matched.
    marked: str = ""
    #: Tried only in a text that has one of these words. Saves time and changes nothing else.
    needs: frozenset[str] = frozenset()
    #: Does not begin with a word: looked for in the whole text, if it has this character.
    anywhere: str = ""
    #: What has to end right before the match, and what may not; both end in "$".
    before: str = ""
    not_before: str = ""
    #: How many characters before the match they are looked for in.
    reach: int = BEFORE
    #: As `before`, in the text with its capitals.
    before_as_written: str = ""
    #: What matched before is marked with the rest.
    from_before: bool = False
    #: These characters right before are marked with the rest.
    leading: str = ""
    not_after: str = ""
    #: What has to stand within `AROUND` characters.
    near: str = ""
    #: Words of the group "words" among which none may be.
    without: frozenset[str] = frozenset()
    #: A group in which every word begins with a capital or a digit, but for particles.
    capitals: str = ""
    #: A group that begins with a capital; what follows it in small letters is not marked.
    name: str = ""
    #: So many digits at least in the group "token".
    digits: int = 0
    #: The number in the group "count" is no larger.
    at_most: int = 0


#: Begin, end and sign of something in the text.
Place = tuple[Sign, int, int]

PARTICLES = frozenset("de del la las los el y van von der da dos di".split())
WORD = re.compile(r"\w+", re.ASCII)
_NUMBER = re.compile(r"\d+", re.ASCII)
_SPELLED = re.compile(r"[^\s,]+")


class Rules:
    """Compiled, and in a table by the words with which they begin."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._anywhere = [_Compiled(rule, number) for number, rule in enumerate(rules) if rule.anywhere]
        self._by_word: dict[str, list[_Compiled]] = defaultdict(list)
        self._by_prefix: dict[str, list[_Compiled]] = defaultdict(list)
        for number, rule in enumerate(rules):
            if rule.anywhere:
                continue
            one = _Compiled(rule, number)
            for beginning in beginnings(rule.pattern):
                (self._by_prefix if beginning.endswith("*") else self._by_word)[beginning.rstrip("*")].append(one)
        self._number = len(rules)
        self._prefixes = sorted({len(prefix) for prefix in self._by_prefix})

    def places(self, plain: str, low: str) -> Iterator[Place]:
        """What the rules find in the text without accents, given with its capitals and in lower case."""
        for anywhere in self._anywhere:
            if anywhere.rule.anywhere in low:
                for match in anywhere.pattern.finditer(low):
                    place = anywhere.judge(match, plain, low)
                    if place:
                        yield place
        present = frozenset(WORD.findall(low))
        tried = {word: rules for word in present if (rules := self._beginning_with(word, present))}
        if not tried:
            return
        # A rule does not begin again within what it has found.
        reached = [0] * self._number
        for word in WORD.finditer(low):
            rules = tried.get(word.group(), _NONE)
            start = word.start()
            for number, matching, rule in rules:
                if start >= reached[number] and (begun := matching(low, start)):
                    place = rule.judge(begun, plain, low)
                    if place:
                        reached[number] = place[2]
                        yield place

    def _beginning_with(self, word: str, present: frozenset[str]) -> list["_Tried"]:
        number = _NUMBER.match(word)
        begins = DIGIT * number.end() + (LETTERED if number.end() < len(word) else "") if number else word
        found = list(self._by_word.get(begins, ()))
        if not number:
            for length in self._prefixes:
                if length > len(word):
                    break
                found += self._by_prefix.get(word[:length], ())
        # A rule may begin with a word in two ways.
        needed = dict.fromkeys(one for one in found if not one.rule.needs or not one.rule.needs.isdisjoint(present))
        return [(one.number, one.pattern.match, one) for one in needed]


class _Compiled:
    __slots__ = (
        *("before", "before_as_written", "is_enough", "near", "not_after", "not_before", "number", "pattern", "rule"),
    )

    def __init__(self, rule: Rule, number: int) -> None:
        self.rule = rule
        self.number = number
        self.pattern = re.compile(rule.pattern, re.ASCII)
        self.before = compiled(rule.before) if rule.before else None
        self.not_before = compiled(rule.not_before) if rule.not_before else None
        self.before_as_written = compiled(rule.before_as_written) if rule.before_as_written else None
        self.not_after = compiled(rule.not_after) if rule.not_after else None
        self.near = compiled(rule.near) if rule.near else None
        #: Asks for nothing but its pattern.
        self.is_enough = rule == Rule(sign=rule.sign, pattern=rule.pattern, needs=rule.needs, anywhere=rule.anywhere)

    def judge(self, match: re.Match[str], plain: str, low: str) -> Place | None:
        """The place, if everything else that the rule asks for is so."""
        rule = self.rule
        if self.is_enough:
            return rule.sign, match.start(), match.end()
        start, end = match.span(rule.marked) if rule.marked and match[rule.marked] is not None else match.span()
        if self.not_after and self.not_after.match(low, match.end()):
            return None
        if self.before or self.not_before or self.before_as_written:
            first = max(0, match.start() - rule.reach)
            if self.not_before and self.not_before.search(low[first : match.start()]):
                return None
            for pattern, text in ((self.before_as_written, plain), (self.before, low)):
                before = pattern.search(text[first : match.start()]) if pattern else None
                if pattern and not before:
                    return None
                if before and rule.from_before:
                    start = first + before.start()
        if self.near and not self.near.search(low[max(0, match.start() - AROUND) : match.end() + AROUND]):
            return None
        if rule.without and not rule.without.isdisjoint(_SPELLED.findall(match["words"] or "")):
            return None
        if rule.digits and sum(character.isdigit() for character in match["token"] or "") < rule.digits:
            return None
        if rule.at_most and int("".join(_NUMBER.findall(match["count"]))) > rule.at_most:
            return None
        if rule.capitals and match[rule.capitals] is not None:
            words = _SPELLED.findall(plain[slice(*match.span(rule.capitals))])
            if any(word[0].islower() and word not in PARTICLES for word in words):
                return None
        if rule.name and match[rule.name] is not None:
            length = _length_of_name(
                plain[slice(*match.span(rule.name))], is_small=plain[: match.end()] == low[: match.end()]
            )
            if not length:
                return None
            end = match.start(rule.name) + length
        while start and low[start - 1] in rule.leading:
            start -= 1
        return rule.sign, start, end


_NONE: list["_Tried"] = []
_Tried = tuple[int, Callable[[str, int], re.Match[str] | None], _Compiled]


def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern as it is searched for, in ASCII."""
    # In Python "$" would be found before a last line break, too, which in JavaScript it is not.
    return re.compile(re.sub(r"\$$", r"\\Z", pattern), re.ASCII)


def _length_of_name(written: str, *, is_small: bool) -> int:
    """How much of it is a name; nothing, where it begins small in a text that has capitals."""
    first, _, rest = written.partition(" ")
    if not first[0].isupper():
        return len(first) if is_small else 0
    return len(written) if rest[:1].isupper() else len(first)


def lexicon(sign: Sign, phrases: str) -> tuple[Rule, ...]:
    """Rules for a list of phrases, one a line: those with the same first letter as one, which is tried faster."""
    alike: dict[str, list[str]] = defaultdict(list)
    for phrase in _alternatives("|".join(phrases.strip().splitlines())):
        alike["".join(sorted({beginning[0] for beginning in beginnings(phrase)}))].append(phrase)
    return tuple(Rule(sign=sign, pattern=rf"(?:{'|'.join(group)})(?!\w)") for group in alike.values())


def _alternatives(phrases: str) -> Iterator[str]:
    begun, depth = 0, 0
    for at, character in enumerate(phrases):
        depth += (character in "([") - (character in ")]")
        if character == "|" and not depth:
            yield phrases[begun:at]
            begun = at + 1
    yield phrases[begun:]
