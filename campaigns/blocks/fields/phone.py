"""A telephone number, stored in the international form."""

from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns.blocks.fields.base import ABOUT_THE_PERSON, FormFieldBlock, field_type, messages
from campaigns.engine.fields import FieldSpec, Json
from home.forms.controls import LineField

REGION = "US"
LIMIT = 40
_INVALID = _("Enter a telephone number with its area code, like 202 555 0123.")


class PhoneField(LineField):
    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            number = phonenumbers.parse(typed, REGION)
        except phonenumbers.NumberParseException as error:
            raise ValidationError(_INVALID, code="invalid") from error
        # Only the length is checked: lists of area codes grow old, and a real number must not be refused.
        if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
            raise ValidationError(_INVALID, code="invalid")
        return stored(number)


def stored(number: phonenumbers.PhoneNumber) -> str:
    """E.164, and the extension after it, in a form that is read back as the same number."""
    plain = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{plain} ext. {number.extension}" if number.extension else plain


@field_type("phone", position=25)
class PhoneFieldBlock(FormFieldBlock):
    @classmethod
    def form_field(cls, spec: FieldSpec) -> forms.Field:
        return PhoneField(
            label=spec.label,
            limit=LIMIT,
            help_text=spec.help_text,
            required=spec.required,
            error_messages=messages(spec.label, required=_("Enter your telephone number.")),
            widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        )

    @classmethod
    def display(cls, spec: FieldSpec, answer: Json) -> str:
        try:
            number = phonenumbers.parse(str(answer or ""), REGION)
        except phonenumbers.NumberParseException:
            return super().display(spec, answer)
        is_domestic = number.country_code == phonenumbers.country_code_for_region(REGION)
        style = phonenumbers.PhoneNumberFormat
        return phonenumbers.format_number(number, style.NATIONAL if is_domestic else style.INTERNATIONAL)

    class Meta:
        icon = "mobile-alt"
        group = ABOUT_THE_PERSON
        label = _("Telephone number")
        description = _("Asked for only where somebody will call.")
        preview_value = {"label": _("Your telephone number"), "is_required": False}
