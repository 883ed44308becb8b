"""What the public sees of each kind of action: above the form, and on the receipt."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from campaigns.engine.kinds import KindTerms
from campaigns.records.submissions import Submission
from campaigns.records.taken_actions import TakenAction


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: `template` is rendered with `section`, `token` and `csrf_token` only."""

    kind: str
    template: str
    context: Mapping[str, Any]


Opening = Callable[[UUID, KindTerms], Mapping[str, Any] | None]
Closing = Callable[[TakenAction], Mapping[str, Any] | None]

#: By the name of the kind: what stands above the form, from the page's translation key and the action's terms.
OPENINGS: dict[str, Opening] = {}
#: By the name of the kind: what stands on the receipt.
CLOSINGS: dict[str, Closing] = {}


def opening(kind: str) -> Callable[[Opening], Opening]:
    """Registers what `templates/campaigns/kinds/<kind>_opening.html` shows; None shows nothing."""

    def register(function: Opening) -> Opening:
        OPENINGS[kind] = function
        return function

    return register


def closing(kind: str) -> Callable[[Closing], Closing]:
    """Registers what `templates/campaigns/kinds/<kind>.html` shows; None shows nothing."""

    def register(function: Closing) -> Closing:
        CLOSINGS[kind] = function
        return function

    return register


def openings(page_key: UUID, kinds: Sequence[KindTerms]) -> list[Section]:
    """What stands above the form, in the order of the actions."""
    found = [(kind, OPENINGS[kind.kind](page_key, kind)) for kind in kinds if kind.kind in OPENINGS]
    return [
        Section(kind.kind, f"campaigns/kinds/{kind.kind}_opening.html", context)
        for kind, context in found
        if context is not None
    ]


def closings(submission: Submission) -> list[Section]:
    """What stands on the receipt, in the order of the actions."""
    taken = submission.taken_actions.order_by("position")
    found = [(item, CLOSINGS[item.kind](item)) for item in taken if item.kind in CLOSINGS]
    return [
        Section(item.kind, f"campaigns/kinds/{item.kind}.html", {"taken": item, **context})
        for item, context in found
        if context is not None
    ]
