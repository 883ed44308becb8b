"""Which letters of the ledger are chosen, and what is to be done to them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.services.chosen_letters import Act

#: As many as a page of the ledger shows, and some more for who types the address.
MOST = 200


def chosen_ids(data: Any) -> list[int]:
    """The numbers of the letters that are ticked; what is no number is none."""
    ticked: Sequence[str] = data.getlist("letter") if hasattr(data, "getlist") else []
    return [int(text) for text in dict.fromkeys(ticked[:MOST]) if text.isascii() and text.isdigit() and len(text) < 16]


class ChosenLettersForm(forms.Form):
    act = forms.ChoiceField(choices=Act.choices)
    may_arrive_twice = forms.BooleanField(required=False)
    #: The second page was seen.
    is_confirmed = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.letter_ids:
            raise forms.ValidationError(_("Choose at least one letter."))
        return cleaned

    @property
    def letter_ids(self) -> list[int]:
        return chosen_ids(self.data)
