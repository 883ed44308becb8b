"""What helps a person to make a letter theirs: talking points of the society's, and questions by role."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from campaigns.engine import texts

#: An answer of one line, and one of several.
SHORT_LENGTH, LONG_LENGTH = 200, 1000


@dataclass(frozen=True, slots=True)
class TalkingPoint:
    """A sentence that a person may take into their letters; it stays the society's text."""

    #: Safe in the value of an input, the same in every language.
    key: str
    #: With merge fields.
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """The answer is the person's own words, and is never merged."""

    #: Safe in the name of an input: letters, digits and underscores.
    key: str
    label: str
    hint: str = ""
    #: `campaigns.engine.roles.Role` values; empty asks everybody.
    roles: frozenset[str] = frozenset()
    #: A paragraph of its own; else it is a sentence among others.
    is_long: bool = True

    @property
    def limit(self) -> int:
        return LONG_LENGTH if self.is_long else SHORT_LENGTH


@dataclass(frozen=True, slots=True)
class Guidance:
    """What one page asks before the letters are read."""

    #: In the language of the letter.
    points: tuple[TalkingPoint, ...] = ()
    #: In the language of the page.
    questions: tuple[Question, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.points or self.questions)

    def points_of(self, keys: Collection[str]) -> tuple[TalkingPoint, ...]:
        """Those that were ticked, in the editor's order; what the page does not have is left out."""
        return tuple(point for point in self.points if point.key in keys)

    def questions_for(self, role: str) -> tuple[Question, ...]:
        """Those for everybody and those for the role, each once."""
        asked = {question.key: question for question in self.questions if not question.roles or role in question.roles}
        return tuple(asked.values())


def joined(questions: Sequence[Question], answers: Mapping[str, str]) -> str:
    """The answers as one text of the person's: short ones in one paragraph, long ones each in their own.

    Nothing is added but a full stop where a sentence has no end.

    :param answers: by the question's key.
    """
    paragraphs: list[str] = []
    line: list[str] = []
    for question in questions:
        answer = texts.clean(answers.get(question.key, ""))
        if not answer:
            continue
        if question.is_long:
            paragraphs += [" ".join(line), answer]
            line = []
        else:
            line.append(_ended(texts.one_line(answer)))
    return "\n\n".join(part for part in (*paragraphs, " ".join(line)) if part)


def _ended(sentence: str) -> str:
    return f"{sentence}." if sentence[-1:].isalnum() else sentence
