"""A refusal of Congress's system that came by mail, after the letter had been accepted."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _


class LateRefusalForm(forms.Form):
    delivery_id = forms.CharField(
        label=_("DeliveryId"),
        max_length=40,
        validators=[RegexValidator(r"^[0-9A-Fa-f-]+$", _("It has digits, letters from a to f, and perhaps dashes."))],
        help_text=_(
            "As it stands in the mail of the House or the Senate: 32 digits and letters, with or without dashes."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
