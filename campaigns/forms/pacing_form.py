"""How fast letters leave, as a form: of the site, or what differs for a campaign."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from delivery.engine.pacing import Rules
from delivery.records.pacing import PacingRule
from delivery.services import pacing_rules

_HELP: dict[str, str | Promise] = {
    "official_per_hour": gettext_lazy("They come evenly: four an hour are one every fifteen minutes."),
    "domain_per_hour": gettext_lazy(
        "Many officials share the part after the @, and its mail server sees all of their letters as one stream."
    ),
    "opens_at": gettext_lazy("In the time zone of each official’s capitol, such as 08:00. For all day: 00:00."),
    "closes_at": gettext_lazy("Such as 18:00. For all day: 23:59."),
    "is_weekdays_only": gettext_lazy("Public holidays count as working days."),
    "spread_hours": gettext_lazy(
        "Each letter waits a random part of these hours, in which offices are open, so that a campaign does not arrive "
        "as one burst. 0 lets letters leave as soon as the limits allow."
    ),
}
_OF_THE_SITE = gettext_lazy("What your mail service takes from you.")
_OF_A_CAMPAIGN = gettext_lazy("Of this campaign, to all officials together.")


class PacingForm(forms.ModelForm):
    """Each field may be left empty: it is then as for the site, and for the site as usual, which the field says."""

    class Meta:
        model = PacingRule
        fields = (
            *("official_per_hour", "domain_per_hour", "total_per_hour"),
            *("opens_at", "closes_at", "is_weekdays_only", "spread_hours"),
        )

    def __init__(self, *args: Any, campaign_key: uuid.UUID | None, above: Rules, **kwargs: Any) -> None:
        """:param above: what an empty field means."""
        super().__init__(*args, **kwargs)
        self.campaign_key = campaign_key
        for name, field in self.fields.items():
            field.help_text = _HELP.get(name, "") or (_OF_A_CAMPAIGN if campaign_key else _OF_THE_SITE)
            field.required = False
            value = getattr(above, name)
            if name == "is_weekdays_only":
                self._offer_days(field, value)
            else:
                field.help_text = f"{field.help_text} {self._said_above(value)}"
                field.widget.attrs["placeholder"] = _shown(value)
            if name in pacing_rules.LIMITS:
                field.widget.attrs["min"] = 1
        for name in ("opens_at", "closes_at"):
            self.fields[name].widget = forms.TimeInput(
                format="%H:%M", attrs={"type": "time", "placeholder": _shown(getattr(above, name))}
            )

    @property
    def rules(self) -> Rules:
        return Rules(**{name: self.cleaned_data.get(name) for name in self.fields})

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors:
            try:
                pacing_rules.check(campaign_key=self.campaign_key, rules=self.rules)
            except ValidationError as error:
                self.add_error(None, error)
        return self.cleaned_data

    def _offer_days(self, field: forms.Field, value: bool | None) -> None:
        days = _("on working days only") if value else _("on every day")
        above = _("As for the site: %(value)s") if self.campaign_key else _("As usual: %(value)s")
        field.label = gettext_lazy("on which days")
        field.widget = forms.Select(
            choices=[("", above % {"value": days}), ("true", _("On working days only")), ("false", _("On every day"))]
        )

    def _said_above(self, value: Any) -> str:
        said = _("Empty: as for the site, %(value)s.") if self.campaign_key else _("Empty: as usual, %(value)s.")
        return said % {"value": _shown(value)}


def _shown(value: Any) -> str:
    return f"{value:%H:%M}" if hasattr(value, "hour") else formats.number_format(value or 0, force_grouping=True)
