"""From an address to the letters on offer: who represents it, who is in doubt, what each letter says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import override

from campaigns.engine.actions import ActionTerms, Answers, Offer, digest
from campaigns.engine.composing import ComposedLetter, Occasion, compose
from campaigns.engine.targeting import ByAddress, ChosenOfficial, OfficialFacts, Target, chambers_by_address, select
from campaigns.engine.tokens import Finding
from campaigns.selectors import officials
from legislators.engine.resolution import Certainty, PostalAddress, Representation, Resolution
from legislators.services import resolution as legislators_resolution

#: What the choosing step sends for "none of these, or I do not know".
DO_NOT_KNOW = "unknown"


class NothingChosen(Exception):
    """The person left chambers without an answer, or answered with what was not offered."""

    def __init__(self, chambers: Iterable[str]) -> None:
        self.chambers = tuple(chambers)
        super().__init__(", ".join(self.chambers))


@dataclass(frozen=True, slots=True)
class Candidate:
    """One district to choose, with who sits for it."""

    division_ocd_id: str
    district: str
    officials: tuple[OfficialFacts, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One chamber in doubt."""

    chamber: str
    chamber_name: str
    candidates: tuple[Candidate, ...]


def look_up(*, terms: ActionTerms, address: PostalAddress) -> Finding:
    """Asks who represents an address; what is in doubt is kept for the person to choose from.

    Never fails for an address: what is wrong with it stands in `problems`.
    """
    chambers = chambers_by_address(terms.rules)
    if not chambers:
        return Finding(certainty="")
    resolution = legislators_resolution.resolve_address(address=address)
    candidates = {
        chamber: tuple(item.division_ocd_id for item in resolution.candidates if item.chamber == chamber)
        for chamber in chambers
    }
    return Finding(
        certainty=resolution.certainty.value,
        state=resolution.state,
        settled=tuple(dict.fromkeys(item.division_ocd_id for item in resolution.representations)),
        candidates=tuple((chamber, ids) for chamber, ids in candidates.items() if ids),
        problems=tuple(problem.value for problem in resolution.problems),
    )


def is_dead_end(*, terms: ActionTerms, finding: Finding) -> bool:
    """Whether nobody could get a letter from this address: no district, and none to choose from."""
    is_only_by_address = all(isinstance(rule, ByAddress) for rule in terms.rules)
    if not terms.rules or not is_only_by_address or finding.candidates:
        return False
    chambers = chambers_by_address(terms.rules)
    settled = {item.chamber for item in _resolution(finding).representations}
    return settled.isdisjoint(chambers)


def questions(finding: Finding) -> tuple[Question, ...]:
    """What the person must choose, chamber by chamber, with names, parties and districts."""
    ids = [ocd_id for _chamber, group in finding.candidates for ocd_id in group]
    if not ids:
        return ()
    seats = legislators_resolution.resolve_divisions(ocd_ids=ids).representations
    people = officials.facts({number for seat in seats for number in seat.official_ids})
    return tuple(
        Question(
            chamber=chamber,
            chamber_name=officials.chamber_name(chamber),
            candidates=tuple(
                _candidate(seat, people) for seat in seats if seat.chamber == chamber and seat.division_ocd_id in group
            ),
        )
        for chamber, group in finding.candidates
    )


def choose(finding: Finding, *, chosen: Mapping[str, str]) -> Finding:
    """The finding with the person's choices.

    :param chosen: by chamber, an OCD id among its candidates or `DO_NOT_KNOW`.
    :raises NothingChosen: naming each chamber that has no such answer.
    """
    missing = [chamber for chamber, group in finding.candidates if chosen.get(chamber, "") not in {*group, DO_NOT_KNOW}]
    if missing:
        raise NothingChosen(missing)
    picked = {chamber: chosen[chamber] for chamber, _group in finding.candidates}
    return replace(
        finding,
        certainty=Certainty.CHOSEN.value if set(picked.values()) != {DO_NOT_KNOW} else finding.certainty,
        settled=(*finding.settled, *(ocd_id for ocd_id in picked.values() if ocd_id != DO_NOT_KNOW)),
        candidates=(),
        not_chosen=tuple(chamber for chamber, ocd_id in picked.items() if ocd_id == DO_NOT_KNOW),
    )


def offer(*, terms: ActionTerms, answers: Answers, finding: Finding) -> Offer:
    """The letters as they would go, one for each legislator or recipient, and who gets none."""
    resolution = _resolution(finding)
    ids = {number for seat in resolution.representations for number in seat.official_ids}
    ids |= {rule.official_id for rule in terms.rules if isinstance(rule, ChosenOfficial)}
    selection = select(
        terms.rules, resolution=resolution, officials=officials.facts(ids), not_chosen=finding.not_chosen
    )
    letters = tuple(_compose(terms, answers, target) for target in selection.targets)
    marked = replace(finding, offer=digest(letters, is_locked=terms.template.is_locked))
    return Offer(letters=letters, unwritten=selection.unwritten, finding=marked)


def _resolution(finding: Finding) -> Resolution:
    if not finding.settled:
        certainty = Certainty(finding.certainty) if finding.certainty else Certainty.NONE
        return Resolution(certainty=certainty, state=finding.state)
    found = legislators_resolution.resolve_divisions(ocd_ids=finding.settled)
    return replace(found, certainty=Certainty(finding.certainty), state=found.state or finding.state)


def _candidate(seat: Representation, people: Mapping[int, OfficialFacts]) -> Candidate:
    sitting = tuple(people[number] for number in seat.official_ids if number in people)
    return Candidate(seat.division_ocd_id, seat.division_name, sitting)


def _compose(terms: ActionTerms, answers: Answers, target: Target) -> ComposedLetter:
    occasion = Occasion(campaign=terms.letter_campaign_title, society=terms.society, answers=answers.texts)
    with override(terms.letter_language):
        words = officials.chamber_words(target)
    return compose(terms.template, constituent=answers.constituent, target=target, occasion=occasion, words=words)
