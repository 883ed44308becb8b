"""With which words a pattern of `patient_guard` can begin, so that it is tried only where one of them stands.

Reads the small part of the language of patterns in which these are written; of anything else it says that it cannot.
"""

from dataclasses import dataclass, field

#: A number is known by how many digits it has: "##" for 42, "##+" for 42nd.
DIGIT = "#"
LETTERED = "+"
#: A word that goes on in any way: "diagnos*".
OPEN = "*"


class CannotTell(ValueError):
    """The pattern does not begin with a word, or is written in a way that is not read here."""


@dataclass(slots=True)
class _Reader:
    pattern: str
    at: int = 0
    done: set[str] = field(default_factory=set)

    def alternatives(self, begun: set[str]) -> set[str]:
        """What has been begun when the group ends, whichever of its alternatives was taken."""
        ended: set[str] = set()
        while True:
            ended |= self.sequence(begun)
            if self.at < len(self.pattern) and self.pattern[self.at] == "|":
                self.at += 1
                continue
            return ended

    def sequence(self, begun: set[str]) -> set[str]:
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            after = self.item(begun)
            least, most = self.times()
            if most == 0:
                continue
            # Once is enough to know how it begins, but for digits, which are counted.
            grown = [begun, after]
            item_is_digit = after == {word + DIGIT for word in begun}
            if item_is_digit:
                while len(grown) <= min(most, 16):
                    grown.append({word + DIGIT for word in grown[-1]})
            begun = set().union(*grown[least if item_is_digit else min(least, 1) :])
        return begun

    def item(self, begun: set[str]) -> set[str]:
        character = self.pattern[self.at]
        if character == "(":
            return self.group(begun)
        if character == "[":
            end = self.end_of_class()
            inside = self.pattern[self.at + 1 : end]
            self.at = end + 1
            return self.choice(begun, inside)
        if character == "\\":
            escaped = self.pattern[self.at + 1]
            self.at += 2
            if escaped == "b":
                # Where a word has begun, it ends here.
                self.finish(begun - {""}, is_open=False)
                return begun & {""}
            return self.choice(begun, "\\" + escaped)
        self.at += 1
        return self.choice(begun, character)

    def group(self, begun: set[str]) -> set[str]:
        opening = self.pattern[self.at : self.at + 4]
        looks_around = opening.startswith(("(?=", "(?!", "(?<=", "(?<!"))
        if opening.startswith("(?:"):
            self.at += 3
        elif opening.startswith("(?P<"):
            self.at = self.pattern.index(">", self.at) + 1
        elif looks_around:
            self.at += 4 if opening.startswith("(?<") else 3
        else:
            self.at += 1
        if looks_around:
            # Takes no letters: what stands in it is for the rule to see.
            self.skip()
            return begun
        ended = self.alternatives(begun)
        self.at += 1
        return ended

    def skip(self) -> None:
        depth = 1
        while depth:
            character = self.pattern[self.at]
            if character == "\\":
                self.at += 1
            elif character == "[":
                self.at = self.end_of_class()
            depth += (character == "(") - (character == ")")
            self.at += 1

    def end_of_class(self) -> int:
        at = self.at + 1
        while self.pattern[at] != "]":
            at += 2 if self.pattern[at] == "\\" else 1
        return at

    def choice(self, begun: set[str], characters: str) -> set[str]:
        """One character, of several that are possible: they go on, or the word ends, or it is open from here."""
        if characters in ("\\d", "0-9") or (characters.replace("-", "").isdigit() and characters):
            if begun - {DIGIT * len(word) for word in begun}:
                # Digits within a word, as in "hc3".
                return self.finish(begun, is_open=True)
            return {word + DIGIT for word in begun}
        if characters.isascii() and characters.replace("_", "a").isalpha() and characters.islower():
            letters = {word + letter for word in begun for letter in characters if not word.startswith(DIGIT)}
            # A letter after a number, as in "93rd", is of the same word.
            numbers = {word for word in begun if word.startswith(DIGIT)}
            self.done |= {word + LETTERED for word in numbers}
            return letters
        if any(part in characters for part in ("\\w", "a-z", "^")) or (len(characters) > 1 and "-" in characters[1:-1]):
            self.done |= {word + LETTERED for word in begun if word.startswith(DIGIT)}
            return self.finish(begun, is_open=True)
        if "\\d" in characters:
            # A digit or something else: the number may go on, and end anywhere.
            numbers = {word for word in begun if word.startswith(DIGIT)}
            self.done |= {word + DIGIT * more for word in numbers for more in range(16)}
        return self.finish(begun, is_open=False)

    def finish(self, begun: set[str], *, is_open: bool) -> set[str]:
        if "" in begun:
            raise CannotTell(f"This pattern does not begin with a word: {self.pattern}")
        self.done |= {word + OPEN if is_open and not word.startswith(DIGIT) else word for word in begun}
        return set()

    def times(self) -> tuple[int, int]:
        """How often the item before may stand."""
        character = self.pattern[self.at : self.at + 1]
        if character and character in "?+*":
            if character != "?":
                raise CannotTell(f"A quantifier without bounds: {self.pattern}")
            self.at += 1
            return 0, 1
        if character != "{":
            return 1, 1
        end = self.pattern.index("}", self.at)
        least, _, most = self.pattern[self.at + 1 : end].partition(",")
        self.at = end + 1
        if self.pattern[self.at : self.at + 1] == "?":
            self.at += 1
        return int(least or 0), int(most or least)


def beginnings(pattern: str) -> frozenset[str]:
    """Words, "diagnos*" for those that go on in any way, and "##" for numbers of two digits.

    :raises CannotTell: for a pattern that does not begin with a word, or repeats something without end.
    """
    reader = _Reader(pattern)
    ended = reader.alternatives({""})
    if reader.at != len(pattern):
        raise CannotTell(f"A group is not closed: {pattern}")
    reader.done |= ended
    if "" in reader.done:
        raise CannotTell(f"This pattern does not begin with a word: {pattern}")
    return frozenset(reader.done)
