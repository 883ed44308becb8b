"""Sends an editor the letters of a form as they would go, to the editor's own address and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from campaigns.engine.actions import ActionTerms, Answers
from campaigns.engine.addresses import AddressKind, StatedAddress
from campaigns.engine.composing import ComposedLetter, Constituent
from campaigns.engine.targeting import chambers_by_address
from campaigns.engine.tokens import Finding
from campaigns.services import actions, routing
from delivery.adapters import mail
from delivery.engine import addressing
from delivery.engine.drafts import MessageDraft
from delivery.records.messages import OutboxMessage
from delivery.services import outbox
from legislators.engine.resolution import Certainty, PostalAddress
from legislators.selectors import seats

#: Presses of the button by one editor in an hour.
MOST_IN_AN_HOUR = 10
#: A form may write to forty officials; what differs between them is their names.
MOST_LETTERS = 5


class NoAddress(Exception):
    """The editor's account has no e-mail address that mail can be sent to."""


class TooManyTests(Exception):
    """The editor has asked for `MOST_IN_AN_HOUR` tests within this hour."""


class NothingToTest(Exception):
    """The form writes to nobody, or nobody whom it writes to is known."""


@dataclass(frozen=True, slots=True)
class SentTest:
    recipient: str
    #: An `OutboxMessage.Channel` value: how the real letter would go.
    channel: str


@dataclass(frozen=True, slots=True)
class Tested:
    address: str
    letters: tuple[SentTest, ...]
    #: Letters of this form that were left out, for there are so many.
    left_out: int
    #: Mail does not leave this machine: the tests are files.
    is_captured: bool


def samples(*, terms: ActionTerms, texts: Mapping[str, str]) -> tuple[ComposedLetter, ...]:
    """The letters of an invented person to people who sit in each chamber that the form writes to.

    :param texts: what stands for the answers, by storage key.
    """
    finding, state = _finding(terms)
    answers = Answers(constituent=_somebody(state), form_data={}, texts=texts)
    offer = actions.offer(terms=terms, answers=answers, finding=finding)
    return routing.route(terms=terms, answers=answers, finding=offer.finding, letters=offer.letters)


@transaction.atomic
def send(*, terms: ActionTerms, texts: Mapping[str, str], editor_id: int, editor_email: str) -> Tested:
    """Queues the sample letters for the editor, as mail that is no letter: nothing paces, holds or counts it.

    :param texts: as `samples` takes them.
    :raises NoAddress: the account has no address, or none that mail can be sent to.
    :raises TooManyTests: within an hour.
    :raises NothingToTest: there is no letter.
    """
    if not addressing.is_usable(editor_email):
        raise NoAddress
    letters = samples(terms=terms, texts=texts)
    if not letters:
        raise NothingToTest
    place = _free_place(editor_id)
    chosen = letters[:MOST_LETTERS]
    outbox.enqueue(
        drafts=[_draft(terms, letter, editor_email, f"{place}:{number}") for number, letter in enumerate(chosen)]
    )
    return Tested(
        address=editor_email,
        letters=tuple(SentTest(letter.target.name, letter.channel) for letter in chosen),
        left_out=len(letters) - len(chosen),
        is_captured=not mail.is_sending(),
    )


def _free_place(editor_id: int) -> str:
    """The first key of this hour that is not taken; the keys being unique, no two presses get the same."""
    hour = timezone.now().strftime("%Y%m%d%H")
    places = [f"test:{editor_id}:{hour}:{number}" for number in range(MOST_IN_AN_HOUR)]
    first_letters = {f"{place}:0": place for place in places}
    taken = set(OutboxMessage.objects.filter(dedupe_key__in=first_letters).values_list("dedupe_key", flat=True))
    free = [place for key, place in first_letters.items() if key not in taken]
    if not free:
        raise TooManyTests
    return free[0]


def _finding(terms: ActionTerms) -> tuple[Finding, str]:
    """Districts in which somebody sits now, one for each chamber that an address leads to."""
    settled: list[str] = []
    state = ""
    for chamber in chambers_by_address(terms.rules):
        sitting = seats.current_terms().filter(chamber=chamber).select_related("division__jurisdiction")
        # The state of the first, so that one person could have all of these legislators.
        term = (sitting.filter(division__jurisdiction__code=state).first() if state else None) or sitting.first()
        if term is not None:
            settled.append(term.division.ocd_id)
            state = state or (term.division.jurisdiction.code if term.division.jurisdiction else "")
    return Finding(certainty=Certainty.CHOSEN.value, settled=tuple(settled), state=state), state


def _somebody(state: str) -> Constituent:
    address = PostalAddress(street="1 Sample Street", city="Sampleton", state=state, zip_code="00000")
    return Constituent(
        given_name="Sam",
        family_name="Sample",
        title="Dr.",
        # Reserved so that it is nobody's (RFC 2606).
        email="sam.sample@test.example",
        addresses=(StatedAddress(kind=AddressKind.HOME, address=address),),
    )


def _draft(terms: ActionTerms, letter: ComposedLetter, editor_email: str, key: str) -> MessageDraft:
    with override(terms.letter_language):
        subject = f"[{gettext('TEST')}] {letter.subject}"
    return MessageDraft(
        dedupe_key=key,
        stream=OutboxMessage.Stream.RECEIPT,
        recipient_name=letter.target.name,
        recipient_address=editor_email,
        sender_name=_somebody("").full_name,
        # An answer to a test goes to who asked for it.
        reply_to_address=editor_email,
        subject=subject,
        body=letter.text,
        language=terms.letter_language,
    )
