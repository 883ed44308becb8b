"""A survey: the questions are the fields of the form, and the staff see what came of them together."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.kinds.base import OWN_VOICE, ActionKindBlock, action_kind
from campaigns.engine.fields import Json
from campaigns.engine.survey import COUNTED_TYPES


@action_kind("survey", position=90)
class SurveyKindBlock(ActionKindBlock):
    max_per_page: ClassVar[int] = 1
    submit_label: ClassVar[Any] = _("Send your answers")

    results = blocks.ChoiceBlock(
        label=_("Who sees the results"),
        choices=[
            ("staff", _("The staff only")),
            ("afterwards", _("Everybody who has answered")),
            ("public", _("Everybody, above the form")),
        ],
        default="staff",
        help_text=_(
            "Shown are only questions with options, as shares in percent, and only once ten people have answered."
        ),
    )

    def settings_of(self, value: Mapping[str, Any]) -> dict[str, Json]:
        return {"results": value.get("results") or "staff"}

    def problems(self, value: Mapping[str, Any], page: Any) -> dict[str, ValidationError]:
        is_shown = self.settings_of(value)["results"] != "staff"
        if is_shown and not any(spec.field_type in COUNTED_TYPES for spec in page.form_specs):
            return {"results": ValidationError(_("The form has no question with options: there is nothing to show."))}
        return {}

    class Meta:
        icon = "table"
        group = OWN_VOICE
        label = _("Survey")
        description = _("The fields of the form are the questions; the staff see counts, figures and texts.")
