"""A day."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from campaigns.blocks.fields.base import FormFieldBlock, field_type, messages
from campaigns.engine.fields import FieldSpec, Json

#: What a browser's own control sends, and what people type where there is none.
FORMATS = ["%Y-%m-%d", "%m/%d/%Y"]


@field_type("date", position=65)
class DateFieldBlock(FormFieldBlock):
    @classmethod
    def form_field(cls, spec: FieldSpec) -> forms.Field:
        invalid = _("“%(label)s” must be a real date, like 03/27/2027.") % {"label": spec.label}
        attributes = {"type": "date", "autocomplete": "off", "inputmode": "text"}
        return forms.DateField(
            label=spec.label,
            help_text=spec.help_text,
            required=spec.required,
            input_formats=FORMATS,
            error_messages=messages(spec.label, invalid=invalid),
            widget=forms.DateInput(format="%Y-%m-%d", attrs=attributes),
        )

    @classmethod
    def answer(cls, spec: FieldSpec, cleaned: Mapping[str, Any]) -> Json:
        day = cleaned.get("")
        return day.isoformat() if isinstance(day, datetime.date) else None

    @classmethod
    def display(cls, spec: FieldSpec, answer: Json) -> str:
        try:
            day = parse_date(str(answer or ""))
        except ValueError:
            day = None
        return date_format(day, "DATE_FORMAT") if day else super().display(spec, answer)

    class Meta:
        icon = "date"
        label = _("Date")
        description = _("A day, such as the day of a visit.")
        preview_value = {"label": _("Day of the denial"), "is_required": False}
