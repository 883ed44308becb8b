"""The form for a corrected contact: what may be said, and why what contradicts itself may not."""

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from legislators.blocks.officials import OfficialChooserBlock
from legislators.engine.people import web_address
from legislators.records.contacts import ContactOverride
from legislators.records.officials import Official

#: Nobody remembers for longer why a correction was made.
LONGEST = timedelta(days=366)
_LEAST_DIGITS = 7


def _without_nonsense(data: Any) -> Any:
    """What was sent, without an official who is no number: the chooser, shown again beside its error, would break."""
    if not data:
        return data
    official = str(data.get("official", ""))
    if official.isascii() and official.isdecimal() and len(official) < 18:
        return data
    changed = data.copy()
    changed["official"] = ""
    return changed


class ContactOverrideForm(WagtailAdminModelForm):
    contact_form_url = forms.URLField(
        label=gettext_lazy("Contact form"), required=False, max_length=500, assume_scheme="https"
    )

    class Meta:
        model = ContactOverride
        fields = ["official", "email", "stops_email", "contact_form_url", "phone", "reason", "expires_on"]
        labels = {"official": gettext_lazy("Official")}
        widgets = {"expires_on": AdminDateInput}

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_without_nonsense(data), *args, **kwargs)
        self.fields["official"].widget = OfficialChooserBlock().widget
        self.fields["official"].error_messages["unique"] = _(
            "This person’s contact is corrected already. Change that correction, or delete it first."
        )
        if self.instance.pk:
            # A correction belongs to one person; for another one make another.
            self.fields["official"].disabled = True
        for name in ("email", "contact_form_url", "phone"):
            self.fields[name].help_text = _("Leave empty to keep what the source says.")
        self.fields["reason"].help_text = _("Who says so, and since when: for whoever looks at this in a year.")

    def shown_official(self) -> Official | None:
        """Whom the form is about, as far as is known."""
        value = self["official"].value()
        return value if isinstance(value, Official) else Official.objects.filter(pk=value or None).first()

    def clean_contact_form_url(self) -> str:
        address: str = self.cleaned_data["contact_form_url"]
        if address and not web_address(address):
            raise ValidationError(_("Give the address of a web page: it begins with https:// or http://."))
        return address

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"].strip()
        if phone and len(re.sub(r"\D", "", phone)) < _LEAST_DIGITS:
            raise ValidationError(_("A telephone number has at least seven digits."))
        return phone

    def clean_expires_on(self) -> Any:
        day = self.cleaned_data["expires_on"]
        today = timezone.localdate()
        if day <= today:
            raise ValidationError(_("This day has passed. Choose one that is still to come."))
        if day > today + LONGEST:
            raise ValidationError(_("Choose a day within a year: a correction has to be looked at again by then."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        email, stops = cleaned.get("email", ""), cleaned.get("stops_email", False)
        if email and stops:
            self.add_error(
                "stops_email",
                _("An address is given above, and this says to use none. Empty the one or clear the other."),
            )
        official = cleaned.get("official")
        if official is not None and email and email.casefold() == official.email.casefold():
            self.add_error("email", _("The source says the same. Only what differs from it is a correction."))
        has_error = any(name in self.errors for name in ("email", "contact_form_url", "phone", "stops_email"))
        says_nothing = not (email or stops or cleaned.get("contact_form_url") or cleaned.get("phone"))
        if says_nothing and not has_error:
            self.add_error("email", _("Give an address, a form or a number, or say below that no e-mail is sent."))
        return cleaned

    def save(self, commit: bool = True) -> ContactOverride:
        self.instance.changed_by = self.for_user
        saved: ContactOverride = super().save(commit)
        return saved
