"""What the ledger of letters can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from campaigns.records.submissions import Letter
from campaigns.selectors import ledger
from delivery.records.messages import OutboxMessage


def _campaign_choices() -> list[tuple[str, str]]:
    return [(str(key), title) for key, title in ledger.campaign_titles().items()]


def _officials(request: Any) -> Any:
    return ledger.officials_written_to()


class LetterFilterSet(WagtailFilterSet):
    campaign = django_filters.ChoiceFilter(
        field_name="campaign_key", label=_("Campaign"), choices=_campaign_choices, empty_label=_("All campaigns")
    )
    state = django_filters.MultipleChoiceFilter(
        field_name="outbox_message__state",
        label=_("State"),
        choices=OutboxMessage.State.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    channel = django_filters.MultipleChoiceFilter(
        field_name="outbox_message__channel",
        label=_("Way"),
        choices=OutboxMessage.Channel.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    official = django_filters.ModelChoiceFilter(
        label=_("Official"), queryset=_officials, empty_label=_("All officials"), widget=forms.Select
    )
    date = django_filters.DateFromToRangeFilter(
        field_name="submission__submit_time", label=_("Date"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Letter
        fields: list[str] = []
