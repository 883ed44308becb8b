"""A short answer on one line, in a form that the editor may prescribe."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.fields.base import FormFieldBlock, field_type, messages
from campaigns.blocks.fields.lengths import MinimumLength, length_problems
from campaigns.blocks.rules import ReferenceBlock
from campaigns.engine import masks
from campaigns.engine.fields import FieldSpec
from campaigns.engine.rules import Test
from home.forms.controls import line

LIMIT = 255


@field_type("text", position=40)
class TextFieldBlock(FormFieldBlock):
    rule_tests = frozenset({Test.IS, Test.IS_NOT})

    #: Tokens of the HTML standard that ask nothing of more than the person's work.
    autocomplete = blocks.ChoiceBlock(
        label=_("What browsers may fill in"),
        choices=[
            ("off", _("Nothing")),
            ("organization", _("Where the person works")),
            ("organization-title", _("The person’s job title")),
            ("nickname", _("What the person likes to be called")),
        ],
        default="off",
    )
    min_length = blocks.IntegerBlock(
        label=_("Shortest answer, in characters"), required=False, min_value=1, max_value=LIMIT
    )
    max_length = blocks.IntegerBlock(
        label=_("Longest answer, in characters"), required=False, min_value=1, max_value=LIMIT
    )
    mask = ReferenceBlock(
        label=_("Form of the answer"),
        required=False,
        default="",
        max_length=masks.MAX_LENGTH,
        help_text=_(
            "Write 9 for a digit, A for a letter, * for either, and put what may be left out in [brackets]. All else "
            "stands for itself. Ten digits: 9999999999. A license like MA-123456 or MA-1234567: AA-999999[9]."
        ),
    )
    mask_message = blocks.CharBlock(
        label=_("What is said where it has another form"),
        required=False,
        default="",
        max_length=200,
        help_text=_("In plain words: Enter your license number, like MA-123456."),
    )

    def options_of(self, value: Mapping[str, Any]) -> dict[str, object]:
        return {
            "autocomplete": value.get("autocomplete") or "off",
            "min_length": value.get("min_length") or 0,
            "max_length": value.get("max_length") or LIMIT,
            "mask": str(value.get("mask") or "").strip(),
            "mask_message": str(value.get("mask_message") or ""),
        }

    def problems(self, value: Mapping[str, Any]) -> dict[str, ValidationError]:
        found = length_problems(value)
        try:
            masks.parse(str(value.get("mask") or ""))
        except masks.BadMask:
            found["mask"] = ValidationError(_("Close every bracket that you open, and put none into another."))
        if value.get("mask") and not value.get("mask_message"):
            found["mask_message"] = ValidationError(_("Say what the person should type instead."))
        return found

    @classmethod
    def form_field(cls, spec: FieldSpec) -> forms.Field:
        field = line(
            label=spec.label,
            limit=int(str(spec.options.get("max_length") or LIMIT)),
            autocomplete=str(spec.options.get("autocomplete", "off")),
            hint=spec.help_text,
            is_required=spec.required,
            messages=messages(spec.label),
        )
        if least := int(str(spec.options.get("min_length") or 0)):
            field.validators.append(MinimumLength(least, spec.label))
        if mask := str(spec.options.get("mask") or ""):
            field.validators.append(MaskValidator(mask, spec))
        return field

    class Meta:
        icon = "pilcrow"
        label = _("Short text")
        description = _("An answer on one line, such as a specialty or an employer.")
        preview_value = {"label": _("Your specialty"), "help_text": _("For example, pediatrics."), "is_required": True}


class MaskValidator:
    def __init__(self, mask: str, spec: FieldSpec) -> None:
        self.mask = mask
        self.spec = spec

    def __call__(self, value: str) -> None:
        try:
            is_right = masks.matches(self.mask, value)
        except masks.BadMask:
            # A draft in the preview: nothing is refused for what an editor has not finished.
            return
        if not is_right:
            raise ValidationError(str(self.spec.options.get("mask_message") or "") or self._plain, code="mask")

    @property
    def _plain(self) -> str:
        words = {"label": self.spec.label, "example": masks.example(self.mask)}
        return _("“%(label)s” must have this form: %(example)s") % words
