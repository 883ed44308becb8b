"""What is done with each kind of action when a form is accepted, inside its one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from campaigns.engine.actions import ActionTerms, Answers
from campaigns.engine.kinds import LETTER, KindTerms
from campaigns.engine.targeting import Target
from campaigns.records.submissions import Submission
from campaigns.records.taken_actions import TakenAction


@dataclass(frozen=True, slots=True)
class Accepted:
    """A form that is being stored, as a kind of action sees it."""

    submission: Submission
    terms: ActionTerms
    answers: Answers
    #: Whom the page addresses for this person; empty where it addresses nobody.
    targets: tuple[Target, ...]


Recorder = Callable[[TakenAction, KindTerms, Accepted], None]

#: By the name of the kind; a kind without one leaves nothing but its row.
RECORDERS: dict[str, Recorder] = {}


def recorder(kind: str) -> Callable[[Recorder], Recorder]:
    """Registers what stores a kind of action. It may raise nothing for what a person can answer."""

    def register(function: Recorder) -> Recorder:
        RECORDERS[kind] = function
        return function

    return register


def record(accepted: Accepted) -> Sequence[TakenAction]:
    """Writes what the page asked besides letters, which have rows of their own."""
    written = []
    for position, kind in enumerate(accepted.terms.kinds):
        if kind.kind == LETTER:
            continue
        taken = TakenAction.objects.create(
            submission=accepted.submission,
            kind=kind.kind,
            block_id=kind.block_id,
            position=position,
            terms={**kind.settings, "language": kind.language or accepted.terms.language},
        )
        if kind.kind in RECORDERS:
            RECORDERS[kind.kind](taken, kind, accepted)
        written.append(taken)
    return written
