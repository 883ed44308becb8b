"""A group of fields that staff keep as a snippet, as one block of a form."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from campaigns.blocks.fields.base import LAYOUT, in_two_boxes
from campaigns.blocks.rules import RuleBlock
from campaigns.engine.steps import STEP

FIELD_GROUP = "field_group"
#: A group stands on one step, and holds no other.
NOT_IN_GROUPS = frozenset({STEP, FIELD_GROUP})


class FieldGroupBlock(blocks.StructBlock):
    group = SnippetChooserBlock(
        "campaigns.FieldGroup",
        label=_("Group of fields"),
        help_text=_("Its questions stand here. A change to the group changes every form that uses it."),
    )

    shown_when = RuleBlock(
        label=_("Show only if"),
        help_text=_(
            "Without a condition the group is always shown. The rules of its fields count as well. What is not shown "
            "is not stored."
        ),
    )

    def get_form_layout(self) -> blocks.BlockGroup:
        return in_two_boxes(self)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """The labels of its fields: for the preview in the editor's chooser."""
        group = value.get("group")
        labels = [child.value.get("label") for child in group.form_fields] if group else []
        return {**super().get_context(value, parent_context), "name": str(group or self.meta.label), "labels": labels}

    class Meta:
        icon = "group"
        group = LAYOUT
        label = _("Group of fields")
        description = _("Questions that several forms ask in the same words, kept in one place.")
        template = "forms/field_group_block.html"
        preview_value = {"group": None}


def group_in(value: Any, locale_id: int | None) -> Any:
    """The group that an editor chose, in that language where it is translated; None where it was deleted."""
    group = value.get("group")
    if group is None or locale_id in (None, group.locale_id):
        return group
    return group.get_translations().filter(locale_id=locale_id).first() or group
