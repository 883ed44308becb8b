"""What the staff decide about letters that are held."""

from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from delivery.records.rejections import Rejection

#: As many as a page shows, and some more for who types the address.
MOST = 200


class Decision(TextChoices):
    APPROVE = "approve", _("Approve")
    REJECT = "reject", _("Reject")
    HAND_OVER = "hand_over", _("Hand over to the supporter")
    CANCEL = "cancel", _("Cancel")


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(choices=Decision.choices)
    #: Asked for with a rejection only.
    why = forms.ChoiceField(label=_("Why it is rejected"), choices=[("", "–"), *Rejection.choices], required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.letter_ids:
            raise forms.ValidationError(_("Choose at least one letter."))
        if cleaned.get("decision") == Decision.REJECT and not cleaned.get("why"):
            raise forms.ValidationError(_("Say why before you reject."))
        return cleaned

    @property
    def letter_ids(self) -> list[int]:
        """The letters that are ticked; what is no number is none."""
        ticked = self.data.getlist("letter") if hasattr(self.data, "getlist") else []
        return [
            int(text) for text in dict.fromkeys(ticked[:MOST]) if text.isascii() and text.isdigit() and len(text) < 16
        ]
