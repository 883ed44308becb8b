"""The steps between a form and its letters: looking up the address, choosing a district, reading, confirming."""

import logging
from collections.abc import Sequence

from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from campaigns.content import action_screens, compose_screen, lookup_limits, memory
from campaigns.content.action_letters import WrittenLetters
from campaigns.content.flow_details import FlowOfDetails
from campaigns.engine.actions import Answers
from campaigns.engine.memory_tokens import JUST_SENT
from campaigns.engine.targeting import Selection
from campaigns.engine.tokens import BadToken, ExpiredToken, Finding, seal, sign_receipt, unseal
from campaigns.forms.action_form import ActionForm
from campaigns.services import actions, submissions
from legislators.content.find_screens import CHOICE_PREFIX
from legislators.forms.doubt_form import DoubtForm
from legislators.selectors import words
from legislators.services import doubts, geocoding

logger = logging.getLogger(__name__)

#: Inputs of the page's own; a hyphen keeps them apart from every storage key.
FINDING_INPUT = "action-finding"


class FlowOfLetters(FlowOfDetails):
    def _look_up(self, form: ActionForm, answers: Answers) -> HttpResponse:
        return self._go_on(form, answers, self._found(answers))

    def _choose(self, form: ActionForm, answers: Answers) -> HttpResponse:
        finding = self._finding(answers)
        if finding is None or not finding.is_in_doubt:
            return self._look_up(form, answers)
        keys = [actions.question_key(part, chamber) for part in finding.parts for chamber, _ids in part.candidates]
        chosen = {key: self.post.get(f"{CHOICE_PREFIX}{key}", "") for key in keys}
        try:
            finding = actions.choose(finding, chosen=chosen)
        except actions.NothingChosen as error:
            return self._ask(form, answers, finding, missing=error.keys)
        return self._go_on(form, answers, finding)

    def _confirm(self, form: ActionForm, answers: Answers) -> HttpResponse:
        finding = self._finding(answers)
        if finding is None or finding.is_in_doubt:
            self.notice = _("We have looked up your address again. Please check the letters once more.")
            return self._look_up(form, answers)
        letters = self._letters(answers, finding)
        if not letters.are_valid:
            return self._review(form, answers, letters)
        if letters.finding.offer != finding.offer:
            self.notice = _(
                "Something has changed since you read the letters: what they say, or how they go. "
                "Please check them once more."
            )
            return self._review(form, answers, letters)
        if self._points_out(letters.own_text):
            return self._review(form, answers, letters)
        return self._record(form, letters.with_consent(answers), letters)

    def _doubt(self, form: ActionForm, answers: Answers) -> HttpResponse:
        """ "This is not my legislator": told to staff, and a way on to every district of that chamber."""
        finding = self._finding(answers)
        if finding is None or finding.is_in_doubt:
            return self._look_up(form, answers)
        doubt = DoubtForm(self.post, seats=actions.doubtful_seats(terms=self.terms, finding=finding))
        if not doubt.is_valid():
            return self._go_on(form, answers, finding)
        seat = doubt.seat
        part = next(part for part in finding.parts if seat.division_ocd_id in part.settled)
        doubts.record(
            division_ocd_id=seat.division_ocd_id,
            official_id=doubt.official_id,
            reason=doubt.reason,
            certainty=part.certainty,
            geocoder=part.source,
            press=self.post.get(FINDING_INPUT, ""),
        )
        self.notice = doubt.thanks
        kept = "" if doubt.is_about_the_district else seat.division_ocd_id
        return self._ask(form, answers, actions.reopen(finding, seat=seat), kept=kept)

    def _change(self) -> HttpResponse:
        """Back to the form, with letters that were edited already in tow."""
        form = self._bound()
        answers = self.answers(form)
        finding = self._finding(answers) if answers else None
        carried: Sequence[tuple[str, str]] = action_screens.carried_letters(self.post)
        if answers and finding:
            edited = self._letters(answers, finding).edited_prefixes
            carried = [(name, value) for name, value in carried if name.rsplit("-", 1)[0] in edited]
        return self._details(form.without_judging(), carried, at=self._step_to_change(form))

    def _compose(self, form: ActionForm, answers: Answers) -> HttpResponse:
        """What the person ticked and answered becomes part of the letters, which they read next."""
        finding = self._finding(answers)
        if finding is None or finding.is_in_doubt:
            self.notice = _("We have looked up your address again. What you wrote is still here.")
            return self._look_up(form, answers)
        letters = self._letters(answers, finding)
        is_in_order = letters.guide.is_valid() and (not letters.own_words.is_bound or letters.own_words.is_valid())
        if not is_in_order or (letters.letters and self._points_out(letters.guide_text)):
            return self._guide(form, answers, finding)
        return self._review(form, answers, letters)

    def _recompose(self, form: ActionForm, answers: Answers) -> HttpResponse:
        """Back from the letters to what they are made of."""
        finding = self._finding(answers)
        return self._look_up(form, answers) if finding is None else self._go_on(form, answers, finding)

    def _go_on(self, form: ActionForm, answers: Answers, finding: Finding) -> HttpResponse:
        if actions.is_dead_end(terms=self.terms, finding=finding):
            return self._dead_end(form, finding)
        if finding.is_in_doubt:
            return self._ask(form, answers, finding)
        if not self.terms.writes_letters:
            selection = actions.select_targets(terms=self.terms, finding=finding)
            return self._record(form, answers, finding=finding, selection=selection)
        self._explain_addresses_left_out(finding)
        if self.terms.guidance and self._is_before_letters:
            return self._guide(form, answers, finding)
        return self._review(form, answers, self._letters(answers, finding))

    @property
    def _is_before_letters(self) -> bool:
        """Whether what helps to write comes next, and not the letters, which the person has seen already."""
        return self.post.get("stage", "details") != "confirm" and "doubt" not in self.post

    def _guide(self, form: ActionForm, answers: Answers, finding: Finding) -> HttpResponse:
        letters = self._letters(answers, finding)
        if not letters.letters:
            return self._review(form, answers, letters)
        points = actions.talking_points(terms=self.terms, answers=answers, finding=finding)
        is_judged = self.post.get("stage") == "compose"
        context = compose_screen.context(self.page, form, letters, self.post, points, is_judged=is_judged)
        return self._render("campaigns/compose.html", {**context, "sealed": self._seal(letters.finding, answers)})

    def _explain_addresses_left_out(self, finding: Finding) -> None:
        """Where one of two addresses leads to nobody, the letters of the other are shown, and why they are all."""
        nowhere = [part for part in finding.parts if actions.leads_nowhere(terms=self.terms, part=part)]
        if finding.second and nowhere:
            self.notice = " ".join([self.notice, *action_screens.reasons(finding, nowhere)]).strip()

    def _dead_end(self, form: ActionForm, finding: Finding) -> HttpResponse:
        for part in finding.parts:
            control = action_screens.address_control(form, part.kind)
            for sentence in words.sentences(part.problems) or [_("We could not find who represents this address.")]:
                form.add_error(control, sentence)
        self.notice = self.notice or _("Nothing was sent, because we could not find anybody to send it to.")
        return self._details(form)

    def _ask(
        self, form: ActionForm, answers: Answers, finding: Finding, missing: Sequence[str] = (), kept: str = ""
    ) -> HttpResponse:
        context = action_screens.choose(self.page, form, finding, self.post, missing, kept=kept)
        return self._render("campaigns/choose.html", {**context, "sealed": self._seal(finding, answers)})

    def _review(self, form: ActionForm, answers: Answers, letters: WrittenLetters) -> HttpResponse:
        seats = actions.doubtful_seats(terms=self.terms, finding=letters.finding)
        unmapped = actions.unmapped_seats(terms=self.terms, finding=letters.finding)
        context = action_screens.review(self.page, form, letters, seats, unmapped, post=self.post)
        return self._render("campaigns/review.html", {**context, "sealed": self._seal(letters.finding, answers)})

    def _found(self, answers: Answers) -> Finding:
        with geocoding.permitted_by(lambda: lookup_limits.may_ask(self.request)):
            return actions.look_up(terms=self.terms, addresses=answers.constituent.addresses)

    def _finding(self, answers: Answers) -> Finding | None:
        """What an earlier step found; None where it is not ours, too old, or of another address."""
        sealed = self.post.get(FINDING_INPUT, "")
        try:
            return unseal(sealed, page_key=self.terms.page_key, addresses=answers.constituent.addresses)
        except (BadToken, ExpiredToken):
            return None

    def _seal(self, finding: Finding, answers: Answers) -> str:
        return seal(finding, page_key=self.terms.page_key, addresses=answers.constituent.addresses)

    def _letters(self, answers: Answers, finding: Finding) -> WrittenLetters:
        return WrittenLetters(self.terms, answers, finding, self.post)

    def _record(
        self,
        form: ActionForm,
        answers: Answers,
        letters: WrittenLetters | None = None,
        finding: Finding | None = None,
        selection: Selection | None = None,
    ) -> HttpResponse:
        try:
            submission = submissions.record(
                terms=self.terms,
                answers=answers,
                token=self._token(),
                finding=letters.finding if letters else finding,
                letters=letters.letters if letters else (),
                targets=selection.targets if selection else (),
                unwritten=letters.unwritten if letters else (selection.unwritten if selection else ()),
                assessment=self._assess(answers),
            )
        except OperationalError as error:
            return self._not_stored(form, answers, letters, error)
        response = redirect("campaigns:receipt", token=sign_receipt(submission.key))
        if getattr(self.request, "surface", None) is None:
            memory.keep(response, JUST_SENT, submission.key)
        patch_cache_control(response, private=True, no_store=True)
        return response

    def _not_stored(
        self, form: ActionForm, answers: Answers, letters: WrittenLetters | None, error: OperationalError
    ) -> HttpResponse:
        """A database that is too busy to write can mostly be read: the step is shown again with all that was typed."""
        logger.error("a form could not be stored (%s)", type(error).__name__)
        self.status = 503
        self.notice = _(
            "We could not store this just now. What you typed is still here: send it again in a minute. "
            "Nobody gets a letter twice."
        )
        return self._review(form, answers, letters) if letters else self._details(form)
