"""The controls that public forms share: text without hidden characters, radios and checkboxes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from home.engine.texts import clean, is_visible, one_line


class LengthValidator:
    """Instead of `maxlength`: a browser that cuts off what is pasted tells nobody."""

    def __init__(self, limit: int, label: Any) -> None:
        self.limit = limit
        self.label = label

    def __call__(self, value: str) -> None:
        if len(value) > self.limit:
            raise ValidationError(
                _("“%(label)s” must be %(limit)s characters or fewer. It has %(length)s now."),
                code="max_length",
                params={
                    "label": self.label,
                    "limit": number_format(self.limit, force_grouping=True),
                    "length": number_format(len(value), force_grouping=True),
                },
            )


class TextField(forms.CharField):
    """Refuses NUL, drops what cannot be seen, and holds the length."""

    def __init__(self, *, limit: int, has_note: bool = False, **options: Any) -> None:
        """:param has_note: whether advice may stand below the control."""
        super().__init__(**options)
        self.limit = limit
        self.has_note = has_note
        self.validators.append(LengthValidator(limit, self.label))

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        _refuse_null(text)
        # A text of which nothing can be seen was not given: an office would read a letter without a name.
        return self.tidy(text) if is_visible(text) else ""

    def tidy(self, text: str) -> str:
        raise NotImplementedError


class LineField(TextField):
    """One line: no newline can get from here into the header of a message."""

    def tidy(self, text: str) -> str:
        return one_line(text)


class ParagraphsField(TextField):
    """Several lines, with newlines as `\\n`."""

    widget = forms.Textarea

    def tidy(self, text: str) -> str:
        return clean(text)


class Radios(forms.RadioSelect):
    template_name = "forms/controls/radios.html"


class Checkboxes(forms.CheckboxSelectMultiple):
    template_name = "forms/controls/checkboxes.html"


_refuse_null = ProhibitNullCharactersValidator(
    message=_("Type this again: it holds a hidden character that cannot be stored.")
)


def line(
    *,
    label: Any,
    limit: int,
    autocomplete: str,
    messages: dict[str, Any],
    is_required: bool,
    inputmode: str = "text",
    hint: Any = "",
    **attributes: str,
) -> LineField:
    """A single-line text control with everything that a browser needs to help."""
    attributes = {"autocomplete": autocomplete, "inputmode": inputmode, **attributes}
    return LineField(
        label=label,
        limit=limit,
        required=is_required,
        help_text=hint,
        error_messages=messages,
        widget=forms.TextInput(attrs=attributes),
    )


class BoundControl(forms.BoundField):
    """A control as our templates draw it: with the house's classes and an id that an error can point to."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        if isinstance(widget or self.field.widget, Radios | Checkboxes):
            # Of the group as a whole, which its fieldset's description says; a single radio cannot be invalid.
            built.pop("aria-invalid", None)
        css_class = _css_class(widget or self.field.widget)
        return {"class": css_class, **built} if css_class else built

    @property
    def aria_describedby(self) -> str:
        described_by = super().aria_describedby or ""
        if self.is_counted:
            described_by = f"{described_by} {self.auto_id}_limit"
        # The element is there even while the advice is empty.
        if getattr(self.field, "has_note", False):
            described_by = f"{described_by} {self.auto_id}_note"
        return described_by.strip()

    @property
    def is_counted(self) -> bool:
        """Whether the page says how many characters there may be."""
        return isinstance(self.field.widget, forms.Textarea) and self.limit > 0

    @property
    def error_target(self) -> str:
        """The id to move the focus to: in a group of radios or checkboxes, the first of them."""
        if isinstance(self.field.widget, Radios | Checkboxes):
            return f"{self.auto_id}_0" if self.auto_id else ""
        return self.id_for_label

    @property
    def limit(self) -> int:
        """How many characters a text may have, 0 for no limit."""
        return getattr(self.field, "limit", 0)


def _css_class(widget: forms.Widget) -> str:
    if isinstance(widget, forms.Textarea):
        return "textarea"
    if isinstance(widget, Radios | Checkboxes | forms.CheckboxInput | forms.HiddenInput):
        return ""
    if isinstance(widget, forms.Select):
        return "select input--medium"
    token = widget.attrs.get("autocomplete", "").rpartition(" ")[2]
    is_short = token in {"honorific-prefix", "postal-code", "address-line2"}
    return "input input--short" if is_short else "input"
