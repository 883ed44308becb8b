"""Holds the outbox against the mail server's own record: what was lost, what arrived twice, what is still in doubt."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

#: A letter that arrived and was reported.
ARRIVED = "delivered"
#: A letter that was refused for good, and is told as that.
NOT_SENT = frozenset({"failed", "needs_handoff"})


@dataclass(frozen=True, slots=True)
class Verdict:
    kills: int
    letters: int
    lost: tuple[str, ...]
    twice: tuple[str, ...]
    uncertain: int
    reconciled: int
    #: What the mail server got although no row says so.
    strangers: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default_factory=tuple)

    @property
    def is_good(self) -> bool:
        return not (self.lost or self.twice or self.strangers) and self.uncertain == self.reconciled

    def line(self) -> str:
        return (
            f"faults: kills={self.kills} letters={self.letters} lost={len(self.lost)} twice={len(self.twice)} "
            f"uncertain={self.uncertain} reconciled={self.reconciled}"
        )


def judge(
    *,
    kills: int,
    committed: Collection[str],
    states: Mapping[str, str],
    ever_uncertain: Collection[str],
    taken: Sequence[str],
    refused: Collection[str],
) -> Verdict:
    """Compares; all are references, which is what the rows' ids are.

    :param committed: what the enqueuing process saw committed. A row whose commit it did not live to see counts too.
    :param states: of every row, at the end.
    :param ever_uncertain: rows that were in doubt at any time.
    :param taken: once for each time that the mail server took a message.
    :param refused: what the mail server refused for good.
    """
    times = Counter(taken)
    lost, twice, notes = [], [], []
    for reference in sorted({*states, *committed}):
        state = states.get(reference, "no row")
        if times[reference] > 1 or (state in NOT_SENT and times[reference]):
            # Whoever is told that a letter did not go sends it again.
            twice.append(reference)
        elif state in NOT_SENT:
            if reference not in refused:
                lost.append(reference)
        elif state != ARRIVED or not times[reference]:
            lost.append(reference)
        if reference in {*lost[-1:], *twice[-1:]}:
            notes.append(f"{reference}: {state}, taken {times[reference]} times")
    settled = {reference for reference in ever_uncertain if states.get(reference) in {ARRIVED, *NOT_SENT}}
    return Verdict(
        kills=kills,
        letters=len(states),
        lost=tuple(lost),
        twice=tuple(twice),
        uncertain=len(set(ever_uncertain)),
        reconciled=len(settled),
        strangers=tuple(sorted(set(times) - set(states))),
        notes=tuple(notes),
    )
