"""From an address to the letters on offer: who represents it, who is in doubt, what each letter says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import override

from campaigns.engine.actions import ActionTerms, Answers, Offer, digest
from campaigns.engine.addresses import AddressKind, StatedAddress, is_same_place
from campaigns.engine.composing import ComposedLetter, Occasion, compose
from campaigns.engine.targeting import (
    ByAddress,
    ChosenOfficial,
    OfficialFacts,
    Standing,
    Target,
    chambers_by_address,
    select,
)
from campaigns.engine.tokens import Finding
from campaigns.selectors import addresses as address_words
from campaigns.selectors import officials
from legislators.engine.resolution import Certainty, Representation, Resolution
from legislators.services import resolution as legislators_resolution

#: What the choosing step sends for "none of these, or I do not know".
DO_NOT_KNOW = "unknown"


class NothingChosen(Exception):
    """The person left questions without an answer, or answered with what was not offered."""

    def __init__(self, keys: Iterable[str]) -> None:
        #: Of the questions: see `question_key`.
        self.keys = tuple(keys)
        super().__init__(", ".join(self.keys))


@dataclass(frozen=True, slots=True)
class Candidate:
    """One district to choose, with who sits for it."""

    division_ocd_id: str
    district: str
    officials: tuple[OfficialFacts, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One chamber in doubt, of one address."""

    #: See `question_key`.
    key: str
    chamber: str
    #: The chamber; where the person gave two addresses, that of which it is.
    label: str
    candidates: tuple[Candidate, ...]


def look_up(*, terms: ActionTerms, addresses: Sequence[StatedAddress]) -> Finding:
    """Asks who represents each address; what is in doubt is kept for the person to choose from.

    Never fails for an address: what is wrong with it stands in `problems`.

    :param addresses: of one person, as `campaigns.engine.addresses.in_order` gives them. Where both are the same
        place, the second adds nothing and is not asked about.
    """
    chambers = chambers_by_address(terms.rules)
    if not chambers:
        return Finding(certainty="")
    first, *others = addresses or [StatedAddress()]
    apart = [stated for stated in others if not is_same_place(stated.address, first.address)]
    second = _look_up(chambers, apart[0]) if apart else None
    return replace(_look_up(chambers, first), second=second)


def _look_up(chambers: Sequence[str], stated: StatedAddress) -> Finding:
    resolution = legislators_resolution.resolve_address(address=stated.address)
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
        kind=stated.kind,
    )


def is_dead_end(*, terms: ActionTerms, finding: Finding) -> bool:
    """Whether nobody could get a letter from these addresses: no district, and none to choose from."""
    is_only_by_address = all(isinstance(rule, ByAddress) for rule in terms.rules)
    if not terms.rules or not is_only_by_address:
        return False
    return all(leads_nowhere(terms=terms, part=part) for part in finding.parts)


def leads_nowhere(*, terms: ActionTerms, part: Finding) -> bool:
    """Whether one address gives no district that this form writes to, and none to choose from."""
    if part.candidates:
        return False
    settled = {item.chamber for item in _resolution(part).representations}
    return settled.isdisjoint(chambers_by_address(terms.rules))


def question_key(part: Finding, chamber: str) -> str:
    """A question's name among those about both addresses: of the home it is the chamber's."""
    return chamber if part.kind is AddressKind.HOME else f"{part.kind}-{chamber}"


def questions(finding: Finding) -> tuple[Question, ...]:
    """What the person must choose, address by address and chamber by chamber, with names, parties and districts."""
    ids = [ocd_id for part in finding.parts for _chamber, group in part.candidates for ocd_id in group]
    if not ids:
        return ()
    seats = legislators_resolution.resolve_divisions(ocd_ids=ids).representations
    people = officials.facts({number for seat in seats for number in seat.official_ids})
    return tuple(
        Question(
            key=question_key(part, chamber),
            chamber=chamber,
            label=_question_label(finding, part, chamber),
            candidates=tuple(
                _candidate(seat, people) for seat in seats if seat.chamber == chamber and seat.division_ocd_id in group
            ),
        )
        for part in finding.parts
        for chamber, group in part.candidates
    )


def _question_label(finding: Finding, part: Finding, chamber: str) -> str:
    name = officials.chamber_name(chamber)
    return f"{address_words.your(part.kind)}: {name}" if finding.second else name


def choose(finding: Finding, *, chosen: Mapping[str, str]) -> Finding:
    """The finding with the person's choices.

    :param chosen: by `question_key`, an OCD id among the candidates or `DO_NOT_KNOW`.
    :raises NothingChosen: naming each question that has no such answer.
    """
    missing = [
        question_key(part, chamber)
        for part in finding.parts
        for chamber, group in part.candidates
        if chosen.get(question_key(part, chamber), "") not in {*group, DO_NOT_KNOW}
    ]
    if missing:
        raise NothingChosen(missing)
    second = _choose(finding.second, chosen) if finding.second else None
    return replace(_choose(finding, chosen), second=second)


def _choose(part: Finding, chosen: Mapping[str, str]) -> Finding:
    if not part.candidates:
        return part
    picked = {chamber: chosen[question_key(part, chamber)] for chamber, _group in part.candidates}
    known = [ocd_id for ocd_id in picked.values() if ocd_id != DO_NOT_KNOW]
    return replace(
        part,
        certainty=Certainty.CHOSEN.value if known else part.certainty,
        settled=(*part.settled, *known),
        candidates=(),
        not_chosen=tuple(chamber for chamber, ocd_id in picked.items() if ocd_id == DO_NOT_KNOW),
    )


def offer(*, terms: ActionTerms, answers: Answers, finding: Finding) -> Offer:
    """The letters as they would go, one for each legislator or recipient, and who gets none."""
    standings = [Standing(_resolution(part), part.kind, part.not_chosen) for part in finding.parts]
    ids = {
        number for standing in standings for seat in standing.resolution.representations for number in seat.official_ids
    }
    ids |= {rule.official_id for rule in terms.rules if isinstance(rule, ChosenOfficial)}
    selection = select(terms.rules, standings=standings, officials=officials.facts(ids))
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
        of_address = address_words.words(answers.constituent, target)
    return compose(
        terms.template,
        constituent=answers.constituent,
        target=target,
        occasion=occasion,
        words=words,
        address_words=of_address,
    )
