"""A number, within limits that the editor may set."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.fields.base import FormFieldBlock, field_type, messages
from campaigns.engine.fields import FieldSpec, Json
from campaigns.engine.rules import Test

#: Beyond this a spreadsheet no longer keeps every digit.
LARGEST = 10**12
_THOUSANDS = re.compile(r"-?\d{1,3}([ ,]\d{3})+(\.\d+)?\Z")


class _GroupedDigits:
    """Reads 12,500 and 12 500 as people write them."""

    def to_python(self, value: Any) -> Any:
        text = str(value).strip() if value is not None else ""
        if _THOUSANDS.match(text):
            text = text.replace(",", "").replace(" ", "")
        return super().to_python(text)  # type: ignore[misc]


class WholeNumberField(_GroupedDigits, forms.IntegerField):
    pass


class FractionField(_GroupedDigits, forms.DecimalField):
    pass


@field_type("number", position=60)
class NumberFieldBlock(FormFieldBlock):
    rule_tests = frozenset({Test.IS, Test.IS_NOT, Test.AT_LEAST, Test.AT_MOST})
    minimum = blocks.DecimalBlock(label=_("Smallest"), required=False, min_value=-LARGEST, max_value=LARGEST)
    maximum = blocks.DecimalBlock(label=_("Largest"), required=False, min_value=-LARGEST, max_value=LARGEST)
    has_fractions = blocks.BooleanBlock(label=_("May have decimals"), required=False)

    def options_of(self, value: Mapping[str, Any]) -> dict[str, object]:
        return {name: value.get(name) for name in ("minimum", "maximum", "has_fractions")}

    def problems(self, value: Mapping[str, Any]) -> dict[str, ValidationError]:
        smallest, largest = value.get("minimum"), value.get("maximum")
        if smallest is not None and largest is not None and smallest > largest:
            return {"maximum": ValidationError(_("The largest number is smaller than the smallest."))}
        return {}

    @classmethod
    def form_field(cls, spec: FieldSpec) -> forms.Field:
        smallest, largest = _bound(spec, "minimum", -LARGEST), _bound(spec, "maximum", LARGEST)
        invalid = _("“%(label)s” must be a number, like 15.") % {"label": spec.label}
        words = messages(spec.label, invalid=invalid) | {
            "min_value": _("“%(label)s” must be %(limit)s or more.")
            % {"label": spec.label, "limit": number_format(smallest)},
            "max_value": _("“%(label)s” must be %(limit)s or less.")
            % {"label": spec.label, "limit": number_format(largest)},
        }
        options: dict[str, Any] = {
            "label": spec.label,
            "help_text": spec.help_text,
            "required": spec.required,
            "min_value": smallest,
            "max_value": largest,
            "error_messages": words,
        }
        # Not type=number: a wheel or an arrow key changes it unseen (GOV.UK Design System, text input).
        attributes = {"autocomplete": "off", "spellcheck": "false"}
        if spec.options.get("has_fractions"):
            attributes["inputmode"] = "decimal"
            return FractionField(max_digits=15, widget=forms.TextInput(attrs=attributes), **options)
        attributes["inputmode"] = "numeric"
        return WholeNumberField(widget=forms.TextInput(attrs=attributes), **options)

    @classmethod
    def answer(cls, spec: FieldSpec, cleaned: Mapping[str, Any]) -> Json:
        value = cleaned.get("")
        return float(value) if isinstance(value, Decimal) else value

    @classmethod
    def display(cls, spec: FieldSpec, answer: Json) -> str:
        if isinstance(answer, bool) or not isinstance(answer, int | float):
            return super().display(spec, answer)
        return number_format(answer, use_l10n=True, force_grouping=False)

    class Meta:
        icon = "order"
        label = _("Number")
        description = _("A count or an amount, with limits.")
        preview_value = {"label": _("Years in practice"), "is_required": False, "minimum": 0, "maximum": 80}


def _bound(spec: FieldSpec, name: str, default: int) -> Decimal | int:
    value = spec.options.get(name)
    if value is None:
        return default
    number = Decimal(str(value))
    return int(number) if number == number.to_integral_value() else number
