"""What somebody who got a letter types to learn whether a person stands behind it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.engine.authorship import TEXT_LENGTH
from home.forms.controls import BoundControl


class CheckForm(forms.Form):
    bound_field_class = BoundControl
    use_required_attribute = False

    reference = forms.CharField(
        label=_("Reference"),
        help_text=_("Ten letters and digits at the foot of the letter, such as AB2CD-EF3GH."),
        max_length=100,
        error_messages={"required": _("Enter the reference that stands at the foot of the letter.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    text = forms.CharField(
        label=_("The letter"),
        help_text=_("Paste it to learn whether its words are those that were sent. It is compared and not kept."),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
