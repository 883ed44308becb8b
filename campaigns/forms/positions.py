"""What staff say of an official's position, one by one or as a table."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from campaigns.engine.position_rows import LineError, Mistake
from campaigns.records.positions import OfficialPosition
from campaigns.selectors import positions
from legislators.blocks.officials import OfficialChooserBlock
from legislators.records.officials import Official

LARGEST_BYTES = 2_000_000
#: A table that is wrong in more places is wrong in one way; the rest would be noise.
MOST_ERRORS = 50


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


class PositionForm(WagtailAdminModelForm):
    campaign_key = forms.TypedChoiceField(
        label=gettext_lazy("Campaign"), coerce=uuid.UUID, choices=positions.campaign_choices
    )

    class Meta:
        model = OfficialPosition
        fields = ["campaign_key", "official", "position", "is_cosponsor", "source", "noted_on"]
        labels = {"official": gettext_lazy("Official")}
        widgets = {"noted_on": AdminDateInput}

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_without_nonsense(data), *args, **kwargs)
        self.fields["official"].widget = OfficialChooserBlock().widget
        if self.instance.pk:
            # What is noted belongs to one person in one campaign; for another make another.
            self.fields["official"].disabled = self.fields["campaign_key"].disabled = True
        else:
            self.fields["noted_on"].initial = timezone.localdate

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        key, official = cleaned.get("campaign_key"), cleaned.get("official")
        if key and official and self._is_noted(key, official):
            self.add_error("official", _("Their position in this campaign is noted already. Change that instead."))
        if cleaned.get("noted_on") and cleaned["noted_on"] > timezone.localdate():
            self.add_error("noted_on", _("This day is still to come."))
        return cleaned

    def _is_noted(self, key: uuid.UUID, official: Official) -> bool:
        noted = OfficialPosition.objects.filter(campaign_key=key, official=official)
        return noted.exclude(pk=self.instance.pk).exists()


class PositionImportForm(forms.Form):
    campaign_key = forms.TypedChoiceField(
        label=gettext_lazy("Campaign"), coerce=uuid.UUID, choices=positions.campaign_choices
    )
    table = forms.FileField(
        label=gettext_lazy("Table"),
        help_text=gettext_lazy("A CSV file in UTF-8, as spreadsheets save it. The first line names the columns."),
    )

    def clean_table(self) -> str:
        uploaded = self.cleaned_data["table"]
        if uploaded.size > LARGEST_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB: this is no list of officials."))
        try:
            text = uploaded.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("The file is no text in UTF-8. Save it as “CSV UTF-8”.")) from error
        if "\0" in text:
            raise forms.ValidationError(_("The file is no text in UTF-8. Save it as “CSV UTF-8”."))
        return str(text)


def describe(error: LineError) -> str:
    """One mistake as a sentence."""
    sentences = {
        Mistake.NO_ROWS: _("There is no line below the names of the columns."),
        Mistake.TOO_MANY: _("There are more than 5,000 lines."),
        Mistake.NO_OFFICIAL_COLUMN: _("A column must be called “name” or “source_id”."),
        Mistake.NO_OFFICIAL: _("It names nobody."),
        Mistake.UNKNOWN_OFFICIAL: _("Nobody in office is known as “%(value)s”."),
        Mistake.SEVERAL_OFFICIALS: _("Several people have this name. Write one of these into “source_id”: %(value)s."),
        Mistake.TWICE: _("%(value)s stands on an earlier line already."),
        Mistake.POSITION: _("“%(value)s” is no position."),
        Mistake.COSPONSOR: _("“%(value)s” is neither yes nor no."),
        Mistake.NOTED_ON: _("“%(value)s” is no day. Write it like 2026-03-31."),
        Mistake.SOURCE: _("“%(value)s…” is longer than 300 characters."),
        Mistake.COLUMNS: _("It has more cells than there are columns, or a quotation mark that does not end."),
    }
    sentence = sentences[error.mistake] % {"value": error.value}
    return _("Line %(line)s: %(sentence)s") % {"line": error.line, "sentence": sentence}
