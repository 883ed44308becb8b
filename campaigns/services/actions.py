"""From an address to the letters on offer: who represents it, who is in doubt, what each letter says."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace

from django.utils.translation import override

from campaigns.engine.actions import ActionTerms, Answers, Offer, digest
from campaigns.engine.addresses import AddressKind, StatedAddress, is_same_place
from campaigns.engine.audiences import LetterText
from campaigns.engine.audiences import choose as choose_text
from campaigns.engine.composing import ComposedLetter, LetterTemplate, Occasion, compose, merge_values
from campaigns.engine.guidance import TalkingPoint
from campaigns.engine.merging import TALKING_POINTS, merge
from campaigns.engine.targeting import (
    ByAddress,
    ChosenOfficial,
    Selection,
    Standing,
    Target,
    chambers_by_address,
    select,
)
from campaigns.engine.texts import clean
from campaigns.engine.tokens import Finding, lot
from campaigns.selectors import addresses as address_words
from campaigns.selectors import audiences, letter_words, officials
from legislators.engine import findings
from legislators.engine.findings import DO_NOT_KNOW
from legislators.engine.resolution import Certainty, Representation, Resolution
from legislators.selectors.questions import Question, questions_about
from legislators.services import findings as legislators_findings
from legislators.services import resolution as legislators_resolution


class NothingChosen(Exception):
    """The person left questions without an answer, or answered with what was not offered."""

    def __init__(self, keys: Iterable[str]) -> None:
        #: Of the questions: see `question_key`.
        self.keys = tuple(keys)
        super().__init__(", ".join(self.keys))


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
    found = findings.finding_of(resolution, chambers)
    return Finding(**{each.name: getattr(found, each.name) for each in fields(found)}, kind=stated.kind)


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
    """What the person must choose, address by address and chamber by chamber, with names, photos and maps."""
    ids = [ocd_id for part in finding.parts for _chamber, group in part.candidates for ocd_id in group]
    if not ids:
        return ()
    seats = legislators_resolution.resolve_divisions(ocd_ids=ids).representations
    return tuple(
        replace(question, key=question_key(part, question.chamber), label=_question_label(finding, part, question))
        for part in finding.parts
        for question in questions_about(part.candidates, seats, problems=part.problems, point=part.place)
    )


def _question_label(finding: Finding, part: Finding, question: Question) -> str:
    return f"{address_words.your(part.kind)}: {question.label}" if finding.second else question.label


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
    of_part = {chamber: chosen[question_key(part, chamber)] for chamber, _group in part.candidates}
    return findings.choose(part, chosen=of_part) if part.candidates else part


def reopen(finding: Finding, *, seat: Representation) -> Finding:
    """The finding with a chamber in doubt again for each address of which the seat is, and all of its districts."""
    second = _reopen(finding.second, seat) if finding.second else None
    return replace(_reopen(finding, seat), second=second)


def _reopen(part: Finding, seat: Representation) -> Finding:
    is_of_part = seat.division_ocd_id in part.settled
    return legislators_findings.reopen(finding=part, chamber=seat.chamber) if is_of_part else part


def doubtful_seats(*, terms: ActionTerms, finding: Finding) -> list[Representation]:
    """The seats that an address led to, of which the person may say that they are not theirs."""
    chambers = chambers_by_address(terms.rules)
    seats = [seat for part in finding.parts for seat in legislators_findings.settled_seats(part)]
    return [seat for seat in seats if seat.chamber in chambers]


def unmapped_seats(*, terms: ActionTerms, finding: Finding) -> list[Representation]:
    """Seats that may be the person's as well, and that no letter goes to: nobody publishes their outlines."""
    chambers = chambers_by_address(terms.rules)
    rows = {seat.division_ocd_id: seat for part in finding.parts for seat in legislators_findings.unmapped_seats(part)}
    settled = {ocd_id for part in finding.parts for ocd_id in part.settled}
    return [seat for ocd_id, seat in rows.items() if seat.chamber in chambers and ocd_id not in settled]


def select_targets(*, terms: ActionTerms, finding: Finding) -> Selection:
    """Whom the page addresses for this person, and who is left out and why."""
    standings = [Standing(_resolution(part), part.kind, part.not_chosen) for part in finding.parts]
    ids = {
        number for standing in standings for seat in standing.resolution.representations for number in seat.official_ids
    }
    ids |= {rule.official_id for rule in terms.rules if isinstance(rule, ChosenOfficial)}
    return select(terms.rules, standings=standings, officials=officials.facts(ids))


def chosen_texts(*, terms: ActionTerms, targets: Sequence[Target], role: str) -> dict[str, LetterText]:
    """Which of the page's texts each target's letter is made of, by the target's key.

    :param role: a `campaigns.engine.roles.Role` value of whoever writes, or "".
    """
    readers = audiences.readers(campaign_key=terms.campaign_key, targets=targets, conditions=terms.texts.conditions)
    return {key: choose_text(terms.texts, reader=reader, role=role) for key, reader in readers.items()}


def takes_points(text: LetterText) -> bool:
    """Whether ticked talking points go into a text: one that gives thanks asks for nothing unless it says where."""
    return not text.is_thanks or TALKING_POINTS in text.body


def talking_points(*, terms: ActionTerms, answers: Answers, finding: Finding) -> tuple[TalkingPoint, ...]:
    """The page's talking points as the first letter that takes any would have them; none where no letter does."""
    if not terms.guidance.points:
        return ()
    targets = select_targets(terms=terms, finding=finding).targets
    chosen = chosen_texts(terms=terms, targets=targets, role=answers.role)
    taking = [target for target in targets if takes_points(chosen[target.key])]
    if not taking:
        return ()
    values = values_of(terms, answers, taking[0])
    return tuple(replace(point, text=clean(merge(point.text, values))) for point in terms.guidance.points)


def offer(*, terms: ActionTerms, answers: Answers, finding: Finding, points: Collection[str] = ()) -> Offer:
    """The letters as they would go, one for each legislator or recipient, and who gets none.

    :param points: keys of the talking points that the person ticked.
    """
    selection = select_targets(terms=terms, finding=finding)
    chosen = chosen_texts(terms=terms, targets=selection.targets, role=answers.role)
    letters = tuple(
        _compose(terms, answers, target, selection.targets, chosen[target.key], terms.guidance.points_of(points))
        for target in selection.targets
    )
    marked = replace(finding, offer=digest(letters, is_locked=terms.texts.is_locked))
    return Offer(letters=letters, unwritten=selection.unwritten, finding=marked)


def _resolution(finding: Finding) -> Resolution:
    if not finding.settled:
        certainty = Certainty(finding.certainty) if finding.certainty else Certainty.NONE
        return Resolution(certainty=certainty, state=finding.state)
    found = legislators_resolution.resolve_divisions(ocd_ids=finding.settled)
    return replace(found, certainty=Certainty(finding.certainty), state=found.state or finding.state)


def values_of(terms: ActionTerms, answers: Answers, target: Target) -> dict[str, str]:
    """What every merge field of a letter to this target becomes."""
    with override(terms.letter_language):
        return merge_values(
            constituent=answers.constituent,
            target=target,
            occasion=_occasion(terms, answers),
            words=officials.chamber_words(target),
            address_words=address_words.words(answers.constituent, target),
        )


def _occasion(terms: ActionTerms, answers: Answers) -> Occasion:
    return Occasion(campaign=terms.letter_campaign_title, society=terms.society, answers=answers.texts)


def _compose(
    terms: ActionTerms,
    answers: Answers,
    target: Target,
    targets: Sequence[Target],
    text: LetterText,
    ticked: Sequence[TalkingPoint],
) -> ComposedLetter:
    others = [other.name for other in targets if other.key != target.key]
    with override(terms.letter_language):
        words = officials.chamber_words(target)
        of_address = address_words.words(answers.constituent, target)
        of_footer = letter_words.footer(society=terms.society, others=others)
    number = lot(page_key=terms.page_key, email=answers.constituent.email)
    points = tuple(ticked) if takes_points(text) else ()
    template = LetterTemplate(text.subject_for(number), text.body, tuple(point.text for point in points))
    letter = compose(
        template,
        constituent=answers.constituent,
        target=target,
        occasion=_occasion(terms, answers),
        words=words,
        address_words=of_address,
        footer_words=of_footer,
    )
    return replace(
        letter,
        text_name=text.name,
        is_thanks=text.is_thanks,
        takes_points=takes_points(text),
        point_keys=tuple(point.key for point in points),
        text_version=text.version,
    )
