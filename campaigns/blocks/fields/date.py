"""A day, within limits that the editor may set."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.fields.base import FormFieldBlock, field_type, messages
from campaigns.engine.fields import FieldSpec, Json
from campaigns.engine.rules import Test

#: What a browser's own control sends, and what people type where there is none.
FORMATS = ["%Y-%m-%d", "%m/%d/%Y"]
ANY, NOT_FUTURE, NOT_PAST = "any", "not_future", "not_past"


@field_type("date", position=65)
class DateFieldBlock(FormFieldBlock):
    rule_tests = frozenset({Test.IS, Test.IS_NOT, Test.AT_LEAST, Test.AT_MOST})

    earliest = blocks.DateBlock(label=_("Not before"), required=False)
    latest = blocks.DateBlock(label=_("Not after"), required=False)
    today = blocks.ChoiceBlock(
        label=_("Beside today"),
        choices=[
            (ANY, _("Any day")),
            (NOT_FUTURE, _("Not in the future: something that happened")),
            (NOT_PAST, _("Not in the past: something that is planned")),
        ],
        default=ANY,
        help_text=_("Today itself is always allowed, wherever in the country the person is."),
    )

    def options_of(self, value: Mapping[str, Any]) -> dict[str, object]:
        days = {name: value.get(name) for name in ("earliest", "latest")}
        # Texts, because a form is kept with its answers as JSON.
        return {**{name: str(day) if day else "" for name, day in days.items()}, "today": value.get("today") or ANY}

    def problems(self, value: Mapping[str, Any]) -> dict[str, ValidationError]:
        first, last = value.get("earliest"), value.get("latest")
        if first and last and first > last:
            return {"latest": ValidationError(_("This day is before the earliest one."))}
        return {}

    @classmethod
    def form_field(cls, spec: FieldSpec) -> forms.Field:
        invalid = _("“%(label)s” must be a real date, like 03/27/2027.") % {"label": spec.label}
        attributes = {"type": "date", "autocomplete": "off", "inputmode": "text"}
        first, last = _limits(spec)
        attributes |= {name: day.isoformat() for name, day in (("min", first), ("max", last)) if day}
        field = forms.DateField(
            label=spec.label,
            help_text=spec.help_text,
            required=spec.required,
            input_formats=FORMATS,
            error_messages=messages(spec.label, invalid=invalid),
            widget=forms.DateInput(format="%Y-%m-%d", attrs=attributes),
        )
        if first:
            field.validators.append(MinValueValidator(first, _too_early(spec, first)))
        if last:
            field.validators.append(MaxValueValidator(last, _too_late(spec, last)))
        return field

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
        preview_value = {"label": _("Day of the denial"), "is_required": False, "today": NOT_FUTURE}


def _limits(spec: FieldSpec) -> tuple[datetime.date | None, datetime.date | None]:
    """The first and the last day that can be given, by the editor's limits and by today's date."""
    first, last = (parse_date(str(spec.options.get(name) or "")) for name in ("earliest", "latest"))
    # The site has one time zone and the people have several: nobody's today is refused.
    slack, today = datetime.timedelta(days=1), timezone.localdate()
    if spec.options.get("today") == NOT_FUTURE:
        last = min(last or datetime.date.max, today + slack)
    if spec.options.get("today") == NOT_PAST:
        first = max(first or datetime.date.min, today - slack)
    return first, last


def _too_early(spec: FieldSpec, first: datetime.date) -> str:
    words = {"label": spec.label, "day": date_format(first, "DATE_FORMAT")}
    if spec.options.get("today") == NOT_PAST and first < timezone.localdate():
        return _("“%(label)s” must not be in the past.") % words
    return _("“%(label)s” must be %(day)s or later.") % words


def _too_late(spec: FieldSpec, last: datetime.date) -> str:
    words = {"label": spec.label, "day": date_format(last, "DATE_FORMAT")}
    if spec.options.get("today") == NOT_FUTURE and last > timezone.localdate():
        return _("“%(label)s” must not be in the future.") % words
    return _("“%(label)s” must be %(day)s or earlier.") % words
