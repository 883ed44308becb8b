"""From the fields that an editor composed to a form class."""

from collections.abc import Iterable

from django import forms
from wagtail.contrib.forms.forms import FormBuilder

from campaigns.blocks.fields import FIELD_TYPES
from campaigns.engine.fields import FieldSpec
from campaigns.forms.action_form import ActionForm


class ActionFormBuilder(FormBuilder):
    """Takes the place of Wagtail's: a field of ours may have several controls, and stores values, not labels."""

    def __init__(self, fields: Iterable[FieldSpec]) -> None:
        super().__init__(tuple(fields))

    @property
    def formfields(self) -> dict[str, forms.Field]:
        return {
            spec.part_name(part): field
            for spec in self.fields
            for part, field in FIELD_TYPES[spec.field_type].form_fields(spec).items()
        }

    def get_form_class(self) -> type[ActionForm]:
        return type("ActionForm", (ActionForm,), {**self.formfields, "specs": self.fields})
