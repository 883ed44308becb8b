"""What the staff show in the place of a story: its words, their language, and what the photograph shows."""

from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from campaigns.engine import texts


def _languages() -> list[tuple[str, str]]:
    """People tell in the language they like, which need not be one of the site's."""
    named = [(code, get_language_info(code)["name_translated"]) for code in LANG_INFO if "name" in LANG_INFO[code]]
    return sorted(named, key=lambda pair: pair[1].casefold())


class StoryWordsForm(forms.Form):
    text = forms.CharField(
        label=_("What visitors read"),
        widget=forms.Textarea(attrs={"rows": 16}),
        max_length=20_000,
        help_text=_(
            "Leave words out where it is too long, or where somebody could be recognised. As soon as it differs from "
            "what was told, visitors read that it was shortened, and its teller sees on their receipt how you show it."
        ),
        error_messages={"required": _("A story without words cannot be shown. Decline it, if it is not to be.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the story"), choices=_languages, help_text=_("So that screen readers speak it right.")
    )
    photo_alt = forms.CharField(
        label=_("What the photograph shows"),
        required=False,
        max_length=250,
        help_text=_("For those who do not see it. As long as this is empty, the photograph is not shown."),
    )

    def __init__(self, *args: Any, has_photo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_photo:
            del self.fields["photo_alt"]

    def clean_text(self) -> str:
        text = texts.clean(self.cleaned_data["text"])
        if not texts.is_visible(text):
            raise ValidationError(self.fields["text"].error_messages["required"])
        return text
