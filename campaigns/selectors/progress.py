"""Where a person stands in a page that asks for several things, one after the other."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.engine.kinds import LETTER
from campaigns.engine.standing import Standing
from campaigns.selectors import kinds
from campaigns.selectors.kinds.base import Section, anchor, is_done
from campaigns.selectors.receipts import Receipt

#: What each kind is called in a list of steps.
NAMES: dict[str, str | Promise] = {
    LETTER: _("Letters"),
    "call": _("Call"),
    "social": _("Post"),
    "petition": _("Sign the petition"),
    "testimony": _("Testimony"),
    "pledge": _("Pledge"),
    "event": _("Event"),
    "story": _("Your story"),
    "survey": _("Survey"),
    "join": _("Join the network"),
}


@dataclass(frozen=True, slots=True)
class Step:
    number: int
    total: int
    name: str
    is_done: bool
    #: The id of its section in the page; empty where nothing of it is shown.
    anchor: str
    #: Not done, and nothing that the person could do.
    is_waiting: bool = False
    #: The first that is left to do.
    is_next: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    #: Empty where the page asks for one thing only.
    steps: tuple[Step, ...]
    #: What is left to do first, so that it stands before the letters; None where that is nothing, or letters.
    first: Section | None
    #: The other sections, in the order of the actions.
    sections: tuple[Section, ...]

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)


def progress(receipt: Receipt) -> Progress:
    """Steps with what is done of each, and the sections of the receipt with the first that is open before the rest."""
    steps = _steps(receipt)
    by_anchor = {step.anchor: step for step in steps if step.anchor}
    sections = [_with_step(section, by_anchor) for section in kinds.closings(receipt.submission)]
    open_now = next((step for step in steps if step.is_next), None)
    first = next((section for section in sections if open_now and section.context["anchor"] == open_now.anchor), None)
    rest = tuple(section for section in sections if section is not first)
    return Progress(steps if len(steps) > 1 else (), first, rest)


def _steps(receipt: Receipt) -> tuple[Step, ...]:
    submission = receipt.submission
    taken = {item.position: item for item in submission.taken_actions.all()} if submission.pk else {}
    writes = bool(receipt.letters) or (bool(receipt.unwritten) and len(taken) <= max(taken, default=-1))
    # Letters have no row among the actions: theirs is the place that is left out.
    places = range(len(taken) + writes) if not taken else range(max(max(taken), len(taken) + writes - 1) + 1)
    found: list[Step] = []
    for place in places:
        item = taken.get(place)
        if item is not None:
            found.append(Step(0, 0, str(NAMES.get(item.kind, item.kind)), is_done(item), anchor(item)))
        elif writes:
            found.append(_letters(receipt))
            writes = False
    is_open = next((place for place, step in enumerate(found) if not (step.is_done or step.is_waiting)), None)
    return tuple(
        replace(step, number=place + 1, total=len(found), is_next=place == is_open) for place, step in enumerate(found)
    )


def _letters(receipt: Receipt) -> Step:
    """Done once none waits for the person: what becomes of those that left stands beside each."""
    is_clear = receipt.submission.standing == Standing.CLEAR.value
    is_left = any(line.can_be_reported for line in receipt.letters)
    place = "letters-by-hand" if is_left else "letters-sent" if receipt.by_email else ""
    is_done = bool(receipt.letters) and is_clear and not is_left
    return Step(0, 0, str(NAMES[LETTER]), is_done, place, is_waiting=not is_done and not is_left)


def _with_step(section: Section, steps: dict[str, Step]) -> Section:
    context: dict[str, Any] = {**section.context, "step": steps.get(section.context["anchor"])}
    return replace(section, context=context)
