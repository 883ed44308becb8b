"""As whom the person acts: the same roles on every form, so that texts can depend on them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.fields.base import ABOUT_THE_PERSON, FormFieldBlock, field_type, messages
from campaigns.engine.fields import FieldSpec, Json
from campaigns.engine.roles import Role
from campaigns.engine.rules import Test
from home.forms.controls import Radios

LABELS = {
    Role.PHYSICIAN: _("Physician"),
    Role.RESIDENT: _("Resident or fellow"),
    Role.STUDENT: _("Medical student"),
    Role.PATIENT: _("Patient"),
    Role.CAREGIVER: _("Family member or caregiver"),
    Role.OTHER: _("Somebody else"),
}


class OfferedRoleBlock(blocks.StructBlock):
    role = blocks.ChoiceBlock(label=_("Role"), choices=[(role.value, label) for role, label in LABELS.items()])
    label = blocks.CharBlock(
        label=_("In other words"),
        required=False,
        default="",
        max_length=200,
        help_text=_("Empty: as it stands in the list."),
    )

    class Meta:
        icon = "user"
        label_format = "{role} {label}"


@field_type("role", position=35)
class RoleFieldBlock(FormFieldBlock):
    max_per_form = 1
    rule_tests = frozenset({Test.IS, Test.IS_NOT})

    roles = blocks.ListBlock(
        OfferedRoleBlock(),
        label=_("Roles that are offered"),
        default=[],
        help_text=_("Empty: all of them. Letters can have a text of their own for each role."),
    )

    def choices_of(self, value: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
        offered: dict[str, str] = {}
        for item in value.get("roles") or ():
            if item.get("role") in set(Role):
                offered.setdefault(item["role"], str(item.get("label") or ""))
        roles = [Role(role) for role in offered] or list(Role)
        return tuple((role.value, offered.get(role) or str(LABELS[role])) for role in roles)

    def problems(self, value: Mapping[str, Any]) -> dict[str, ValidationError]:
        offered = [item.get("role") for item in value.get("roles") or ()]
        if len(offered) != len(set(offered)):
            return {"roles": ValidationError(_("The same role is offered twice."))}
        if len(offered) == 1:
            return {"roles": ValidationError(_("Offer two roles at least, or none to offer all of them."))}
        return {}

    @classmethod
    def form_field(cls, spec: FieldSpec) -> forms.Field:
        required = _("Choose an option for “%(label)s”.") % {"label": spec.label}
        return forms.ChoiceField(
            label=spec.label,
            help_text=spec.help_text,
            required=spec.required,
            choices=spec.choices,
            widget=Radios(),
            error_messages=messages(spec.label, required=required)
            | {"invalid_choice": _("Choose one of the options that are offered.")},
        )

    @classmethod
    def display(cls, spec: FieldSpec, answer: Json) -> str:
        """In the words of the form, and in our own for a role that it does not offer any more."""
        if not answer:
            return ""
        stored = str(answer)
        if stored in dict(spec.choices) or stored not in set(Role):
            return spec.choice_label(stored)
        return str(LABELS[Role(stored)])

    class Meta:
        icon = "group"
        group = ABOUT_THE_PERSON
        label = _("Role")
        description = _("Physician, resident, student, patient: letters can speak for each in other words.")
        preview_value = {"label": _("I am a"), "is_required": True, "roles": []}
