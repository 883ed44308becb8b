"""How much of what may identify a patient is found, how much is marked for nothing, and how long texts take."""

import csv
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.timing import Comparison, compare, median_seconds, shown
from campaigns.engine.patient_guard import findings

#: Sentences written for this, with the kinds that a reader finds in them. `tuned` were looked at while the words and
#: patterns were chosen; `held_out` never were, and they alone say how well it works on other people's letters.
SENTENCES = Path(__file__).parent / "data" / "patient_information.tsv"
TUNED, HELD_OUT = "tuned", "held_out"
LETTER = 10_000
#: Repeated, each begins as many rules as it can and lets few of them end.
HOSTILE = (
    *(
        "a",
        "A ",
        "1 ",
        "1",
        "1-",
        "1.1.",
        "at ",
        "at dot ",
        "a@",
        "a@b ",
        "a.",
        "\n",
        ". ",
        "’",
        "ﷺ",
        "e\N{COMBINING ACUTE ACCENT}",
    ),
    *("March 14 ", "3/14/2024 admitted bill ", "Ana 1/1/24 ", "Maria Lopez 3/14/24, ", "9 de marzo admitted "),
    *("the only person a ", "the only patient who in our town ", "town of ", "ALS town of 5 ", "my patient Maria "),
    *("calle a ", "calle 1 a ", "1 de la calle ", "12 A B C ", "12 A street ", "12 a b c d street ", "lives at 1 "),
    *("MRN ", "record number ", "record no 1 ", "number 1 march ", "call 1234567 ", "Maria de la ", "she is 90 "),
    *("ninety ", "noventa y "),
)


@dataclass(frozen=True, slots=True)
class Labelled:
    part: str
    language: str
    kinds: frozenset[str]
    text: str


@dataclass(slots=True)
class Score:
    """Of kinds in sentences: rightly found, found where there are none, and missed."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def precision(self, kind: str = "") -> float:
        return _share(_of(self.right, kind), _of(self.wrong, kind))

    def recall(self, kind: str = "") -> float:
        return _share(_of(self.right, kind), _of(self.missed, kind))

    def line(self, name: str, kind: str = "") -> str:
        right, wrong, missed = (_of(counter, kind) for counter in (self.right, self.wrong, self.missed))
        return (
            f"    {name:<28} precision {self.precision(kind):.3f}   recall {self.recall(kind):.3f}"
            f"   ({right} found, {wrong} for nothing, {missed} missed)"
        )


def labelled(path: Path = SENTENCES) -> list[Labelled]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Labelled(row["part"], row["language"], frozenset(filter(None, row["kinds"].split(","))), row["text"])
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def score(sentences: Iterable[Labelled]) -> Score:
    found = Score()
    for sentence in sentences:
        kinds = {finding.kind.value for finding in findings(sentence.text)}
        found.right.update(kinds & sentence.kinds)
        found.wrong.update(kinds - sentence.kinds)
        found.missed.update(sentence.kinds - kinds)
    return found


def report() -> Iterator[str]:
    """Line by line."""
    sentences = labelled()
    held_out = [sentence for sentence in sentences if sentence.part == HELD_OUT]
    overall = score(held_out)
    yield f"What may identify a patient, in {len(held_out)} sentences that no rule was made by"
    yield overall.line("all")
    for language, name in (("en", "English"), ("es", "Spanish")):
        yield score(sentence for sentence in held_out if sentence.language == language).line(name)
    for kind in sorted({*overall.right, *overall.missed, *overall.wrong}):
        yield overall.line(kind, kind)
    tuned = [sentence for sentence in sentences if sentence.part == TUNED]
    yield score(tuned).line(f"the {len(tuned)} it was made by")
    yield str(time_of_a_letter(sentences))
    yield from growth()


def growth() -> Iterator[str]:
    """What ten times as much takes of a text that was made to take long: ten times as long, where work is linear."""
    times = {piece: [_of_hostile(piece, length) for length in (LETTER // 10, LETTER)] for piece in HOSTILE}
    slowest = max(times, key=lambda piece: times[piece][1])
    steepest = max(times, key=lambda piece: times[piece][1] / times[piece][0])
    yield f"{len(HOSTILE)} hostile texts of {LETTER:,} characters: {shown(times[slowest][1])} at most ({slowest!r})"
    yield (
        f"    {times[steepest][1] / times[steepest][0]:.1f} × a tenth of the text at most ({steepest!r});"
        f" {statistics.median(long / short for short, long in times.values()):.1f} × in the median"
    )


def _of_hostile(piece: str, length: int) -> float:
    text = (piece * (length // len(piece) + 1))[:length]
    return median_seconds([lambda: findings(text)], rounds=3)[0]


def time_of_a_letter(sentences: Iterable[Labelled]) -> Comparison:
    """A letter of nothing but sentences like these: few letters hold so much of what is looked for."""
    text = " ".join(sentence.text for sentence in sentences)[:LETTER]
    words = re.compile(r"\w+")
    return compare(
        f"A letter of {LETTER:,} characters",
        unit="a letter",
        ours=lambda: findings(text),
        peer=lambda: sum(1 for _word in words.finditer(text)),
        peer_name="counting its words",
        work=1,
    )


def _of(counter: Counter[str], kind: str) -> int:
    return counter[kind] if kind else counter.total()


def _share(right: int, others: int) -> float:
    return right / (right + others) if right + others else 1.0


if __name__ == "__main__":
    print("\n".join(report()), flush=True)
