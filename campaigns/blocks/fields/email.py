"""The person's e-mail address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from email_validator import EmailNotValidError, validate_email

from campaigns.blocks.fields.base import ABOUT_THE_PERSON, FormFieldBlock, field_type, messages
from campaigns.engine.fields import FieldSpec
from home.forms.controls import LineField

LIMIT = 254
_INVALID = _("Enter an e-mail address in the correct format, like name@example.com.")


class EmailAddressField(LineField):
    """Checks the form of an address and asks nobody whether it exists."""

    def clean(self, value: Any) -> str:
        address = super().clean(value)
        if not address:
            return ""
        try:
            # A mailbox name outside ASCII cannot be a Reply-To on every mail server.
            checked = validate_email(address, check_deliverability=False, allow_smtputf8=False)
        except EmailNotValidError as error:
            raise ValidationError(_INVALID, code="invalid") from error
        return checked.ascii_email or checked.normalized


@field_type("email", position=20)
class EmailFieldBlock(FormFieldBlock):
    max_per_form = 1
    field_template_name = "forms/email.html"

    @classmethod
    def form_field(cls, spec: FieldSpec) -> forms.Field:
        attributes = {"autocomplete": "email", "inputmode": "email", "spellcheck": "false", "autocapitalize": "none"}
        return EmailAddressField(
            label=spec.label,
            limit=LIMIT,
            help_text=spec.help_text,
            required=spec.required,
            error_messages=messages(spec.label, required=_("Enter your e-mail address.")),
            widget=forms.EmailInput(attrs=attributes),
        )

    class Meta:
        icon = "mail"
        group = ABOUT_THE_PERSON
        label = _("E-mail address")
        description = _("Where legislators answer and where the confirmation goes.")
        preview_value = {
            "label": _("Your e-mail address"),
            "help_text": _("Your legislators answer you here."),
            "is_required": True,
        }
