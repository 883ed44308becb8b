"""What an action page asks and what a person answered, as plain values that services work with."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from advocates.engine.people import Consent
from campaigns.engine.audiences import LetterTexts
from campaigns.engine.composing import ComposedLetter, Constituent
from campaigns.engine.congress import CongressTerms
from campaigns.engine.fields import FieldSpec, Json
from campaigns.engine.guidance import Guidance
from campaigns.engine.kinds import LETTER, KindTerms
from campaigns.engine.targeting import Rule, Unwritten
from campaigns.engine.tokens import Finding

#: The purpose of the consent box under which it is noted that an office answered.
RECORDING_REPLIES = "record_reply"


@dataclass(frozen=True, slots=True)
class ActionTerms:
    """An action page in one language."""

    page_id: int
    #: The same for every language of the page, as is `campaign_key`.
    page_key: uuid.UUID
    page_title: str
    campaign_key: uuid.UUID
    campaign_title: str
    society: str
    language: str
    #: Of the letter, which a translator may have left as it was.
    letter_language: str
    #: The campaign as the letter names it.
    letter_campaign_title: str
    rules: tuple[Rule, ...] = ()
    texts: LetterTexts = LetterTexts()
    #: What is asked before the letters are read; empty where nothing is.
    guidance: Guidance = Guidance()
    congress: CongressTerms = CongressTerms()
    #: Which letters the staff read first: an `ActionPage.Moderation` value.
    moderation: str = "none"
    #: Where the form is shown, where not on its own page: `Surface.via`.
    via: str = ""
    #: What the page asks people to do, in order.
    kinds: tuple[KindTerms, ...] = (KindTerms(LETTER, LETTER),)

    @property
    def writes_letters(self) -> bool:
        return bool(self.rules) and any(kind.kind == LETTER for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Answers:
    """A form that was filled in well."""

    constituent: Constituent
    #: By storage key, as are the texts that a person reads.
    form_data: Mapping[str, Json]
    #: In the language of the letter.
    texts: Mapping[str, str]
    consents: tuple[Consent, ...] = ()
    #: A `campaigns.engine.roles.Role` value, or nothing where the form does not ask.
    role: str = ""
    #: The form as it was shown: every field, also those that the answers left out.
    form: tuple[FieldSpec, ...] = ()

    @property
    def may_record_reply(self) -> bool:
        """Whether the person ticked a box for it: without one, an answer is passed on and nothing is kept of it."""
        return any(consent.is_granted and consent.purpose == RECORDING_REPLIES for consent in self.consents)


@dataclass(frozen=True, slots=True)
class Offer:
    """The letters that a person is shown before anything is stored."""

    letters: tuple[ComposedLetter, ...]
    unwritten: tuple[Unwritten, ...]
    #: Carries the digest of what is offered.
    finding: Finding


def digest(letters: Sequence[ComposedLetter], *, is_locked: bool) -> str:
    """Tells whether the same letters are on offer and go the same way as was said.

    The words count only where the person cannot change them.
    """
    parts = [f"{letter.target.key} {letter.target.address_kind or ''} {letter.channel}" for letter in letters]
    if is_locked:
        parts += [part for letter in letters for part in (letter.subject, letter.body)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def input_key(target_key: str) -> str:
    """A name for a target that is safe in the `name` and `id` of an input."""
    return hashlib.sha256(target_key.encode()).hexdigest()[:12]
