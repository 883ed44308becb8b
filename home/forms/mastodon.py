"""A post for Mastodon, and the server on which its writer has an account."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from home.engine import mastodon
from home.forms.controls import BoundControl, LineField, ParagraphsField


class MastodonForm(forms.Form):
    bound_field_class = BoundControl
    use_required_attribute = False

    text = ParagraphsField(
        label=_("Your post"),
        limit=5_000,
        help_text=_("Most servers take 500 characters."),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        error_messages={"required": _("Write a post.")},
    )
    server = LineField(
        label=_("Your server"),
        limit=300,
        help_text=_("Where you have your account, for example mastodon.social. Your address there works too."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "inputmode": "url"}
        ),
        error_messages={"required": _("Enter the name of your server.")},
    )

    def clean_server(self) -> str:
        server = mastodon.server_of(self.cleaned_data["server"])
        if not server:
            raise ValidationError(_("Enter the name of a server, such as mastodon.social."))
        return server

    @property
    def errors_to_show(self) -> list[tuple[str, Any]]:
        """The id of each control, with what is wrong."""
        return [(self[name].id_for_label, messages[0]) for name, messages in self.errors.items()]

    @property
    def link(self) -> str:
        """Where the post is written and sent. Only after `is_valid()`."""
        return mastodon.compose_link(self.cleaned_data["server"], self.cleaned_data["text"])
