"""What the staff decide about forms that are not clear, and about many forms after the fact."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from campaigns.engine.protection import Reason
from campaigns.selectors import ledger, quarantine
from campaigns.selectors.quarantine import Choice

#: As many as a page shows, and some more for who types the address.
MOST = 200


class Decision(TextChoices):
    RELEASE = "release", _("Release")
    INVALIDATE = "invalidate", _("Invalidate")


class QueueForm(forms.Form):
    """A decision about what is ticked."""

    decision = forms.ChoiceField(choices=Decision.choices)
    #: Asked for with an invalidation only.
    why = forms.CharField(label=_("Why it is invalid"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.submission_ids:
            raise forms.ValidationError(_("Choose at least one form."))
        if cleaned.get("decision") == Decision.INVALIDATE and not cleaned.get("why"):
            raise forms.ValidationError(_("Say why before you invalidate."))
        return cleaned

    @property
    def submission_ids(self) -> list[int]:
        """The submissions that are ticked; what is no number is none."""
        ticked = self.data.getlist("submission") if hasattr(self.data, "getlist") else []
        return [
            int(text) for text in dict.fromkeys(ticked[:MOST]) if text.isascii() and text.isdigit() and len(text) < 16
        ]


class ChoiceForm(forms.Form):
    """Which submissions a decision after the fact is about."""

    campaign = forms.ChoiceField(label=_("Campaign"), required=False)
    first_day = forms.DateField(
        label=_("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    network = forms.CharField(
        label=_("Network"),
        max_length=64,
        required=False,
        validators=[
            RegexValidator(r"\A[0-9a-f]{8,64}\Z", _("Copy the network from the queue: eight letters and digits."))
        ],
        help_text=_("As the queue names it. Networks are forgotten after some days."),
    )
    domain = forms.CharField(
        label=_("Domain of the e-mail address"),
        max_length=253,
        required=False,
        validators=[RegexValidator(r"\A@?[^\s@]+\.[^\s@]+\Z", _("Enter a domain, such as mail.example."))],
    )
    reason = forms.ChoiceField(label=_("Reason"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [(str(key), title) for key, title in ledger.campaign_titles().items()]
        self._campaigns = {str(key): key for key in ledger.campaign_titles()}
        self._choices("campaign", [("", _("All campaigns")), *titles])
        self._choices("reason", [("", _("Any")), *((key.value, quarantine.reason_words(key)) for key in Reason)])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day is before the first."))
        return cleaned

    @property
    def choice(self) -> Choice:
        """Of a form that is valid."""
        cleaned = self.cleaned_data
        return Choice(
            campaign_key=self._campaigns.get(cleaned["campaign"]),
            first_day=cleaned["first_day"],
            last_day=cleaned["last_day"],
            network=cleaned["network"],
            domain=cleaned["domain"].lstrip("@").lower(),
            reason=cleaned["reason"],
        )

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - both are
        field.choices = choices


class ReasonForm(forms.Form):
    why = forms.CharField(
        label=_("Why these are invalid"),
        max_length=300,
        help_text=_("For the record, and for whoever has to decide whether to take it back."),
    )
    #: How many the page showed: where there are more now, it is shown again.
    expected = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
