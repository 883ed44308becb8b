"""The letters of one request as the person has left them so far, and how each would go."""

from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings
from django.forms import BoundField
from django.http import QueryDict

from campaigns.engine import texts
from campaigns.engine.actions import RECORDING_REPLIES, ActionTerms, Answers, digest
from campaigns.engine.composing import ComposedLetter, with_own_words
from campaigns.engine.tokens import Finding
from campaigns.forms.guidance_form import GuidanceForm
from campaigns.forms.letter_form import LetterForm
from campaigns.forms.replies_form import PREFIX as REPLIES_PREFIX
from campaigns.forms.replies_form import RepliesForm
from campaigns.forms.sending_form import PREFIXES_OF_ALL, CongressForm, OwnWordsForm
from campaigns.services import actions, routing
from delivery.engine import routes


class WrittenLetters:
    """Every form of the page on which letters are read, bound to what came with the request."""

    def __init__(self, terms: ActionTerms, answers: Answers, finding: Finding, post: QueryDict) -> None:
        self.guidance = terms.guidance
        questions = self.guidance.questions_for(answers.role)
        self.guide = GuidanceForm(post, points=self.guidance.points, questions=questions)
        offer = actions.offer(terms=terms, answers=answers, finding=finding, points=self.guide.ticked)
        self.unwritten = offer.unwritten
        self.own_words = OwnWordsForm.of(post, answers=self.guide.words)
        is_locked = terms.texts.is_locked
        self.letter_forms = [] if is_locked else [LetterForm.of(letter, post) for letter in offer.letters]
        self.congress: CongressForm | None = None
        self._route(terms, answers, finding, self._written(offer.letters), post)
        self.own_words.known_texts = self.guide.known_texts = tuple({letter.letterhead for letter in offer.letters})
        self.replies = RepliesForm.of(post) if self._asks_about_replies(answers) else None
        self.finding = replace(finding, offer=digest(self.letters, is_locked=is_locked))

    def _route(
        self, terms: ActionTerms, answers: Answers, finding: Finding, written: Sequence[ComposedLetter], post: QueryDict
    ) -> None:
        self.letters = routing.route(terms=terms, answers=answers, finding=finding, letters=written)
        if not any(routes.CWC in letter.routes for letter in self.letters):
            return
        is_confirming = post.get("stage") == "confirm"
        self.congress = CongressForm.of(post, title=answers.constituent.title, is_confirming=is_confirming)
        if said := self.congress.answers():
            self.letters = routing.route(
                terms=terms, answers=answers, finding=finding, letters=written, to_congress=said
            )

    def _written(self, offered: Sequence[ComposedLetter]) -> list[ComposedLetter]:
        """What can go as the person wrote it, else as it was offered: an error then stands at its field."""
        letters = [form.written() if form.is_bound and form.is_valid() else form.letter for form in self.letter_forms]
        return [with_own_words(letter, self.own_words.words) for letter in letters or offered]

    def _asks_about_replies(self, answers: Answers) -> bool:
        """Only where answers come through us, and where the form itself does not ask."""
        is_asked = any(consent.purpose == RECORDING_REPLIES for consent in answers.consents)
        is_sent = any(letter.channel == routes.EMAIL for letter in self.letters)
        return bool(settings.REPLIES_DOMAIN) and is_sent and not is_asked

    def with_consent(self, answers: Answers) -> Answers:
        """The answers, and what the person said beside the letters."""
        return replace(answers, consents=(*answers.consents, self.replies.consent())) if self.replies else answers

    @property
    def has_own_text(self) -> bool:
        """Whether the person wrote on from their answers, which then no longer say what stands in the letters."""
        said = self.own_words["own_words"].value() or ""
        return not texts.is_same(said, self.guide.words)

    @property
    def own_text(self) -> list[BoundField]:
        """The controls in which the person may have told of a patient."""
        return [*self.own_words, *(bound for form in self.letter_forms if form.is_bound for bound in form)]

    @property
    def guide_text(self) -> list[BoundField]:
        """Those of them that stand where the letters are made: the text of the person's own, else the questions."""
        return self.guide.questions if self.asks_questions else [*self.own_words]

    @property
    def asks_questions(self) -> bool:
        """Whether questions lead to the person's text, which they have not taken into their own hands."""
        return bool(self.guide.asked) and not self.has_own_text

    @property
    def are_valid(self) -> bool:
        """Whether all that was sent to confirm is in order."""
        forms = [*self.letter_forms, self.own_words, *([self.congress] if self.congress else [])]
        return bool(self.letters) and all(form.is_valid() for form in forms if form.is_bound)

    @property
    def edited_prefixes(self) -> frozenset[str]:
        """Which inputs are worth keeping when the answers change: a letter that was left as it is follows them."""
        return PREFIXES_OF_ALL | {REPLIES_PREFIX} | {form.prefix for form in self.letter_forms if form.has_changed()}
