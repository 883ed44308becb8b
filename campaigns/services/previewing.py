"""What would come of a form, without anything being stored or sent: the letters, and what other actions would say."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile

from django.db import transaction

from campaigns.engine.actions import ActionTerms, Answers
from campaigns.engine.addresses import StatedAddress
from campaigns.engine.audiences import Condition, LetterText, Reader, choose, missing
from campaigns.engine.composing import ComposedLetter, LetterTemplate
from campaigns.engine.marking import Part, fields_of, inserted, parts
from campaigns.engine.merging import TALKING_POINTS, with_points
from campaigns.engine.posts import HANDLE_FIELD
from campaigns.engine.targeting import Target, Unwritten, WhyNot
from campaigns.engine.tokens import Finding
from campaigns.records.submissions import Submission
from campaigns.records.taken_actions import Outreach
from campaigns.selectors import audiences, handles
from campaigns.services import actions, submissions
from campaigns.services.addressed_texts import values_for
from campaigns.services.kinds.base import Accepted
from campaigns.services.kinds.social import called
from legislators.engine.resolution import Certainty
from legislators.selectors import seats, states
from legislators.services.answers import forgetful

#: Marks what the person wrote themselves, where merge fields have their names.
OWN_WORDS = "own_words"
#: Kinds that give the person something to say: which of the editor's texts it is made of; "" for one by its own name.
TEMPLATES = {"call": "", "social": "text"}


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A text above the one that is used, and what it asks for and is not so."""

    text: LetterText
    missing: frozenset[Condition]


@dataclass(frozen=True, slots=True)
class SeenLetter:
    letter: ComposedLetter
    #: Which of the page's texts it is made of, and those that come before it in the editor's order.
    text: LetterText
    passed_over: tuple[PassedOver, ...]
    #: What was known of the office when the text was chosen.
    reader: Reader
    subject: tuple[Part, ...]
    #: With the person's own words below the salutation, marked as `OWN_WORDS`.
    body: tuple[Part, ...]
    #: Merge fields of the text and what they became, and those for which there was nothing.
    filled: tuple[tuple[str, str], ...]
    empty: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What a person would be given to say to somebody, besides letters."""

    block_id: str
    who: str
    #: "script", "voicemail" or the key of a network.
    name: str
    text: str
    parts: tuple[Part, ...]
    language: str


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


def preview(
    *,
    terms: ActionTerms,
    answers: Answers,
    finding: Finding,
    letters: Sequence[ComposedLetter],
    official_id: int | None = None,
) -> Preview:
    """What of the letters comes from where, and what calls and posts would say.

    :param letters: as the person would read them before they are sent.
    :param official_id: where only what goes to this official is asked for.
    """
    selection = actions.select_targets(terms=terms, finding=finding)
    targets = [one for one in selection.targets if official_id is None or one.official_id == official_id]
    keys = {one.key for one in targets}
    seen = _letters(terms, answers, [letter for letter in letters if letter.target.key in keys])
    # Of a district nobody chose nothing is missing; and of what the visitor is asked first, nobody can say who gets it.
    missing = selection.unwritten if official_id is None else ()
    unwritten = tuple(one for one in missing if not (finding.is_in_doubt and one.why is WhyNot.NOT_FOUND))
    return Preview(finding, seen, tuple(targets), unwritten, _said(terms, answers, finding, tuple(targets)))


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


def _letters(terms: ActionTerms, answers: Answers, letters: Sequence[ComposedLetter]) -> tuple[SeenLetter, ...]:
    readers = audiences.readers(
        campaign_key=terms.campaign_key,
        targets=[letter.target for letter in letters],
        conditions=terms.texts.conditions,
    )
    return tuple(_seen(terms, answers, letter, readers[letter.target.key]) for letter in letters)


def _seen(terms: ActionTerms, answers: Answers, letter: ComposedLetter, reader: Reader) -> SeenLetter:
    text = choose(terms.texts, reader=reader, role=answers.role)
    values = actions.values_of(terms, answers, letter.target)
    template = letter.template
    words = _with_points(template)
    body = parts(letter.body, words, values)
    if letter.own_words:
        body = inserted(body, Part(letter.own_words, OWN_WORDS), after=len(letter.salutation))
    named = fields_of(f"{template.subject}\n{words}")
    return SeenLetter(
        letter=letter,
        text=text,
        passed_over=_passed_over(terms, text, reader, answers.role),
        reader=reader,
        subject=parts(letter.subject, template.subject, values),
        body=body,
        filled=tuple((name, values[name]) for name in named if values.get(name)),
        empty=tuple(name for name in named if not values.get(name)),
    )


def _with_points(template: LetterTemplate) -> str:
    """The points stand where the editor said, else at the end."""
    if TALKING_POINTS in template.body:
        return with_points(template.body, template.points)
    return "\n\n".join((template.body, *template.points))


def _passed_over(terms: ActionTerms, text: LetterText, reader: Reader, role: str) -> tuple[PassedOver, ...]:
    before = takewhile(lambda other: other is not text, terms.texts.variants)
    return tuple(PassedOver(other, missing(other.audience, reader=reader, role=role)) for other in before)


def _said(terms: ActionTerms, answers: Answers, finding: Finding, targets: tuple[Target, ...]) -> tuple[Said, ...]:
    """Read from what would be stored, so that it is what the person would be given, word for word."""
    if not any(kind.kind in TEMPLATES for kind in terms.kinds):
        return ()
    by_key = {target.key: target for target in targets}
    with as_if_recorded(terms=terms, answers=answers, finding=finding, targets=targets) as submission:
        accepted = Accepted(submission, terms, answers, targets)
        rows = Outreach.objects.filter(taken_action__submission=submission).order_by("taken_action__position", "pk")
        return tuple(
            _marked(accepted, row, by_key[row.target_key], name, text)
            for row in rows.select_related("taken_action")
            for name, text in row.texts.items()
            if text
        )


def _marked(accepted: Accepted, row: Outreach, target: Target, name: str, text: str) -> Said:
    taken = row.taken_action
    language = str(taken.terms.get("language") or accepted.terms.language)
    template = str(taken.terms.get(TEMPLATES[taken.kind] or name) or "")
    values = values_for(accepted, target, language=language)
    if taken.kind == "social":
        accounts = handles.of_officials([target.official_id] if target.official_id else [])
        values[HANDLE_FIELD] = called(target, name, accounts.get(target.official_id or 0, {}))
    return Said(taken.block_id, row.recipient_name, name, text, parts(text, template, values), language)
