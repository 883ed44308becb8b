"""What each step of finding legislators shows: the context of its template."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from legislators.engine.findings import DO_NOT_KNOW
from legislators.forms.address_form import AddressForm
from legislators.forms.doubt_form import REASONS
from legislators.selectors.questions import Question, Seat
from legislators.services.findings import Answer

CHOICE_PREFIX = "choice-"
#: More districts than these are easier to find in a list that can be typed into than as a page of radio buttons.
MAX_RADIOS = 12
#: These steps begin with the address: it then stands above everything else.
_STEPS_AT_THE_ADDRESS = {"enter_street", "correct_address"}

Context = dict[str, Any]


def form(page: Any, address_form: AddressForm) -> Context:
    """The address form, on its own page or inside another."""
    return {
        "find_url": page.get_url() or "",
        "form": address_form,
        "errors": address_form.error_links if address_form.is_bound else [],
    }


def answer(
    page: Any,
    address_form: AddressForm,
    found: Answer,
    *,
    choices: Mapping[str, str],
    missing: Sequence[str],
) -> Context:
    """Everybody who is settled, a question for each chamber in doubt, and the ways on.

    :param choices: the division to mark as chosen, by chamber.
    :param missing: chambers whose question was left without an answer.
    """
    questions = [
        question_item(question, choices.get(question.chamber, ""), is_missing=question.chamber in missing)
        for question in found.questions
    ]
    errors = [(f"{item['input_name']}-0", missing_words(item["question"])) for item in questions if item["is_missing"]]
    return {
        **form(page, address_form),
        "answer": found,
        "chambers": by_chamber(found.seats),
        "questions": questions,
        "unknown": DO_NOT_KNOW,
        "errors": errors,
        "reasons": REASONS,
        "begins_with_address": found.next_step in _STEPS_AT_THE_ADDRESS or found.is_empty,
    }


def missing_words(question: Question) -> str:
    """What the summary of errors says of a question without an answer."""
    return _("%(chamber)s: choose your district, or say that you do not know it") % {"chamber": question.label}


def question_item(question: Question, chosen: str, *, is_missing: bool) -> Context:
    """What templates/legislators/choose_question.html needs of one chamber."""
    return {
        "question": question,
        "input_name": f"{CHOICE_PREFIX}{question.key}",
        "chosen": chosen,
        "is_missing": is_missing,
        "is_long": len(question.candidates) > MAX_RADIOS,
    }


def by_chamber(seats: Sequence[Seat]) -> list[tuple[str, list[Seat]]]:
    """The seats under the names of their chambers, in the order given."""
    groups: dict[str, list[Seat]] = {}
    for seat in seats:
        groups.setdefault(seat.chamber_name, []).append(seat)
    return list(groups.items())
