"""What would come of a form, without anything being stored or sent: the letters, and what other actions would say."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from campaigns.engine.actions import ActionTerms, Answers
from campaigns.engine.addresses import StatedAddress
from campaigns.engine.audiences import LetterText
from campaigns.engine.composing import ComposedLetter
from campaigns.engine.marking import Part, parts
from campaigns.engine.merging import with_points
from campaigns.engine.targeting import Target, Unwritten
from campaigns.engine.tokens import Finding
from campaigns.records.submissions import Submission
from campaigns.records.taken_actions import Outreach
from campaigns.services import actions, routing, submissions
from legislators.engine.resolution import Certainty
from legislators.selectors import seats, states
from legislators.services.answers import forgetful


@dataclass(frozen=True, slots=True)
class SeenLetter:
    letter: ComposedLetter
    #: Which of the page's texts it is made of.
    text: LetterText
    subject: tuple[Part, ...]
    body: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What a person would be given to say to somebody, besides letters."""

    kind: str
    who: str
    #: "script", "voicemail" or the key of a network.
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Preview:
    finding: Finding
    letters: tuple[SeenLetter, ...]
    #: Whom the page addresses for this person, also where it writes no letters.
    targets: tuple[Target, ...]
    unwritten: tuple[Unwritten, ...]
    said: tuple[Said, ...]


def finding_of_addresses(*, terms: ActionTerms, addresses: tuple[StatedAddress, ...]) -> Finding:
    """Who represents the addresses, as for a visitor; nothing of the look-up is remembered."""
    with forgetful():
        return actions.look_up(terms=terms, addresses=addresses)


def finding_of_official(official_id: int) -> Finding:
    """As if somebody of the official's own district wrote; nothing is settled for one who holds no seat."""
    term = seats.current_terms().filter(official=official_id).select_related("division").first()
    if term is None:
        return Finding(certainty=Certainty.NONE.value)
    ocd_id = term.division.ocd_id
    return Finding(certainty=Certainty.CHOSEN.value, settled=(ocd_id,), state=states.state_of_division(ocd_id))


def preview(*, terms: ActionTerms, answers: Answers, finding: Finding, official_id: int | None = None) -> Preview:
    """The letters as they would be offered and how each would go, and what calls and posts would say.

    :param official_id: where only what goes to this official is asked for.
    """
    selection = actions.select_targets(terms=terms, finding=finding)
    targets = [one for one in selection.targets if official_id is None or one.official_id == official_id]
    letters: tuple[SeenLetter, ...] = ()
    if terms.writes_letters:
        letters = _letters(terms, answers, finding, {one.key for one in targets})
    # Of a district nobody chose, nothing is missing.
    unwritten = selection.unwritten if official_id is None else ()
    return Preview(finding, letters, tuple(targets), unwritten, _said(terms, answers, finding, tuple(targets)))


@contextmanager
def as_if_recorded(
    *,
    terms: ActionTerms,
    answers: Answers,
    finding: Finding,
    letters: tuple[ComposedLetter, ...] = (),
    targets: tuple[Target, ...] = (),
    unwritten: tuple[Unwritten, ...] = (),
) -> Iterator[Submission]:
    """The submission as the real thing would store it; when the block ends, all of it is taken back.

    Nothing leaves: workers are woken when a transaction is committed, and this one never is.
    """
    with transaction.atomic():
        yield submissions.record(
            terms=terms,
            answers=answers,
            token=uuid.uuid4(),
            finding=finding,
            letters=letters,
            targets=targets,
            unwritten=unwritten,
        )
        transaction.set_rollback(True)


def _letters(terms: ActionTerms, answers: Answers, finding: Finding, keys: set[str]) -> tuple[SeenLetter, ...]:
    offer = actions.offer(terms=terms, answers=answers, finding=finding)
    wanted = [letter for letter in offer.letters if letter.target.key in keys]
    routed = routing.route(terms=terms, answers=answers, finding=offer.finding, letters=wanted)
    chosen = actions.chosen_texts(terms=terms, targets=[letter.target for letter in routed], role=answers.role)
    return tuple(_seen(terms, answers, letter, chosen[letter.target.key]) for letter in routed)


def _seen(terms: ActionTerms, answers: Answers, letter: ComposedLetter, text: LetterText) -> SeenLetter:
    values = actions.values_of(terms, answers, letter.target)
    template = letter.template
    return SeenLetter(
        letter=letter,
        text=text,
        subject=parts(letter.subject, template.subject, values),
        body=parts(letter.body, with_points(template.body, template.points), values),
    )


def _said(terms: ActionTerms, answers: Answers, finding: Finding, targets: tuple[Target, ...]) -> tuple[Said, ...]:
    if not any(kind.kind in {"call", "social"} for kind in terms.kinds):
        return ()
    with as_if_recorded(terms=terms, answers=answers, finding=finding, targets=targets) as submission:
        rows = Outreach.objects.filter(taken_action__submission=submission).order_by("taken_action__position", "pk")
        return tuple(
            Said(row.taken_action.kind, row.recipient_name, name, text)
            for row in rows.select_related("taken_action")
            for name, text in row.texts.items()
        )
