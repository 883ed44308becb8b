"""What a reader decides about a story."""

from django import forms
from django.utils.translation import gettext_lazy as _


class StoryJudgementForm(forms.Form):
    judgement = forms.ChoiceField(
        choices=[("approve", _("Approve")), ("decline", _("Decline"))],
        error_messages={"required": _("Approve the story or decline it."), "invalid_choice": _("Approve or decline.")},
    )
    note = forms.CharField(label=_("Note for the staff"), required=False, max_length=500)
