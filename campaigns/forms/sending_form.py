"""What a person says once for all their letters: their own words, and what Congress asks of whoever writes to it."""

from typing import Any, Self

import phonenumbers
from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from campaigns.blocks.fields.phone import PhoneField
from campaigns.engine.composing import OWN_WORDS_LENGTH
from campaigns.engine.congress import NO_PREFIX, CongressAnswers, prefix_of
from campaigns.forms.guidance_form import GUIDE_PREFIX, OWN
from campaigns.forms.letter_form import LETTER_PREFIX
from delivery.engine.cwc.names import PREFIXES
from delivery.engine.cwc.validation import TEXT_LENGTHS
from home.forms.controls import BoundControl, ParagraphsField, Radios

#: Begins as the inputs of letters do, so that it is kept from step to step as they are.
_OF_ALL = LETTER_PREFIX.rstrip("-")
OWN_WORDS_INPUT = f"{_OF_ALL}-own_words"
_OF_CONGRESS = f"{LETTER_PREFIX}congress"
#: What is kept when a person goes back to their answers, whether they changed a letter or not.
PREFIXES_OF_ALL = frozenset({_OF_ALL, _OF_CONGRESS, GUIDE_PREFIX})
_NOT_IN_THE_UNITED_STATES = _("Congress’s system takes telephone numbers of the United States only.")


class OwnWordsForm(forms.Form):
    """One text for all letters, beside the one on offer and never instead of it."""

    bound_field_class = BoundControl
    use_required_attribute = False

    #: The person's own name and address.
    known_texts: tuple[str, ...] = ()

    own_words = ParagraphsField(
        limit=OWN_WORDS_LENGTH,
        has_note=True,
        label=_("In your own words"),
        required=False,
        help_text=_(
            "Two or three sentences are enough: what you have seen, and what it meant where you live or practice. "
            "Do not name a patient. In a survey of 2017 by the Congressional Management Foundation, nine of ten "
            "people who work in offices of Congress said that a personal message can move an undecided member."
        ),
        widget=forms.Textarea(attrs={"rows": 6, **OWN}),
    )

    def clean_own_words(self) -> str:
        words: str = self.cleaned_data["own_words"]
        # Congress takes no text that is shorter, and no office makes anything of it.
        if words and len(words) < TEXT_LENGTHS[0]:
            raise forms.ValidationError(_("Write a few words more, or leave this empty."), code="min_length")
        return words

    @classmethod
    def of(cls, post: QueryDict, *, answers: str = "") -> Self:
        """Bound to what the person wrote where that came with the request, else to what they answered, else empty.

        :param answers: the answers to what they were asked, as one text.
        """
        if OWN_WORDS_INPUT in post:
            return cls(post, prefix=_OF_ALL)
        return cls({OWN_WORDS_INPUT: answers}, prefix=_OF_ALL) if answers else cls(prefix=_OF_ALL)

    @property
    def words(self) -> str:
        """What the person wrote, "" where there is nothing or it cannot go as it is."""
        return self.cleaned_data.get("own_words", "") if self.is_valid() else ""


class AmericanPhoneField(PhoneField):
    """Gives the number in the one form that CWC knows: 202-555-0123."""

    def clean(self, value: Any) -> str:
        stored = super().clean(value)
        if not stored:
            return ""
        number = phonenumbers.parse(stored)
        digits = str(number.national_number)
        if number.country_code != 1 or number.extension or len(digits) != 10:
            raise forms.ValidationError(_NOT_IN_THE_UNITED_STATES, code="invalid")
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"


class CongressForm(forms.Form):
    """Asked only where a letter may go by Congress's own system, which takes none without a form of address."""

    bound_field_class = BoundControl
    use_required_attribute = False

    title = forms.ChoiceField(
        label=_("How should Congress address you?"),
        help_text=_("Its system takes no letter without one of these. Without one you send those letters yourself."),
        # English in every language: Congress's system knows no others.
        choices=[
            *((prefix, format_html('<span lang="en">{}</span>', prefix)) for prefix in PREFIXES),
            (NO_PREFIX, _("None of these")),
        ],
        widget=Radios(),
        error_messages={
            "required": _("Choose how Congress should address you, or “None of these”."),
            "invalid_choice": _("Choose one of the options that are offered."),
        },
    )
    phone = AmericanPhoneField(
        limit=40,
        label=_("Telephone number"),
        required=False,
        help_text=_("For the offices of Congress only. They may call about your letter."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )

    @classmethod
    def of(cls, post: QueryDict, *, title: str, is_confirming: bool) -> Self:
        """Judged only when the letters are confirmed; before that it shows what was chosen and what can be known.

        :param title: the person's own from the form; it is chosen beforehand where it is one that Congress takes.
        """
        if is_confirming:
            return cls(post, prefix=_OF_CONGRESS)
        form = cls(prefix=_OF_CONGRESS)
        form.initial = {
            "title": post.get(form.add_prefix("title")) or prefix_of(title),
            "phone": post.get(form.add_prefix("phone"), ""),
        }
        return form

    def answers(self) -> CongressAnswers | None:
        """None where the person has not said yet how they are addressed, or something is wrong."""
        if self.is_bound:
            if not self.is_valid():
                return None
            return CongressAnswers(self.cleaned_data["title"], self.cleaned_data["phone"])
        title = self.initial.get("title", "")
        return CongressAnswers(title) if title in {*PREFIXES, NO_PREFIX} else None
