"""The address that a visitor types to find who represents it."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from home.forms.controls import BoundControl, LineField, line
from legislators.engine.resolution import PostalAddress
from legislators.selectors.states import state_choices

_ZIP = re.compile(r"(\d{5})(?:[- ]?(\d{4}))?\Z")


class ZipCodeField(LineField):
    """Five digits, or nine; stored as 02139 or 02139-4307."""

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        match = _ZIP.match(typed)
        if not match or not typed.isascii():
            raise ValidationError(_("Enter a ZIP code of five digits, like 02139."), code="invalid")
        return "-".join(part for part in match.groups() if part)


def _states() -> list[tuple[str, Any]]:
    return [("", _("Choose…")), *state_choices()]


class AddressForm(forms.Form):
    """Street, town, state and ZIP. The street may be left out: the person is then asked for what that leaves open."""

    bound_field_class = BoundControl
    use_required_attribute = False

    street = line(
        label=_("Street address"),
        limit=200,
        autocomplete="address-line1",
        is_required=False,
        hint=_("House number and street. A ZIP code alone is not enough to find your districts."),
        messages={},
    )
    city = line(label=_("City or town"), limit=100, autocomplete="address-level2", is_required=False, messages={})
    state = forms.ChoiceField(
        label=_("State"),
        choices=_states,
        widget=forms.Select(attrs={"autocomplete": "address-level1"}),
        error_messages={"required": _("Choose your state."), "invalid_choice": _("Choose a state from the list.")},
    )
    zip_code = ZipCodeField(
        label=_("ZIP code"),
        limit=20,
        error_messages={"required": _("Enter your ZIP code.")},
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric", "spellcheck": "false"}),
    )

    def address(self) -> PostalAddress:
        """Only after `is_valid()`."""
        return PostalAddress(**self.cleaned_data)

    @property
    def error_links(self) -> list[tuple[str, str]]:
        """What is wrong, each with the control to go to."""
        return [(self[name].id_for_label, str(message)) for name, found in self.errors.items() for message in found]

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What was typed, as names and values for hidden inputs."""
        return [(self.add_prefix(name), str(self.data.get(self.add_prefix(name), ""))) for name in self.fields]
