"""From an address to what a visitor is told and asked: used by the page that finds legislators and by its JSON."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from legislators.engine import findings
from legislators.engine.chambers import district_order
from legislators.engine.findings import Finding, FindingT
from legislators.engine.resolution import Certainty, PostalAddress, Problem, Representation, Resolution
from legislators.records.divisions import Division
from legislators.records.officials import Term
from legislators.selectors import embedding, questions, words
from legislators.selectors.questions import Question, Seat
from legislators.selectors.seats import CHAMBER_OF_KIND
from legislators.services import resolution

#: In the order in which they are listed: nearest to home first.
CHAMBERS: tuple[str, ...] = (
    Term.Chamber.STATE_UPPER.value,
    Term.Chamber.STATE_LOWER.value,
    Term.Chamber.US_HOUSE.value,
    Term.Chamber.US_SENATE.value,
)
_KIND_OF_CHAMBER = {chamber.value: kind for kind, chamber in CHAMBER_OF_KIND.items()}


@dataclass(frozen=True, slots=True)
class Answer:
    """All that a visitor is told about an address, in the active language."""

    certainty: str
    certainty_words: str
    source_words: str
    #: Values of `Problem`, and a sentence for each.
    problems: tuple[str, ...]
    problem_words: tuple[str, ...]
    #: Of the problems, those that `certainty_words` do not tell already.
    reasons: tuple[str, ...]
    #: A value of `NextStep`, and its words.
    next_step: str
    step_words: str
    seats: tuple[Seat, ...]
    questions: tuple[Question, ...]
    #: Districts without an outline that the address may lie in as well.
    unmapped: tuple[Seat, ...]
    #: Names of the chambers for which the person does not know their district.
    not_chosen: tuple[str, ...]

    def as_json(self, person: embedding.Person) -> dict[str, Any]:
        """For other sites: docs/embedding-legislators.md is its contract.

        :param person: writes an official.
        """
        return {
            "certainty": self.certainty,
            "certainty_words": self.certainty_words,
            "source_words": self.source_words,
            "problems": [
                {"code": code, "words": text} for code, text in zip(self.problems, self.problem_words, strict=True)
            ],
            "next_step": self.next_step,
            "next_step_words": self.step_words,
            "districts": [embedding.seat_json(seat, person) for seat in self.seats],
            "candidates": [embedding.question_json(question, person) for question in self.questions],
            "unmapped": [embedding.seat_json(seat, person) for seat in self.unmapped],
        }

    @property
    def is_empty(self) -> bool:
        """Whether there is nobody to show and nothing to choose."""
        return not self.seats and not self.questions


def look_up(*, address: PostalAddress, chambers: Sequence[str] = CHAMBERS, on: date | None = None) -> Finding:
    """Asks who represents an address; what is in doubt is kept for the person to choose from.

    Never fails for an address: what is wrong with it stands in `problems`.

    :param chambers: values of `Term.Chamber`; of others nothing is asked.
    """
    return findings.finding_of(resolution.resolve_address(address=address, on=on), chambers)


def answer(*, finding: Finding, chambers: Sequence[str] = CHAMBERS, on: date | None = None) -> Answer:
    """What a visitor is told about a finding."""
    asked = [ocd_id for _chamber, group in finding.candidates for ocd_id in group]
    in_doubt = {chamber for chamber, _group in finding.candidates}
    candidates = _seats_for(asked, on)
    settled = [
        row for row in _seats_for(finding.settled, on) if row.chamber in chambers and row.chamber not in in_doubt
    ]
    unmapped = [row for row in unmapped_seats(finding, on) if row.chamber in chambers]
    step = replace(findings.question_of(finding), candidates=tuple(candidates)).next_step
    return Answer(
        certainty=finding.certainty,
        certainty_words=words.certainty_words(finding.certainty),
        source_words=words.source_words(finding.source),
        problems=finding.problems,
        problem_words=tuple(words.sentences(finding.problems)),
        reasons=tuple(
            words.sentences(problem for problem in finding.problems if not _says(finding.certainty, problem))
        ),
        next_step=step.value,
        step_words=words.step_words(step),
        seats=questions.seats_of(sorted(settled, key=lambda row: chambers.index(row.chamber)), on),
        questions=questions.questions_about(
            finding.candidates, candidates, problems=finding.problems, point=finding.place, on=on
        ),
        unmapped=questions.seats_of(unmapped, on),
        not_chosen=tuple(questions.chamber_name(chamber, finding.settled) for chamber in finding.not_chosen),
    )


def _says(certainty: str, problem: str) -> bool:
    """Whether the words for the certainty tell of the problem."""
    told = {
        Certainty.NEAR_BOUNDARY: Problem.NEAR_BOUNDARY,
        Certainty.CONFLICT: Problem.DISTRICTS_DISAGREE,
        Certainty.OUTSIDE: Problem.OUTSIDE_COVERAGE,
    }
    return told.get(Certainty(certainty)) == problem if certainty else False


def settled_seats(finding: Finding, on: date | None = None) -> tuple[Representation, ...]:
    """Who sits for the settled divisions."""
    return tuple(_seats_for(finding.settled, on))


def unmapped_seats(finding: Finding, on: date | None = None) -> tuple[Representation, ...]:
    """Who sits for the districts without an outline that may be the person's as well, chosen or looked up."""
    over = resolution.resolve_divisions(ocd_ids=finding.settled, on=on).unmapped if finding.settled else ()
    rows = {row.division_ocd_id: row for row in (*_seats_for(finding.unmapped, on), *over)}
    return tuple(row for ocd_id, row in rows.items() if ocd_id not in finding.settled)


def reopen(*, finding: FindingT, chamber: str) -> FindingT:
    """The finding with all of a chamber's districts to choose from; unchanged where the chamber has none.

    :param chamber: a value of `Term.Chamber`.
    """
    ocd_ids = districts_of(state=finding.state, chamber=chamber)
    return findings.reopen(finding, chamber=chamber, ocd_ids=ocd_ids) if ocd_ids else finding


def districts_of(*, state: str, chamber: str) -> tuple[str, ...]:
    """OCD ids of every district of a chamber, in the order in which people look for them."""
    kind = _KIND_OF_CHAMBER.get(chamber)
    found = Division.objects.filter(jurisdiction__code=state, kind=kind).values_list("name", "ocd_id") if kind else []
    return tuple(ocd_id for _name, ocd_id in sorted(found, key=lambda row: district_order(row[0])))


def chosen(*, ocd_ids: Sequence[str], on: date | None = None) -> Finding:
    """The finding of somebody who named their districts. What is no known division is left out."""
    return findings.finding_of(resolution.resolve_divisions(ocd_ids=ocd_ids, on=on), CHAMBERS)


def _seats_for(ocd_ids: Sequence[str], on: date | None) -> Sequence[Representation]:
    found: Resolution | None = resolution.resolve_divisions(ocd_ids=ocd_ids, on=on) if ocd_ids else None
    return found.representations if found else ()
