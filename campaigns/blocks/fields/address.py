"""The postal address that decides who represents the person."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.fields import address_controls
from campaigns.blocks.fields.base import ABOUT_THE_PERSON, FormFieldBlock, field_type
from campaigns.engine.addresses import EITHER, AddressKind, StatedAddress
from campaigns.engine.fields import FieldSpec, Json
from campaigns.selectors import addresses
from legislators.engine.resolution import PostalAddress

PARTS = ("street", "unit", "city", "state", "zip_code")
_CHANGED = {
    AddressKind.HOME: _(
        "This form was changed while you filled it in, and now asks for your home address. Check that this is where "
        "you live."
    ),
    AddressKind.PRACTICE: _(
        "This form was changed while you filled it in, and now asks for the address of your practice. Check that "
        "this is where you practice."
    ),
}


@field_type("address", position=30)
class AddressFieldBlock(FormFieldBlock):
    field_template_name = "forms/compound.html"

    address_kind = blocks.ChoiceBlock(
        label=_("Which address"),
        choices=[
            (AddressKind.HOME.value, _("Where the person lives")),
            (AddressKind.PRACTICE.value, _("Where the person practices")),
            (EITHER, _("Either: the person says which it is")),
        ],
        default=AddressKind.HOME.value,
        help_text=_(
            "Both give standing with a legislator, and each letter names the one that does. To take both, add two "
            "addresses, one of each. In the letter write {standing} instead of “I live in your district”."
        ),
    )
    is_street_required = blocks.BooleanBlock(
        label=_("The street must be given"),
        required=False,
        default=True,
        help_text=_("Without it, most people are asked to choose their districts themselves."),
    )

    def options_of(self, value: Mapping[str, Any]) -> dict[str, object]:
        return {"is_street_required": bool(value.get("is_street_required", True)), "address_kind": _kind_of(value)}

    def problems_beside(
        self, value: Mapping[str, Any], others: Sequence[Mapping[str, Any]]
    ) -> dict[str, ValidationError]:
        kinds = sorted(_kind_of(one) for one in (value, *others))
        if not others or kinds == [AddressKind.HOME, AddressKind.PRACTICE]:
            return {}
        text = _("A form can ask for two addresses if one is where the person lives and one where they practice.")
        return {"address_kind": ValidationError(text)}

    @classmethod
    def form_fields(cls, spec: FieldSpec) -> dict[str, forms.Field]:
        return address_controls.form_fields(spec, _asked(spec))

    @classmethod
    def part_errors(cls, spec: FieldSpec, cleaned: Mapping[str, Any]) -> dict[str, str]:
        if not any(cleaned.get(part) for part in PARTS):
            return {}
        asked = _asked(spec)
        words = {**address_controls.missing_words(asked), "kind": address_controls.SAY_WHICH}
        if not spec.options.get("is_street_required", True):
            del words["street"]
        errors = {part: str(text) for part, text in words.items() if cleaned.get(part) == ""}
        if asked != EITHER and cleaned.get("kind") != asked:
            # At a part that shows no error yet: this one must not be lost behind another.
            part = next(part for part in PARTS if part in cleaned and part not in errors)
            errors[part] = str(_CHANGED[AddressKind(asked)])
        return errors

    @classmethod
    def answer(cls, spec: FieldSpec, cleaned: Mapping[str, Any]) -> Json:
        parts = {part: cleaned.get(part) or "" for part in PARTS}
        asked = _asked(spec)
        kind = (cleaned.get("kind") or "") if asked == EITHER else asked
        # Kept with the answer, for the form may ask for another one later.
        return {"kind": kind if any(parts.values()) else "", **parts}

    @classmethod
    def display(cls, spec: FieldSpec, answer: Json) -> str:
        """With a word before it that says which address it is, where the form's own question does not."""
        stated = stated_address(answer)
        if not isinstance(answer, dict) or stated is None:
            return "" if isinstance(answer, dict) else super().display(spec, answer)
        last = " ".join(answer[part] for part in ("state", "zip_code") if answer.get(part))
        lines = [answer.get("street", ""), answer.get("unit", ""), answer.get("city", ""), last]
        text = ", ".join(text for text in lines if text)
        return text if stated.kind == _asked(spec) else f"{addresses.name(stated.kind)}: {text}"

    @classmethod
    def display_part(cls, spec: FieldSpec, answer: Json, part: str) -> str:
        if part != "kind":
            return super().display_part(spec, answer, part)
        stated = stated_address(answer)
        return addresses.name(stated.kind) if stated else ""

    @classmethod
    def columns(cls, spec: FieldSpec) -> dict[str, str]:
        labels = (
            *(_("Home or practice"), _("Street address"), _("Apartment or suite")),
            *(_("City or town"), _("State"), _("ZIP code")),
        )
        # On a form that asks for both, each heading is there once.
        ending = f" ({_('practice')})" if _asked(spec) == AddressKind.PRACTICE else ""
        return {part: f"{label}{ending}" for part, label in zip(("kind", *PARTS), labels, strict=True)}

    class Meta:
        icon = "home"
        group = ABOUT_THE_PERSON
        label = _("Postal address")
        description = _("Decides who represents the person. Needed where letters go to legislators.")
        preview_value = {"label": _("Your home address"), "is_required": True, "is_street_required": True}


def _kind_of(value: Mapping[str, Any]) -> str:
    """What an editor chose; a form that was made before there was a choice asks for the home."""
    return _known(value.get("address_kind"))


def _asked(spec: FieldSpec) -> str:
    return _known(spec.options.get("address_kind"))


def _known(kind: object) -> str:
    return str(kind) if kind in {*AddressKind, EITHER} else AddressKind.HOME.value


def stated_address(answer: Json) -> StatedAddress | None:
    """The address that a stored answer holds; None where it was left empty.

    An answer that says nothing of its kind is of a time when every form asked where the person lives.
    """
    if not isinstance(answer, dict) or not any(answer.get(part) for part in PARTS):
        return None
    postal = PostalAddress(**{part: answer.get(part, "") for part in PARTS if part != "unit"})
    return StatedAddress(AddressKind(answer.get("kind") or AddressKind.HOME), postal, answer.get("unit", ""))
