"""A form as an editor composes it."""

from collections.abc import Iterable
from typing import Any

from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

from campaigns.blocks.field_group import FIELD_GROUP, NOT_IN_GROUPS, FieldGroupBlock
from campaigns.blocks.fields import FIELD_TYPES
from campaigns.blocks.form_problems import as_one, by_input, problems


class FormFieldsBlock(blocks.StreamBlock):
    """One child for each type of field, and groups of them. Drafts may be half done; what is published may not."""

    #: What a stream of this kind does not offer.
    without: frozenset[str] = frozenset()

    def __init__(self, local_blocks: Iterable[tuple[str, blocks.Block]] | None = None, **options: Any) -> None:
        types = sorted(FIELD_TYPES.items(), key=lambda item: item[1].position)
        offered = [(name, block()) for name, block in types] + [(FIELD_GROUP, FieldGroupBlock())]
        offered = [(name, block) for name, block in offered if name not in self.without]
        super().__init__(offered + list(local_blocks or []), **options)

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        errors = {} if self.is_deferred_validation else problems(value)
        try:
            cleaned = super().clean(value)
        except StreamBlockValidationError as error:
            for position, problem in error.block_errors.items():
                errors[position] = errors.get(position, {}) | by_input(problem)
            raise as_one(errors, error.non_block_errors)
        if errors:
            raise as_one(errors)
        return cleaned

    class Meta:
        required = False
        icon = "form"
        # A form has many fields: what is folded shows its label, and is opened to be changed.
        collapsed = True


class GroupedFieldsBlock(FormFieldsBlock):
    """The fields of a group: it stands on one step, and no group holds another."""

    without = NOT_IN_GROUPS
