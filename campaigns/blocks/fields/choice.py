"""One of several options: the value is stored, the label is shown."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.fields.base import FormFieldBlock, field_type, messages
from campaigns.engine.fields import FieldSpec, Json, key_from_label
from campaigns.engine.rules import Test
from home.blocks.keys import KeyBlock
from home.forms.controls import Radios

_NOT_OFFERED = _("Choose one of the options that are offered.")


class OptionBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Label"), max_length=200, default="")
    value = KeyBlock(
        label=_("Stored value"),
        required=False,
        default="",
        help_text=_("The same in every language. Made from the label when empty; fixed once published."),
    )

    class Meta:
        icon = "radio-full"


def options_block() -> blocks.ListBlock:
    """The options as an editor lists them."""
    return blocks.ListBlock(OptionBlock(), label=_("Options"), default=[])


def choices_of(options: Iterable[Mapping[str, Any]] | None) -> tuple[tuple[str, str], ...]:
    """Stored value and label of each option; a value still missing is made from the label."""
    found: dict[str, str] = {}
    for option in options or ():
        label = str(option.get("label") or "")
        value = option.get("value") or key_from_label(label, found, fallback="option")
        found.setdefault(value, label)
    return tuple(found.items())


def option_ids(options: Any) -> dict[str, str]:
    """The stored value of each option by the id of its block; nothing for options that are no blocks yet."""
    bound = getattr(options, "bound_blocks", ())
    return {item.id: item.value["value"] for item in bound if item.id and item.value.get("value")}


def option_problems(options: Iterable[Mapping[str, Any]] | None) -> dict[str, ValidationError]:
    """What keeps a list of options from being published."""
    given = list(options or ())
    if not given:
        return {"options": ValidationError(_("Give at least one option."))}
    values = [option["value"] for option in given if option.get("value")]
    if len(values) != len(set(values)):
        return {"options": ValidationError(_("Two options have the same stored value."))}
    return {}


@field_type("choice", position=70)
class ChoiceFieldBlock(FormFieldBlock):
    rule_tests = frozenset({Test.IS, Test.IS_NOT})
    options = options_block()
    control = blocks.ChoiceBlock(
        label=_("Shown as"),
        choices=[("radios", _("Radio buttons")), ("select", _("A drop-down list, for more than seven options"))],
        default="radios",
    )

    def choices_of(self, value: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
        return choices_of(value.get("options"))

    def options_of(self, value: Mapping[str, Any]) -> dict[str, object]:
        options = value.get("options")
        return {"control": value.get("control") or "radios", "option_ids": option_ids(options)}

    def problems(self, value: Mapping[str, Any]) -> dict[str, ValidationError]:
        return option_problems(value.get("options"))

    @classmethod
    def form_field(cls, spec: FieldSpec) -> forms.Field:
        is_select = spec.options.get("control") == "select"
        required = _("Choose an option for “%(label)s”.") % {"label": spec.label}
        return forms.ChoiceField(
            label=spec.label,
            help_text=spec.help_text,
            required=spec.required,
            choices=[("", _("Choose…")), *spec.choices] if is_select else spec.choices,
            widget=forms.Select(attrs={"autocomplete": "off"}) if is_select else Radios(),
            error_messages=messages(spec.label, required=required) | {"invalid_choice": _NOT_OFFERED},
        )

    @classmethod
    def display(cls, spec: FieldSpec, answer: Json) -> str:
        return spec.choice_label(str(answer)) if answer else ""

    class Meta:
        icon = "radio-full"
        label = _("Choice of one")
        description = _("One of several options, such as a specialty or a kind of practice.")
        preview_value = {
            "label": _("Where do you practice?"),
            "is_required": True,
            "control": "radios",
            "options": [
                {"label": _("Hospital"), "value": "hospital"},
                {"label": _("Private practice"), "value": "private_practice"},
            ],
        }
