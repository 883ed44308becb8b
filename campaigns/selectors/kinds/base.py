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

Mention = Callable[[TakenAction], str]

#: By the name of the kind: what stands above the form, from the page's translation key and the action's terms.
OPENINGS: dict[str, Opening] = {}
#: By the name of the kind: what stands on the receipt.
CLOSINGS: dict[str, Closing] = {}
#: By the name of the kind: a paragraph for the e-mail that tells the person what they sent, in the active language.
MENTIONS: dict[str, Mention] = {}
#: Kinds that the people do after the form: done once `TakenAction.done_at` is there, all others with the form.
DONE_AFTERWARDS: set[str] = set()


def opening(kind: str) -> Callable[[Opening], Opening]:
    """Registers what `templates/campaigns/kinds/<kind>_opening.html` shows; None shows nothing."""

    def register(function: Opening) -> Opening:
        OPENINGS[kind] = function
        return function

    return register


def closing(kind: str, *, is_done_afterwards: bool = False) -> Callable[[Closing], Closing]:
    """Registers what `templates/campaigns/kinds/<kind>.html` shows; None shows nothing."""

    def register(function: Closing) -> Closing:
        CLOSINGS[kind] = function
        if is_done_afterwards:
            DONE_AFTERWARDS.add(kind)
        return function

    return register


def mention(kind: str) -> Callable[[Mention], Mention]:
    """Registers what the confirming e-mail says of a kind: one short paragraph, or "" for nothing."""

    def register(function: Mention) -> Mention:
        MENTIONS[kind] = function
        return function

    return register


def openings(page_key: UUID, kinds: Sequence[KindTerms]) -> list[Section]:
    """What stands above the form, in the order of the actions."""
    found = [(kind, OPENINGS[kind.kind](page_key, kind)) for kind in kinds if kind.kind in OPENINGS]
    return [
        # Several forms may stand on one page, and a heading's id is there once.
        Section(kind.kind, f"campaigns/kinds/{kind.kind}_opening.html", {"anchor": f"about-{kind.block_id}", **context})
        for kind, context in found
        if context is not None
    ]


def closings(submission: Submission) -> list[Section]:
    """What stands on the receipt, in the order of the actions."""
    taken = submission.taken_actions.select_related("submission").order_by("position")
    found = [(item, CLOSINGS[item.kind](item)) for item in taken if item.kind in CLOSINGS]
    return [
        Section(item.kind, f"campaigns/kinds/{item.kind}.html", {"taken": item, "anchor": anchor(item), **context})
        for item, context in found
        if context is not None
    ]


def is_done(taken: TakenAction) -> bool:
    """Whether nothing of the action is left for the person to do, as far as they told us."""
    return taken.done_at is not None or taken.kind not in DONE_AFTERWARDS


def anchor(taken: TakenAction) -> str:
    """The id of the section in the page."""
    return f"action-{taken.pk}"


def mentions(submission: Submission) -> list[str]:
    """What the confirming e-mail says of each action, in their order."""
    taken = submission.taken_actions.select_related("submission").order_by("position")
    return [words for item in taken if item.kind in MENTIONS and (words := MENTIONS[item.kind](item))]
