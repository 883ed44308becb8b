"""What a page asks of people, in the order in which they do it."""

from collections.abc import Iterable
from typing import Any

from wagtail import blocks

from campaigns.blocks.kinds import KINDS
from campaigns.engine.fields import FieldSpec
from campaigns.engine.kinds import LETTER, KindTerms


class ActionsBlock(blocks.StreamBlock):
    def __init__(self, local_blocks: Iterable[tuple[str, blocks.Block]] | None = None, **options: Any) -> None:
        kinds = sorted(KINDS.items(), key=lambda item: item[1].position)
        limits = {name: {"max_num": block.max_per_page} for name, block in kinds if block.max_per_page}
        options.setdefault("block_counts", limits)
        super().__init__([(name, block()) for name, block in kinds] + list(local_blocks or []), **options)

    class Meta:
        required = False
        icon = "tasks"
        max_num = 5


def kind_terms(stream: blocks.StreamValue, *, has_targets: bool) -> tuple[KindTerms, ...]:
    """Each action as the engine knows it. A page that names none writes letters where it names who gets them."""
    found = tuple(child.block.terms(child.value, block_id=child.id or child.block_type) for child in stream)
    return found or ((KindTerms(LETTER, LETTER),) if has_targets else ())


def kind_questions(stream: blocks.StreamValue) -> tuple[FieldSpec, ...]:
    """What the actions of a page ask besides the fields that the editor composed, in the active language."""
    return tuple(question for child in stream for question in child.block.questions(child.value))
