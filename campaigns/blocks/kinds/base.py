"""What every kind of action has in common on the editor's side, and the list of kinds."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.engine.fields import FieldSpec, Json
from campaigns.engine.kinds import KindTerms

TO_OFFICIALS = _("To officials")
TOGETHER = _("Together with others")
OWN_VOICE = _("In one’s own voice")


class ActionKindBlock(blocks.StructBlock):
    """One thing that a page asks people to do, and what an editor sets about it."""

    kind: ClassVar[str]
    #: Where the kind stands among the others in the editor's chooser.
    position: ClassVar[int]
    #: Whether it goes to those whom the page names under "whom it goes to".
    needs_targets: ClassVar[bool] = False
    #: The people do it after the form, on the page that the receipt is; else it is done with the form.
    is_done_afterwards: ClassVar[bool] = False
    #: What stands on the button below the form, where the kind is the first of the page's.
    submit_label: ClassVar[Any] = _("Send")
    #: How many of the kind a page may have; 0 for any number. A kind that asks questions of its own is there once.
    max_per_page: ClassVar[int] = 0

    def terms(self, value: Mapping[str, Any], *, block_id: str) -> KindTerms:
        return KindTerms(self.kind, block_id, self.settings_of(value))

    def settings_of(self, value: Mapping[str, Any]) -> dict[str, Json]:
        """What is kept beside each submission: the words as the person saw them."""
        return {}

    def questions(self, value: Mapping[str, Any]) -> tuple[FieldSpec, ...]:
        """What the kind asks beside the fields that the editor composed; below them, under keys that never change."""
        return ()

    def is_over(self, value: Mapping[str, Any], *, now: datetime) -> bool:
        """Whether nobody can take part any more, whatever the days of the page: an event that has begun."""
        return False

    def problems(self, value: Mapping[str, Any], page: Any) -> dict[str, ValidationError]:
        """What keeps a page with this action from being published, by the name of the editor's input."""
        return {}


#: Every kind of action by its name.
KINDS: dict[str, type[ActionKindBlock]] = {}

KindClass = TypeVar("KindClass", bound=type[ActionKindBlock])


def action_kind(name: str, *, position: int) -> Callable[[KindClass], KindClass]:
    """Registers a class as the kind of that name."""

    def register(block: KindClass) -> KindClass:
        block.kind = name
        block.position = position
        KINDS[name] = block
        return block

    return register
