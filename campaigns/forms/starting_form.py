"""What an editor says to begin an action, and to keep one as a template."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class StartForm(forms.Form):
    """Where the action lies, what it is called, and what it begins with."""

    parent = forms.ChoiceField(label=_("Where"), help_text=_("The campaign that the action belongs to."))
    campaign_title = forms.CharField(
        label=_("Title of the new campaign"),
        max_length=200,
        required=False,
        help_text=_("Only for a new campaign. Empty: the title of the action."),
    )
    title = forms.CharField(
        label=_("Title of the action"),
        max_length=200,
        help_text=_("As visitors read it: Ask your legislators to keep telehealth."),
    )
    content = forms.ChoiceField(label=_("Begin with"), widget=forms.RadioSelect)

    def __init__(
        self,
        *args: Any,
        parents: Sequence[tuple[str, str]],
        contents: Sequence[tuple[str, Sequence[tuple[str, str]]]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        # Nothing is chosen beforehand: that an action lies in the wrong campaign is noticed late.
        nobody = [("", _("Choose…"))] if len(parents) > 1 else []
        self.fields["parent"].choices = [*nobody, *parents]  # type: ignore[attr-defined]
        self.fields["content"].choices = contents  # type: ignore[attr-defined]
        if len(parents) == 1:
            self.fields["parent"].initial = parents[0][0]


class TemplateForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    description = forms.CharField(
        label=_("What it is for"),
        max_length=200,
        required=False,
        help_text=_("Stands beside the name where an action is begun."),
    )
