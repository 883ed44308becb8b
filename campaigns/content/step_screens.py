"""What a step of a form shows besides its fields, and the page on which all answers are checked."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from campaigns.forms.action_form import ActionForm

Context = dict[str, Any]


def step(page: Any, form: ActionForm) -> Context:
    """Draws the first step where none is chosen yet."""
    form.step = form.step or form.shown_steps[0]
    shown = form.shown_steps
    is_last = form.step.number >= shown[-1].number
    is_sent_next = is_last and (page.writes_letters or not form.has_steps)
    return {
        "progress": form.progress,
        "can_go_back": form.step.number > shown[0].number,
        "is_last_step": is_last,
        "submit_label": page.submit_label if is_sent_next else _("Continue"),
        "has_rules": any(spec.shown_when or spec.group_when or spec.required_when for spec in form.step.fields),
    }


def check(page: Any, form: ActionForm, carried: Sequence[tuple[str, str]]) -> Context:
    """Every answer, with a way back to the step that asked for it."""
    return {
        "action_page": page,
        "action_url": page.get_url() or "",
        "form": form,
        "carried": carried,
        "answered_steps": form.answers_by_step(),
        "submit_label": page.submit_label,
    }
