"""The person's name, in the parts that a salutation needs."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from advocates.engine.people import PersonName
from campaigns.blocks.fields.base import ABOUT_THE_PERSON, FormFieldBlock, field_type, messages
from campaigns.engine.fields import FieldSpec, Json
from home.forms.controls import line

LIMIT = 100
TITLE_LIMIT = 50


@field_type("name", position=10)
class NameFieldBlock(FormFieldBlock):
    max_per_form = 1
    field_template_name = "forms/compound.html"

    has_title = blocks.BooleanBlock(label=_("Ask for the title"), required=False, default=True)

    def options_of(self, value: Mapping[str, Any]) -> dict[str, object]:
        return {"has_title": bool(value.get("has_title", True))}

    @classmethod
    def form_fields(cls, spec: FieldSpec) -> dict[str, forms.Field]:
        given = line(
            label=_("Given name"),
            limit=LIMIT,
            autocomplete="given-name",
            is_required=spec.required,
            messages=messages(spec.label, required=_("Enter your given name.")),
            spellcheck="false",
        )
        family = line(
            label=_("Family name"),
            limit=LIMIT,
            autocomplete="family-name",
            is_required=spec.required,
            messages=messages(spec.label, required=_("Enter your family name.")),
            spellcheck="false",
        )
        if not spec.options.get("has_title", True):
            return {"given": given, "family": family}
        title = line(
            label=_("Title"),
            limit=TITLE_LIMIT,
            autocomplete="honorific-prefix",
            is_required=False,
            hint=_("For example, Dr."),
            messages={},
        )
        return {"title": title, "given": given, "family": family}

    @classmethod
    def part_errors(cls, spec: FieldSpec, cleaned: Mapping[str, Any]) -> dict[str, str]:
        if not any(cleaned.values()):
            return {}
        words = {"given": _("Enter your given name too."), "family": _("Enter your family name too.")}
        return {part: str(text) for part, text in words.items() if cleaned.get(part) == ""}

    @classmethod
    def answer(cls, spec: FieldSpec, cleaned: Mapping[str, Any]) -> Json:
        return {part: cleaned.get(part) or "" for part in ("title", "given", "family")}

    @classmethod
    def display(cls, spec: FieldSpec, answer: Json) -> str:
        if not isinstance(answer, dict):
            return super().display(spec, answer)
        return " ".join(answer[part] for part in ("title", "given", "family") if answer.get(part))

    @classmethod
    def columns(cls, spec: FieldSpec) -> dict[str, str]:
        return {"title": str(_("Title")), "given": str(_("Given name")), "family": str(_("Family name"))}

    class Meta:
        icon = "user"
        group = ABOUT_THE_PERSON
        label = _("Name")
        description = _("Title, given name and family name.")
        preview_value = {"label": _("Your name"), "is_required": True, "has_title": True}


def person_name(answer: Json) -> PersonName | None:
    """The name that a stored answer holds; None where it was left empty."""
    if not isinstance(answer, dict) or not any(answer.values()):
        return None
    return PersonName(given=answer.get("given", ""), family=answer.get("family", ""), title=answer.get("title", ""))
