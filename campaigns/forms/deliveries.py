"""What the staff say about deliveries: what to pause, and how an office takes letters."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from delivery.engine import routes
from delivery.records.pauses import Pause
from delivery.records.recipients import RecipientRecord


class PauseForm(forms.Form):
    """Everything, a campaign, an office or a mail domain."""

    scope = forms.ChoiceField(choices=Pause.Scope.choices)
    key = forms.CharField(required=False, max_length=255)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        scope, key = cleaned.get("scope"), cleaned.get("key", "")
        if scope and bool(key) == (scope == Pause.Scope.SITE):
            raise forms.ValidationError(_("It is not known what is meant."))
        if scope == Pause.Scope.CAMPAIGN:
            try:
                cleaned["key"] = uuid.UUID(hex=key).hex
            except ValueError as error:
                raise forms.ValidationError(_("It is not known what is meant.")) from error
        return cleaned


class OfficeForm(forms.Form):
    """How one office takes letters; empty is the usual."""

    ORDERS = (
        ("", gettext_lazy("As usual for such an office")),
        ("cwc,email", gettext_lazy("Congress’s own system, then e-mail, then the supporter by hand")),
        ("email,cwc", gettext_lazy("E-mail, then Congress’s own system, then the supporter by hand")),
        ("cwc", gettext_lazy("Congress’s own system, then the supporter by hand")),
        ("email", gettext_lazy("E-mail, then the supporter by hand")),
        ("handoff", gettext_lazy("Only the supporter by hand: we send nothing")),
    )

    order = forms.ChoiceField(
        label=gettext_lazy("In which order its letters are tried"), choices=ORDERS, required=False
    )
    per_hour = forms.IntegerField(
        label=gettext_lazy("Letters an hour at most"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=gettext_lazy(
            "Empty: as many as the pace of the site and of the campaign allow. Never more than that."
        ),
    )

    @classmethod
    def of(cls, record: RecipientRecord | None) -> "OfficeForm":
        """Filled with what is known."""
        if record is None:
            return cls()
        return cls(initial={"order": order_of(record.routes), "per_hour": record.per_hour})

    def routes(self) -> list[str]:
        """As `RecipientRecord.routes`; empty is the usual order."""
        chosen = self.cleaned_data["order"]
        return list(routes.in_order(chosen.split(","))) if chosen else []


def order_of(stored: list[str]) -> str:
    """The choice that says the same as these channels; "" is the usual order."""
    if not stored:
        return ""
    before = ",".join(route for route in routes.in_order(stored) if route != routes.HANDOFF)
    return before or routes.HANDOFF
