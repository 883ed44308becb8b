"""The form that a visitor fills in: what it shows, what it found wrong, and what was answered."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail.contrib.forms.forms import BaseForm

from campaigns.blocks.fields import FIELD_TYPES
from campaigns.blocks.fields.address import stated_address
from campaigns.blocks.fields.base import FieldGroup
from campaigns.blocks.fields.name import person_name
from campaigns.blocks.fields.source import slug_or_nothing
from campaigns.engine.addresses import StatedAddress, in_order
from campaigns.engine.fields import PART_SEPARATOR, ConsentGiven, DisplayedAnswer, FieldSpec, Identity, Json
from home.forms.controls import BoundControl


class ErrorLink(NamedTuple):
    """One line of the error summary; `target` is the id of the control to go to, or "" for the whole form."""

    target: str
    message: str


class ActionForm(BaseForm):
    """Built by `ActionFormBuilder`; pass `auto_id` (or `prefix`) so that two forms can share a page."""

    specs: Sequence[FieldSpec] = ()
    template_name = "forms/form.html"
    bound_field_class = BoundControl
    #: The browser's own bubbles would come before ours, one at a time.
    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for spec in self.answered_specs:
            errors = FIELD_TYPES[spec.field_type].part_errors(spec, self._parts(spec))
            for part, message in errors.items():
                name = spec.part_name(part)
                if name in self.fields and name not in self.errors:
                    self.add_error(name, message)
        return cleaned

    # --- Rendering -----------------------------------------------------------------------------

    def get_context(self) -> dict[str, Any]:
        return {**super().get_context(), "groups": self.groups}

    @property
    def groups(self) -> list[FieldGroup]:
        """Each field with its controls and its template, in the editor's order."""
        return [self._group(spec) for spec in self.specs]

    @property
    def error_links(self) -> list[ErrorLink]:
        """What is wrong, in the order of the page, each with the control to go to."""
        links = [ErrorLink("", str(message)) for message in self.non_field_errors()]
        for spec in self.specs:
            for bound in self._group(spec).fields:
                links += [ErrorLink(bound.error_target, str(message)) for message in bound.errors]
        return links

    def as_hidden_inputs(self) -> SafeString:
        """All that was typed, as hidden inputs that are read back to the same answers."""
        return format_html_join("\n", '<input type="hidden" name="{}" value="{}">', self._typed())

    # --- What was answered ---------------------------------------------------------------------

    @property
    def answered_specs(self) -> list[FieldSpec]:
        return [spec for spec in self.specs if FIELD_TYPES[spec.field_type].has_answer]

    def answers(self) -> dict[str, Json]:
        """What is stored, by storage key. Only after `is_valid()`."""
        return {
            spec.clean_name: FIELD_TYPES[spec.field_type].answer(spec, self._parts(spec))
            for spec in self.answered_specs
        }

    def display_answers(self, language: str | None = None) -> list[DisplayedAnswer]:
        """Each answer as a person reads it, in the form's order.

        :param language: such as "en"; labels come from the page in that language where there is one.
        """
        return displayed(self._specs_in(language), self.answers(), language=language)

    def answer_labels(self, language: str | None = None) -> dict[str, str]:
        """Each answer as a person reads it, by storage key: what merge fields are filled with."""
        return {item.key: item.text for item in self.display_answers(language)}

    def identity(self) -> Identity:
        """Who filled in the form. Only after `is_valid()`."""
        answers = self.answers()
        of_type = {spec.field_type: answers[spec.clean_name] for spec in reversed(self.answered_specs)}
        email = of_type.get("email")
        return Identity(
            name=person_name(of_type.get("name")),
            email=str(email) if email else None,
            addresses=in_order(stated for _spec, stated in self.stated_addresses()),
        )

    def stated_addresses(self) -> list[tuple[FieldSpec, StatedAddress]]:
        """Each address that was given, with the field that asked for it. Only after `is_valid()`."""
        answers = self.answers()
        found = [
            (spec, stated_address(answers[spec.clean_name]))
            for spec in self.answered_specs
            if spec.field_type == "address"
        ]
        return [(spec, stated) for spec, stated in found if stated]

    def consents(self) -> list[ConsentGiven]:
        """Every box that the form shows, ticked or not, with its exact words."""
        answers = self.answers()
        return [
            ConsentGiven(
                purpose=str(spec.options["purpose"]),
                text=str(spec.options["text"]),
                is_granted=answers[spec.clean_name] is True,
            )
            for spec in self.answered_specs
            if spec.field_type == "consent"
        ]

    # --- Inside --------------------------------------------------------------------------------

    def _group(self, spec: FieldSpec) -> FieldGroup:
        template_name = FIELD_TYPES[spec.field_type].field_template_name
        return FieldGroup(spec, template_name, tuple(self[name] for name in self._names(spec).values()))

    def _parts(self, spec: FieldSpec) -> dict[str, Any]:
        """The cleaned value of each part; one that has an error is missing."""
        names = self._names(spec)
        return {part: self.cleaned_data[name] for part, name in names.items() if name in self.cleaned_data}

    def _names(self, spec: FieldSpec) -> dict[str, str]:
        """The name of each control of a field, by part."""
        found = (name.partition(PART_SEPARATOR) for name in self.fields)
        return {part: spec.part_name(part) for key, _separator, part in found if key == spec.clean_name}

    def _typed(self) -> Iterator[tuple[str, str]]:
        for name in self.fields:
            html_name = self.add_prefix(name)
            values = self.data.getlist(html_name) if hasattr(self.data, "getlist") else self.data.get(html_name)
            for value in values if isinstance(values, list) else [values]:
                if value is not None:
                    yield html_name, str(value)

    def _specs_in(self, language: str | None) -> Sequence[FieldSpec]:
        if language and hasattr(self.page, "specs_in"):
            translated = {spec.clean_name: spec for spec in self.page.specs_in(language)}
            return [translated.get(spec.clean_name, spec) for spec in self.specs]
        return self.specs


def displayed(
    specs: Sequence[FieldSpec], answers: Mapping[str, Json], *, language: str | None = None
) -> list[DisplayedAnswer]:
    """Stored answers as a person reads them, in the order of the fields.

    :param language: such as "es", for dates and for yes and no; the active language if None.
    """
    with translation.override(language or translation.get_language()):
        return [
            DisplayedAnswer(
                key=spec.clean_name,
                label=spec.label,
                text=FIELD_TYPES[spec.field_type].display(spec, answers.get(spec.clean_name)),
            )
            for spec in specs
            if FIELD_TYPES[spec.field_type].has_answer
        ]


def initial_from_query(specs: Sequence[FieldSpec], query: Mapping[str, str]) -> dict[str, str]:
    """What the address of the page may fill in: the source, and nothing about the person."""
    return {
        spec.clean_name: slug_or_nothing(query.get(str(spec.options["parameter"])))
        for spec in specs
        if spec.field_type == "source"
    }
