"""Asks, once, whether an e-mail address was typed as it was meant; going on without an answer keeps it."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from advocates.engine.email_typos import suggestion
from campaigns.engine.steps import Step

#: Inputs of the page's own; a hyphen keeps them apart from every storage key.
ASKED_INPUT = "email-asked"
CHOICE_INPUT = "email-choice"
CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class EmailQuestion:
    typed: str
    suggested: str


def answered(post: QueryDict, specs: Any) -> QueryDict:
    """What was sent, with the address that the person chose in place of the one that they had typed."""
    if post.get(CHOICE_INPUT) != CORRECTED:
        return post
    name = _name(specs)
    typed = post.get(name, "").strip() if name else ""
    if not typed or post.get(ASKED_INPUT) != typed:
        return post
    corrected = post.copy()
    corrected[name] = suggestion(typed) or typed
    return corrected


def question(form: Any, step: Step, post: QueryDict) -> EmailQuestion | None:
    """What is to be asked on this step; None where it was asked of this very address before.

    :param form: one that was checked.
    """
    name = _name(step.fields)
    typed = str(form.cleaned_data.get(name) or "") if name else ""
    suggested = suggestion(typed) if typed else ""
    if not suggested or post.get(ASKED_INPUT, "").strip() in (typed, post.get(name, "").strip()):
        return None
    return EmailQuestion(post.get(name, "").strip(), suggested)


def _name(specs: Any) -> str:
    return next((spec.part_name("") for spec in specs if spec.field_type == "email"), "")
