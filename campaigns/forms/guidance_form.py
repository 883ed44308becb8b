"""What helps a person to make their letters theirs: talking points to tick, and questions whose answers are theirs."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from campaigns.engine.composing import OWN_WORDS_LENGTH
from campaigns.engine.guidance import Question, TalkingPoint, joined
from campaigns.forms.letter_form import LETTER_PREFIX, SubjectArea
from delivery.engine.cwc.validation import TEXT_LENGTHS
from home.forms.controls import BoundControl, Checkboxes, LineField, ParagraphsField

#: Begins as the inputs of letters do, so that it is kept from step to step as they are.
GUIDE_PREFIX = f"{LETTER_PREFIX}guide"
POINTS = "points"
#: Marks what counts as the person's own words where that is counted while they type.
OWN = {"autocomplete": "off", "data-own": ""}


class _OfThose(forms.MultipleChoiceField):
    """A point that an editor took away while somebody was at it is no mistake of theirs."""

    def clean(self, value: Any) -> list[str]:
        known = {key for key, _text in self.choices}  # type: ignore[union-attr, misc]
        return super().clean([key for key in value or () if key in known])


class GuidanceForm(forms.Form):
    """Always bound: nothing has to be answered, and what was said at an earlier visit is shown again."""

    bound_field_class = BoundControl
    use_required_attribute = False

    #: The person's own name and address.
    known_texts: tuple[str, ...] = ()

    def __init__(self, post: QueryDict, *, points: Sequence[TalkingPoint], questions: Sequence[Question]) -> None:
        super().__init__(post, prefix=GUIDE_PREFIX)
        self.asked = tuple(questions)
        if points:
            self.fields[POINTS] = _OfThose(
                label=_("What do you want to say with us?"),
                help_text=_("Tick what you agree with: it becomes part of your letters."),
                choices=[(point.key, point.text) for point in points],
                required=False,
                widget=Checkboxes,
            )
        for question in self.asked:
            self.fields[question.key] = _answer(question)

    @property
    def points(self) -> Any:
        """The control with the talking points, or None where the letters take none."""
        return self[POINTS] if POINTS in self.fields else None

    @property
    def questions(self) -> list[Any]:
        return [self[question.key] for question in self.asked]

    @property
    def ticked(self) -> tuple[str, ...]:
        """Keys of the points that the person ticked."""
        return tuple(self.cleaned_data.get(POINTS, ())) if self.is_valid() or POINTS in self.cleaned_data else ()

    @property
    def words(self) -> str:
        """The answers as one text; what cannot go as it is stays out."""
        self.is_valid()
        return joined(self.asked, {key: text for key, text in self.cleaned_data.items() if key != POINTS})

    def clean(self) -> None:
        super().clean()
        answers = {key: text for key, text in self.cleaned_data.items() if key != POINTS}
        length = len(joined(self.asked, answers))
        filled = [question.key for question in self.asked if answers.get(question.key)]
        if length > OWN_WORDS_LENGTH:
            message = _("Your answers together must be %(limit)s characters or fewer. They have %(length)s now.")
            params = {
                "limit": number_format(OWN_WORDS_LENGTH, force_grouping=True),
                "length": number_format(length, force_grouping=True),
            }
            self.add_error(filled[-1], forms.ValidationError(message, code="max_length", params=params))
        elif 0 < length < TEXT_LENGTHS[0]:
            self.add_error(filled[-1], forms.ValidationError(_("Write a few words more, or leave this empty.")))


def _answer(question: Question) -> forms.Field:
    options: dict[str, Any] = {
        "limit": question.limit,
        "label": question.label,
        "help_text": question.hint,
        "required": False,
        "has_note": True,
    }
    if question.is_long:
        return ParagraphsField(widget=forms.Textarea(attrs={"rows": 4, **OWN}), **options)
    # An area of its own and not an input, in which Enter would press the first button of the form.
    return LineField(widget=SubjectArea(attrs={"rows": 2, **OWN}), **options)
