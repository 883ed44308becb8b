"""The first part of an action form: its fields, step by step, from the first to the last."""

from collections.abc import Iterable, Sequence

from django.forms import BoundField
from django.http import HttpResponse
from django.utils.translation import gettext as _

from campaigns.content import action_screens, email_question, step_screens
from campaigns.content.flow import AGREED_INPUT, Flow
from campaigns.engine import agreements
from campaigns.engine.actions import Answers
from campaigns.engine.composing import Constituent
from campaigns.engine.steps import Step, nearest, position_of
from campaigns.forms import patient_notes
from campaigns.forms.action_form import ActionForm

#: Which step of the form the page showed. A hyphen keeps it apart from every storage key.
STEP_INPUT = "action-step"
#: What the buttons of the form and of the page before it is sent ask for; a number may follow, as in "change:2".
DETAILS, BACK, CHANGE, SEND = "details", "back", "change", "send"


class FlowOfDetails(Flow):
    @property
    def stage(self) -> str:
        """What the person asked for, without the number of a step."""
        return self.post.get("stage", DETAILS).partition(":")[0]

    def _details(
        self, form: ActionForm, carried: Sequence[tuple[str, str]] | None = None, at: Step | None = None
    ) -> HttpResponse:
        """One step of the form.

        :param at: the step; None for the first that is not in order, up to the one that was sent.
        """
        carried = action_screens.carried_letters(self.post) if carried is None else carried
        form.step = nearest(form.shown_steps, at) if at else self._step_to_mend(form)
        return self._render("campaigns/action_page.html", action_screens.details(self.page, form, carried=carried))

    def _read_again(self) -> HttpResponse:
        """The form from its first step, with what it says now: nobody is taken to agree to what they have not read."""
        self.post = self.post.copy()
        self.post[AGREED_INPUT] = self._offered
        for key in agreements.consent_keys(self.page.form_specs):
            self.post.pop(key, None)
        self.notice = _(
            "Nothing has been sent yet. What you agree to here has been changed since you opened this page. Please "
            "read it once more. What you typed is still here; boxes that you had ticked are empty again."
        )
        form = self._bound().without_judging()
        return self._details(form, at=form.shown_steps[0])

    def _bound(self) -> ActionForm:
        return self.page.get_form(self.post)

    def _points_out(self, fields: Iterable[BoundField]) -> bool:
        """Whether the step is to be shown once more, with what may identify a patient beside it."""
        if not patient_notes.are_unread(fields, self.post):
            return False
        self.notice = _(
            "Nothing has been sent yet. What you wrote may identify a patient: the notes below your text say where. "
            "To go on as it is, press the same button again."
        )
        return True

    def _asks_about_email(self, form: ActionForm, at: Step) -> bool:
        """Whether the step is to be shown once more, with a question about a domain that looks like a slip."""
        form.email_question = email_question.question(form, at, self.post)
        if form.email_question:
            self.notice = _("Nothing has been sent yet. Please look at your e-mail address once more.")
        return form.email_question is not None

    def answers(self, form: ActionForm) -> Answers | None:
        """None where the form is not filled in well; its errors say why."""
        if not form.is_valid():
            return None
        identity = form.identity()
        if identity.name is None or identity.email is None:
            form.add_error(None, _("This form cannot be sent: it does not ask for a name and an e-mail address."))
            return None
        return Answers(
            constituent=Constituent(
                given_name=identity.name.given,
                family_name=identity.name.family,
                title=identity.name.title,
                email=identity.email,
                addresses=identity.addresses,
            ),
            form_data=form.answers(),
            texts=form.answer_labels(self.terms.letter_language),
            consents=tuple(form.consents()),
            role=identity.role,
            form=form.composed,
        )

    # --- Steps ---------------------------------------------------------------------------------

    def _through_steps(self, form: ActionForm) -> HttpResponse | None:
        """What is still to be answered before the form can go on; None where nothing is."""
        if "doubt" in self.post or self.stage not in {DETAILS, BACK}:
            return None
        at = self._sent_step(form)
        if self.stage == BACK:
            earlier = [step for step in form.shown_steps if step.number < at.number]
            return self._details(form.without_judging(), at=earlier[-1] if earlier else form.shown_steps[0])
        at = nearest(form.shown_steps, at)
        for step in form.shown_steps:
            if step.number <= at.number and (unfinished := self._unfinished(form, step)):
                return unfinished
        if self._points_out(form[name] for spec in at.fields for name in form.names(spec).values()):
            return self._details(form, at=at)
        if self._asks_about_email(form, at):
            return self._details(form, at=at)
        later = [step for step in form.shown_steps if step.number > at.number]
        if later:
            return self._details(form.without_judging(), at=later[0])
        if form.has_steps and not self.terms.writes_letters and self.answers(form):
            return self._check(form)
        return None

    def _unfinished(self, form: ActionForm, step: Step) -> HttpResponse | None:
        """The step again, where something is wrong with it or where its answers lead to questions not yet asked."""
        unseen = [spec for spec in form.unseen_specs if spec.clean_name in step.keys]
        form.forgive(unseen)
        if unseen:
            self.notice = _("Because of your answers there are further questions. Nothing has been sent yet.")
        return self._details(form, at=step) if unseen or form.has_errors_in(step) else None

    def _check(self, form: ActionForm) -> HttpResponse:
        carried = action_screens.carried_letters(self.post)
        return self._render("campaigns/check.html", step_screens.check(self.page, form, carried))

    def _step_to_change(self, form: ActionForm) -> Step:
        """The step that a button named "change:2" asks for; the first one where it names none that is shown."""
        number = self.post.get("stage", "").partition(":")[2]
        return next((step for step in form.shown_steps if str(step.number) == number), form.shown_steps[0])

    def _step_to_mend(self, form: ActionForm) -> Step:
        at = self._sent_step(form)
        if not form.is_bound:
            return form.shown_steps[0]
        steps = [step for step in form.shown_steps if step.number <= at.number] or form.shown_steps[:1]
        return next((step for step in steps if form.has_errors_in(step)), steps[-1])

    def _sent_step(self, form: ActionForm) -> Step:
        """The step that was sent; the last one where the whole form came, as from the pages after it."""
        named = self.post.get(STEP_INPUT, "") if self.stage in {DETAILS, BACK} else ""
        return form.steps[position_of(named, form.steps)]
