"""The postal address that decides who represents the person."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.fields.base import ABOUT_THE_PERSON, FormFieldBlock, field_type, messages
from campaigns.engine.addresses import AddressKind, StatedAddress
from campaigns.engine.fields import FieldSpec, Json
from home.forms.controls import line
from legislators.engine.resolution import PostalAddress
from legislators.forms.address_form import ZipCodeField
from legislators.selectors.states import state_choices

PARTS = ("street", "unit", "city", "state", "zip_code")


@field_type("address", position=30)
class AddressFieldBlock(FormFieldBlock):
    max_per_form = 1
    field_template_name = "forms/compound.html"

    is_street_required = blocks.BooleanBlock(
        label=_("The street must be given"),
        required=False,
        default=True,
        help_text=_("Without it, most people are asked to choose their districts themselves."),
    )

    def options_of(self, value: Mapping[str, Any]) -> dict[str, object]:
        return {"is_street_required": bool(value.get("is_street_required", True))}

    @classmethod
    def form_fields(cls, spec: FieldSpec) -> dict[str, forms.Field]:
        needs_street = spec.required and bool(spec.options.get("is_street_required", True))
        return {
            "street": line(
                label=_("Street address"),
                limit=200,
                autocomplete="address-line1",
                is_required=needs_street,
                hint=_("House number and street of your home. A ZIP code alone is not enough to find your districts."),
                messages=messages(spec.label, required=_("Enter your street address, with the house number.")),
            ),
            "unit": line(
                label=_("Apartment or suite"),
                limit=50,
                autocomplete="address-line2",
                is_required=False,
                messages={},
            ),
            "city": line(
                label=_("City or town"),
                limit=100,
                autocomplete="address-level2",
                is_required=spec.required,
                messages=messages(spec.label, required=_("Enter your city or town.")),
            ),
            "state": _state_field(spec),
            "zip_code": ZipCodeField(
                label=_("ZIP code"),
                limit=20,
                required=spec.required,
                error_messages=messages(spec.label, required=_("Enter your ZIP code.")),
                widget=forms.TextInput(
                    attrs={"autocomplete": "postal-code", "inputmode": "numeric", "spellcheck": "false"}
                ),
            ),
        }

    @classmethod
    def part_errors(cls, spec: FieldSpec, cleaned: Mapping[str, Any]) -> dict[str, str]:
        if not any(cleaned.values()):
            return {}
        words = {
            "city": _("Enter your city or town."),
            "state": _("Choose your state."),
            "zip_code": _("Enter your ZIP code."),
        }
        if spec.options.get("is_street_required", True):
            words["street"] = _("Enter your street address, with the house number.")
        return {part: str(text) for part, text in words.items() if cleaned.get(part) == ""}

    @classmethod
    def answer(cls, spec: FieldSpec, cleaned: Mapping[str, Any]) -> Json:
        return {part: cleaned.get(part) or "" for part in PARTS}

    @classmethod
    def display(cls, spec: FieldSpec, answer: Json) -> str:
        if not isinstance(answer, dict):
            return super().display(spec, answer)
        last = " ".join(answer[part] for part in ("state", "zip_code") if answer.get(part))
        lines = [answer.get("street", ""), answer.get("unit", ""), answer.get("city", ""), last]
        return ", ".join(text for text in lines if text)

    @classmethod
    def columns(cls, spec: FieldSpec) -> dict[str, str]:
        labels = (_("Street address"), _("Apartment or suite"), _("City or town"), _("State"), _("ZIP code"))
        return dict(zip(PARTS, map(str, labels), strict=True))

    class Meta:
        icon = "home"
        group = ABOUT_THE_PERSON
        label = _("Postal address")
        description = _("Decides who represents the person. Needed where letters go to legislators.")
        preview_value = {"label": _("Your home address"), "is_required": True, "is_street_required": True}


def _state_field(spec: FieldSpec) -> forms.Field:
    def choices() -> list[tuple[str, Any]]:
        return [("", _("Choose…")), *state_choices()]

    return forms.ChoiceField(
        label=_("State"),
        required=spec.required,
        choices=choices,
        widget=forms.Select(attrs={"autocomplete": "address-level1"}),
        error_messages=messages(spec.label, required=_("Choose your state."))
        | {"invalid_choice": _("Choose a state from the list.")},
    )


def stated_address(answer: Json) -> StatedAddress | None:
    """The address that a stored answer holds; None where it was left empty.

    An answer that says nothing of its kind is of a time when every form asked where the person lives.
    """
    if not isinstance(answer, dict) or not any(answer.get(part) for part in PARTS):
        return None
    postal = PostalAddress(**{part: answer.get(part, "") for part in PARTS if part != "unit"})
    return StatedAddress(AddressKind(answer.get("kind") or AddressKind.HOME), postal, answer.get("unit", ""))
