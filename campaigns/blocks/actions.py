"""What a page asks of people, in the order in which they do it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
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


def kind_terms(
    stream: blocks.StreamValue, *, has_targets: bool, languages: Mapping[str, str] = MappingProxyType({})
) -> tuple[KindTerms, ...]:
    """Each action as the engine knows it. A page that names none writes letters where it names who gets them.

    :param languages: by the id of a block, of actions whose texts are in another language than the page.
    """
    found = tuple(child.block.terms(child.value, block_id=child.id or child.block_type) for child in stream)
    named = tuple(replace(kind, language=languages.get(kind.block_id, "")) for kind in found)
    return named or ((KindTerms(LETTER, LETTER),) if has_targets else ())


def untranslated(stream: blocks.StreamValue, source: blocks.StreamValue) -> frozenset[str]:
    """Ids of the actions whose texts a translator left as they are in the page that was translated."""
    before = {child.id: child.block.settings_of(child.value) for child in source if child.id}
    return frozenset(
        child.id
        for child in stream
        if child.id in before and child.block.settings_of(child.value) == before[child.id] != {}
    )


def kind_questions(stream: blocks.StreamValue) -> tuple[FieldSpec, ...]:
    """What the actions of a page ask besides the fields that the editor composed, in the active language."""
    return tuple(question for child in stream for question in child.block.questions(child.value))


def is_over(stream: blocks.StreamValue, *, now: datetime) -> bool:
    """Whether the time of every action is past; never of a page that names none."""
    return bool(stream) and all(child.block.is_over(child.value, now=now) for child in stream)
