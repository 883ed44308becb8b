"""The entrances to an action form over HTTP: the empty form, what was sent, and what cannot be proven to be ours."""

import uuid

from django.http import HttpResponse
from django.utils.translation import gettext as _

from campaigns.content import action_screens, memory
from campaigns.content.action_screens import Context
from campaigns.content.flow_letters import FlowOfLetters
from campaigns.content.flow_uploads import ArrivedFiles
from campaigns.services import prefill

#: Steps at which the answers of the form were in order once.
_AFTER_DETAILS = frozenset({"choose", "compose", "recompose", "confirm"})


class ActionFlow(FlowOfLetters):
    """One request to an action page."""

    def start(self) -> HttpResponse:
        return self._render("campaigns/action_page.html", self.start_context())

    def start_context(self) -> Context:
        key = memory.to_fill_in(self.request)
        known = prefill.initial(key=key, specs=self.page.form_specs) if key else {}
        form = self.page.get_form(initial={**known, **self.page.get_form_initial(self.request)})
        return {
            **action_screens.details(self.page, form),
            "token": str(uuid.uuid4()),
            "is_filled_in": bool(known),
            **self._proofs(),
        }

    def respond(self) -> HttpResponse:
        if not self.is_open:
            return self._closed()
        stage = self.stage
        if stage == "change":
            return self._change()
        files = self._files()
        files.take()
        self.post = files.post
        form = files.report(self._bound())
        if files.is_removal:
            self.notice = _("The file has been removed. Nothing has been sent yet, and what you typed is still here.")
            return self._details(form.without_judging(), at=self._sent_step(form))
        if self.has_changed:
            return self._read_again()
        unfinished = self._through_steps(form)
        if unfinished:
            return unfinished
        answers = self.answers(form)
        if answers is None:
            return self._details(form)
        if not self.terms.rules:
            return self._record(form, answers)
        steps = {
            "choose": self._choose,
            "compose": self._compose,
            "recompose": self._recompose,
            "confirm": self._confirm,
            "doubt": self._doubt,
        }
        return steps.get("doubt" if "doubt" in self.post else stage, self._look_up)(form, answers)

    def _files(self) -> ArrivedFiles:
        return ArrivedFiles(self.page, self.request, self.post)

    def refuse_unproven(self) -> HttpResponse:
        """Shows the same step again, with all that was typed and a fresh token, and stores nothing."""
        self.status = 403
        self.notice = _(
            "Nothing was sent. For your safety this step has to be repeated: the page was open for too long, or "
            "your browser refuses cookies. What you typed is still here."
        )
        if not self.is_open:
            return self._closed()
        form = self._bound()
        stage = self.stage
        answers = self.answers(form) if stage in _AFTER_DETAILS or "doubt" in self.post else None
        if answers is None or not self.terms.rules:
            return self._details(form)
        return self._go_on(form, answers, self._finding(answers) or self._found(answers))
