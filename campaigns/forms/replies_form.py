"""The box with which a person agrees that an office's answer is noted."""

from typing import Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from advocates.engine.people import Consent
from campaigns.engine.actions import RECORDING_REPLIES
from campaigns.forms.letter_form import LETTER_PREFIX
from home.forms.controls import BoundControl

#: Begins as the inputs of letters do, so that it is kept from step to step as they are.
PREFIX = f"{LETTER_PREFIX}replies"


class RepliesForm(forms.Form):
    """Never ticked beforehand; not ticking it is an answer too."""

    bound_field_class = BoundControl
    use_required_attribute = False

    is_noted = forms.BooleanField(
        label=_(
            "When an office answers my letter, note on my receipt and in the campaign’s numbers that it answered, "
            "and when. Never what it said."
        ),
        required=False,
    )

    @classmethod
    def of(cls, post: QueryDict) -> Self:
        """As the person left it; not ticked where it has not been shown yet."""
        return cls(post, prefix=PREFIX)

    def consent(self) -> Consent:
        """What the person agreed to or did not, with the words beside the box in the active language."""
        self.full_clean()
        words = str(self.fields["is_noted"].label)
        return Consent(RECORDING_REPLIES, words, bool(self.cleaned_data.get("is_noted")))
