"""The controls of an address, in words for a home, for a practice, or for whichever of them the person gives."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.blocks.fields.base import messages
from campaigns.engine.addresses import EITHER, AddressKind
from campaigns.engine.fields import FieldSpec
from home.forms.controls import Radios, line
from legislators.forms.address_form import ZipCodeField
from legislators.selectors.states import state_choices

Words = dict[str, str | Promise]

_HINTS: Words = {
    AddressKind.HOME: _("House number and street of your home. A ZIP code alone is not enough to find your districts."),
    AddressKind.PRACTICE: _(
        "Number and street of the office or hospital where you practice. A ZIP code alone is not enough to find its "
        "districts."
    ),
    EITHER: _("Number and street. A ZIP code alone is not enough to find your districts."),
}
_OF_THE_PERSON: Words = {
    "street": _("Enter your street address, with the house number."),
    "city": _("Enter your city or town."),
    "state": _("Choose your state."),
    "zip_code": _("Enter your ZIP code."),
}
#: On a form that asks for both, the list of errors has to say of which address each is.
_OF_THE_PRACTICE: Words = {
    "street": _("Enter the street address of your practice, with the number."),
    "city": _("Enter the city or town of your practice."),
    "state": _("Choose the state of your practice."),
    "zip_code": _("Enter the ZIP code of your practice."),
}
SAY_WHICH = _("Say whether you live or practice at this address.")


def missing_words(asked: str) -> Words:
    """What is said where a part is missing, by part."""
    return _OF_THE_PRACTICE if asked == AddressKind.PRACTICE else _OF_THE_PERSON


def form_fields(spec: FieldSpec, asked: str) -> dict[str, forms.Field]:
    """By part.

    :param asked: an `AddressKind`, or `EITHER`.
    """
    words = missing_words(asked)
    needs_street = spec.required and bool(spec.options.get("is_street_required", True))

    def control(part: str, label: Any, limit: int, token: str, *, is_required: bool, hint: Any = "") -> forms.Field:
        said = messages(spec.label, required=words.get(part))
        autocomplete = _autocomplete(asked, token)
        return line(
            label=label, limit=limit, autocomplete=autocomplete, is_required=is_required, hint=hint, messages=said
        )

    return {
        "kind": _kind_field(spec, asked),
        "street": control(
            "street", _("Street address"), 200, "address-line1", is_required=needs_street, hint=_HINTS[asked]
        ),
        "unit": control("unit", _("Apartment or suite"), 50, "address-line2", is_required=False),
        "city": control("city", _("City or town"), 100, "address-level2", is_required=spec.required),
        "state": _state_field(spec, asked),
        "zip_code": ZipCodeField(
            label=_("ZIP code"),
            limit=20,
            required=spec.required,
            error_messages=messages(spec.label, required=words["zip_code"]),
            widget=forms.TextInput(
                attrs={
                    "autocomplete": _autocomplete(asked, "postal-code"),
                    "inputmode": "numeric",
                    "spellcheck": "false",
                }
            ),
        ),
    }


def _autocomplete(asked: str, token: str) -> str:
    """A section of its own keeps a browser from filling the home into the practice.

    HTML knows `home` and `work` for telephones and e-mail only: before an address they would be an error.
    https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#autofill-detail-tokens
    """
    return f"section-practice {token}" if asked == AddressKind.PRACTICE else token


def _state_field(spec: FieldSpec, asked: str) -> forms.Field:
    def choices() -> list[tuple[str, Any]]:
        return [("", _("Choose…")), *state_choices()]

    return forms.ChoiceField(
        label=_("State"),
        required=spec.required,
        choices=choices,
        widget=forms.Select(attrs={"autocomplete": _autocomplete(asked, "address-level1")}),
        error_messages=messages(spec.label, required=missing_words(asked)["state"])
        | {"invalid_choice": _("Choose a state from the list.")},
    )


# --- Which address it is -----------------------------------------------------------------------------------


class AskedFor(forms.HiddenInput):
    """Comes back with the answers and says which address the page had asked for when they were typed."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def format_value(self, value: Any) -> str:
        """What is asked for now, whatever a browser sent before."""
        return self.kind


class AskedForField(forms.Field):
    def clean(self, value: Any) -> str:
        """A page that was opened before forms could ask for anything else asked for the home."""
        return str(value or AddressKind.HOME)


def _kind_field(spec: FieldSpec, asked: str) -> forms.Field:
    if asked != EITHER:
        return AskedForField(required=False, widget=AskedFor(asked))
    return forms.ChoiceField(
        label=_("Do you live or practice here?"),
        required=spec.required,
        choices=[
            (AddressKind.HOME.value, _("This is where I live")),
            (AddressKind.PRACTICE.value, _("This is where I practice")),
        ],
        widget=Radios(),
        error_messages={"required": SAY_WHICH, "invalid_choice": SAY_WHICH},
    )
