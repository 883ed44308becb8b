"""As whom an editor looks at an action: an address or two, or an official, with a role and a language."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns.blocks.fields.role import LABELS
from campaigns.engine.addresses import AddressKind, StatedAddress
from home.engine.texts import one_line
from legislators.blocks.officials import OfficialChooserWidget
from legislators.engine.resolution import PostalAddress
from legislators.records.officials import Official
from legislators.selectors.states import state_choices

_PARTS = ("street", "city", "state", "zip_code")


def _states() -> list[tuple[str, Any]]:
    return [("", _("Choose…")), *state_choices()]


def _line(label: Any, limit: int) -> forms.CharField:
    # An editor's browser is not to remember whose address was tried.
    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(label=label, max_length=limit, required=False, widget=widget)


class PreviewForm(forms.Form):
    home_street = _line(_("Street address"), 200)
    home_city = _line(_("City or town"), 100)
    home_state = forms.ChoiceField(label=_("State"), choices=_states, required=False)
    home_zip_code = _line(_("ZIP code"), 20)
    practice_street = _line(_("Street address"), 200)
    practice_city = _line(_("City or town"), 100)
    practice_state = forms.ChoiceField(label=_("State"), choices=_states, required=False)
    practice_zip_code = _line(_("ZIP code"), 20)
    official = forms.ModelChoiceField(
        Official.objects.all(),
        label=_("Official"),
        required=False,
        widget=OfficialChooserWidget(),
        help_text=_("Somebody of the official’s own district is then made up. The addresses above are not used."),
    )
    role = forms.ChoiceField(label=_("As"), required=False)
    language = forms.ChoiceField(label=_("Language"))
    is_guided = forms.BooleanField(
        label=_("Ticks every talking point and answers every question"),
        required=False,
        initial=True,
        help_text=_("Of “Make it yours”. Else the letters are as they go where somebody passes over that page."),
    )

    def __init__(
        self,
        *args: Any,
        languages: Sequence[tuple[str, str]],
        needs_place: bool,
        has_guidance: bool,
        must_say_role: bool,
        **kwargs: Any,
    ) -> None:
        """
        :param needs_place: the action goes to whoever represents the person.
        :param has_guidance: something is asked before the letters are read.
        :param must_say_role: nobody can send the form without saying who they are.
        """
        super().__init__(*args, **kwargs)
        roles = [(role.value, label) for role, label in LABELS.items()]
        nobody = [] if must_say_role else [("", _("Somebody who does not say"))]
        self.fields["role"].choices = [*nobody, *roles]  # type: ignore[attr-defined]
        if not has_guidance:
            del self.fields["is_guided"]
        self.fields["language"].choices = languages  # type: ignore[attr-defined]
        self.needs_place = needs_place

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.needs_place and not cleaned.get("official") and not self.errors and not self.addresses():
            raise ValidationError(_("Type an address with its state or ZIP code, or choose an official."))
        return cleaned

    def addresses(self) -> tuple[StatedAddress, ...]:
        """Those that were typed, the home first; of use after `is_valid()`."""
        return tuple(
            StatedAddress(kind, PostalAddress(**parts)) for kind in AddressKind if (parts := self._parts(kind))
        )

    def _parts(self, kind: AddressKind) -> dict[str, str]:
        parts = {part: one_line(str(self.cleaned_data.get(f"{kind}_{part}") or "")) for part in _PARTS}
        return parts if any(parts.values()) else {}

    def typed(self) -> list[tuple[str, str]]:
        """All of it, as hidden inputs that ask for the same again."""
        return [(name, str(self.data.get(name, ""))) for name in self.fields]
