"""What a visitor sends who says "this is not my legislator": whom they were shown, and why they doubt it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from legislators.engine.resolution import Representation
from legislators.records.answers import LegislatorDoubt

REASONS = LegislatorDoubt.Reason.choices


class DoubtForm(forms.Form):
    """Believes only what was shown: a seat among `seats`, and somebody who sits for it.

    The button's value is `<official's id, or 0> <chamber> <division's OCD id>`; the reason stands in
    `doubt-reason-<official's id>`, since several such controls can stand in one form.
    """

    doubt = forms.CharField(max_length=250)

    def __init__(self, data: Any, *, seats: Sequence[Representation]) -> None:
        super().__init__(data)
        self._seats = seats
        self.official_id: int | None = None
        self.seat: Representation = Representation("", "", "")
        self.reason: str = LegislatorDoubt.Reason.OTHER

    @property
    def is_about_the_district(self) -> bool:
        return self.reason == LegislatorDoubt.Reason.WRONG_DISTRICT

    @property
    def thanks(self) -> str:
        """What the person is told. Only after `is_valid()`."""
        if self.is_about_the_district:
            return _(
                "Thank you: our staff can see that somebody doubts this district, and nothing about you. "
                "Correct your address, or choose your district yourself."
            )
        return _(
            "Thank you: our staff will check this, and see nothing about you. "
            "Below you can keep this district or choose another."
        )

    def clean_doubt(self) -> str:
        given = str(self.cleaned_data["doubt"])
        number, _space, rest = given.partition(" ")
        chamber, _space, ocd_id = rest.partition(" ")
        seat = next((one for one in self._seats if (one.chamber, one.division_ocd_id) == (chamber, ocd_id)), None)
        if seat is None:
            raise forms.ValidationError("unknown seat")
        self.seat = seat
        self.official_id = int(number) if number.isdecimal() and int(number) in seat.official_ids else None
        given_reason = str(self.data.get(f"doubt-reason-{number}", ""))
        self.reason = given_reason if given_reason in LegislatorDoubt.Reason.values else LegislatorDoubt.Reason.OTHER
        return given
