"""What an editor says before a QR code is printed, and before a form is opened at a stand."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from campaigns.blocks.fields.source import slug_or_nothing
from campaigns.engine import qr_codes

LONGEST_DAYS = 60


class SlugField(forms.CharField):
    """A name as people write it, made into one that can stand in an address: Feria de Salud is feria-de-salud."""

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        word = slug_or_nothing(typed) or slug_or_nothing(slugify(typed))
        if typed and not word:
            raise ValidationError(
                _("Use letters, digits and hyphens, up to 40, and no telephone number: march-newsletter.")
            )
        return word


class QrCodeForm(forms.Form):
    source = SlugField(
        label=_("Name of the poster or mailing"),
        required=False,
        help_text=_("Counted with each form that comes of it, such as lobby-day-poster. It stands in the address."),
    )
    size = forms.TypedChoiceField(
        label=_("Width on paper"),
        choices=[(size, f"{size} cm") for size in qr_codes.SIZES],
        coerce=int,
        required=False,
        empty_value="8",
        initial=8,
    )

    def clean_size(self) -> int:
        return int(self.cleaned_data["size"])


class StandForm(forms.Form):
    name = SlugField(
        label=_("Name of the event"), help_text=_("Such as annual-meeting-2027. Staff see it at each form.")
    )
    until = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        today = timezone.localdate()
        if not today <= until <= today + timedelta(days=LONGEST_DAYS):
            raise ValidationError(_("Choose a day within the next %(days)s days."), params={"days": LONGEST_DAYS})
        return until
