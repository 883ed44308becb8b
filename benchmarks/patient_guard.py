"""How much of what may identify a patient is found, how much is marked for nothing, and how long a letter takes."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.timing import Comparison, compare
from campaigns.engine.patient_guard import findings

#: Sentences written for this, with the kinds that a reader finds in them. `tuned` were looked at while the words and
#: patterns were chosen; `held_out` never were, and they alone say how well it works on other people's letters.
SENTENCES = Path(__file__).parent / "data" / "patient_information.tsv"
TUNED, HELD_OUT = "tuned", "held_out"
LETTER = 10_000


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
