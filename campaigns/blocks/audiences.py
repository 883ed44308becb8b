"""For whom a text is: what an editor says of the offices that get it, and of the people who write."""

import difflib
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from campaigns.engine.audiences import Audience, name_key
from campaigns.engine.roles import Role
from campaigns.engine.targeting import Chamber
from campaigns.records.positions import OfficialPosition
from campaigns.selectors import audiences
from legislators.records.officials import Term

ROLE_CHOICES = [
    (Role.PHYSICIAN.value, gettext_lazy("Physicians")),
    (Role.RESIDENT.value, gettext_lazy("Residents and fellows")),
    (Role.STUDENT.value, gettext_lazy("Students")),
    (Role.PATIENT.value, gettext_lazy("Patients")),
    (Role.CAREGIVER.value, gettext_lazy("Caregivers and family")),
    (Role.OTHER.value, gettext_lazy("Others")),
]
_CHAMBERS = [(chamber.value, Term.Chamber(chamber.value).label) for chamber in Chamber]
_COSPONSORS = {"yes": True, "no": False}


class CommitteeNameBlock(blocks.CharBlock):
    """A proper name: the same in every language, and one that the legislators' data know."""

    def get_translatable_segments(self, value: str) -> list[Any]:
        return []

    def restore_translated_segments(self, value: str, segments: list[Any]) -> str:
        return value

    def clean(self, value: Any) -> Any:
        name = super().clean(value)
        if not name:
            return name
        known = {name_key(each): each for each in audiences.committee_names()}
        if name_key(name) not in known:
            raise ValidationError(_unknown_committee(name, list(known.values())))
        return known[name_key(name)]


def _unknown_committee(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=3)
    if near:
        return _("No committee has this name. Did you mean: %(names)s?") % {"names": "; ".join(near)}
    return _("No committee has this name. Write it as the legislature does, such as “Health Care Financing”.")


class TickedBlock(blocks.MultipleChoiceBlock):
    """Several choices as boxes to tick: nobody knows that a list takes more than one with Ctrl held down."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "default": [], "widget": forms.CheckboxSelectMultiple, **kwargs})


class AudienceBlock(blocks.StructBlock):
    """All that is given must be so; what is left empty is not asked."""

    chambers = blocks.MultipleChoiceBlock(label=gettext_lazy("Chamber"), choices=_CHAMBERS, required=False, default=[])
    parties = TickedBlock(label=gettext_lazy("Party"), choices=audiences.party_choices)
    committee = CommitteeNameBlock(
        label=gettext_lazy("Sits on this committee"), max_length=300, required=False, default=""
    )
    cosponsor = blocks.ChoiceBlock(
        label=gettext_lazy("Sponsors the bill"),
        choices=[
            ("yes", gettext_lazy("Sponsors or cosponsors it")),
            ("no", gettext_lazy("Not noted as a sponsor")),
        ],
        required=False,
        default="",
    )
    positions = TickedBlock(
        label=gettext_lazy("Position"),
        choices=OfficialPosition.Position.choices,
        help_text=gettext_lazy("As noted under “Positions of officials”. Who is not in that list is “Not known”."),
    )
    officials = SnippetChooserBlock("campaigns.OfficialList", label=gettext_lazy("On this list"), required=False)
    roles = TickedBlock(
        label=gettext_lazy("Who writes"),
        choices=ROLE_CHOICES,
        help_text=gettext_lazy("Needs a question about the role in the form."),
    )

    class Meta:
        icon = "group"
        label = gettext_lazy("For whom")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not audience(cleaned).conditions:
            message = _("Say for whom this text is: without a condition it would take the place of every other.")
            raise StructBlockValidationError(non_block_errors=[message])
        return cleaned


def audience(value: Mapping[str, Any], raw: Mapping[str, Any] | None = None) -> Audience:
    """What the editor chose, as the engine knows it.

    :param raw: as stored, which tells a list that was deleted from none that was chosen: a text for a list that is
        gone is for nobody, not for everybody.
    """
    officials = value.get("officials")
    has_lost_list = officials is None and bool(raw and raw.get("officials"))
    return Audience(
        chambers=frozenset(value.get("chambers") or ()),
        parties=frozenset(value.get("parties") or ()),
        committee=(value.get("committee") or "").strip(),
        is_cosponsor=_COSPONSORS.get(value.get("cosponsor") or ""),
        positions=frozenset(value.get("positions") or ()),
        official_ids=_ids(officials) if officials or has_lost_list else None,
        roles=frozenset(value.get("roles") or ()),
    )


def _ids(officials: Any) -> frozenset[int]:
    return frozenset(child["value"] for child in officials.officials.raw_data) if officials else frozenset()
