"""The two controls with which a person edits one letter before it goes."""

from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from campaigns.engine.actions import input_key
from campaigns.engine.composing import BODY_LENGTH, SUBJECT_LENGTH, ComposedLetter, rewrite
from home.forms.controls import BoundControl, LineField, ParagraphsField

LETTER_PREFIX = "letter-"


class SubjectArea(forms.Textarea):
    """Looks like an input; in a real one, Enter would press the first button of the form."""

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**super().build_attrs(base_attrs, extra_attrs), "class": "input"}


class LetterForm(forms.Form):
    """Knows the letter that was offered; what comes back is the person's own words and is never merged."""

    bound_field_class = BoundControl
    use_required_attribute = False

    subject = LineField(
        limit=SUBJECT_LENGTH,
        has_note=True,
        label=_("Subject"),
        widget=SubjectArea(attrs={"rows": 2, "autocomplete": "off"}),
        error_messages={"required": _("Enter a subject for this letter.")},
    )
    body = ParagraphsField(
        limit=BODY_LENGTH,
        has_note=True,
        label=_("Your letter"),
        widget=forms.Textarea(attrs={"rows": 14, "autocomplete": "off"}),
        error_messages={"required": _("Write a few words: a letter cannot be empty.")},
    )

    def __init__(self, *args: Any, letter: ComposedLetter, **kwargs: Any) -> None:
        kwargs["prefix"] = f"{LETTER_PREFIX}{input_key(letter.target.key)}"
        kwargs.setdefault("initial", {"subject": letter.subject, "body": letter.body})
        super().__init__(*args, **kwargs)
        self.letter = letter
        # Tells, where lengths are counted while somebody types, whether the text is still as it was offered.
        self.fields["body"].widget.attrs["data-offered"] = letter.body

    @property
    def known_texts(self) -> tuple[str, ...]:
        """What the person did not make up: the letter on offer, their own name and address."""
        return (self.letter.subject, self.letter.body, self.letter.letterhead)

    @classmethod
    def of(cls, letter: ComposedLetter, post: QueryDict) -> Self:
        """Bound to what the person wrote where that came with the request, else as the letter was offered."""
        form = cls(letter=letter)
        return cls(post, letter=letter) if form.add_prefix("body") in post else form

    def written(self) -> ComposedLetter:
        """The letter as the person left it. Only after `is_valid()`."""
        return rewrite(self.letter, subject=self.cleaned_data["subject"], body=self.cleaned_data["body"])
