"""The form that a visitor fills in: what it shows, what it found wrong, and what was answered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from campaigns.blocks.fields import FIELD_TYPES
from campaigns.blocks.fields.address import stated_address
from campaigns.blocks.fields.base import FieldGroup
from campaigns.blocks.fields.name import person_name
from campaigns.blocks.fields.source import slug_or_nothing
from campaigns.engine.addresses import StatedAddress, in_order
from campaigns.engine.fields import ConsentGiven, DisplayedAnswer, FieldSpec, Identity, Json
from campaigns.engine.steps import Step, divide, may_change
from campaigns.forms.ruled_form import SEEN_INPUT, RuledForm, values_in
from home.forms.controls import BoundControl
from home.forms.drawing import ControlRenderer


class ErrorLink(NamedTuple):
    """One line of the error summary; `target` is the id of the control to go to, or "" for the whole form."""

    target: str
    message: str


class Progress(NamedTuple):
    """The line above a step: "Step 2 of 4: About you"."""

    place: int
    total: int
    title: str
    help_text: str
    #: Whether answers that are still to be given decide how many steps there are.
    may_change: bool

    def __str__(self) -> str:
        words = {"place": self.place, "total": self.total, "title": self.title}
        text = _("Step %(place)s of %(total)s: %(title)s") if self.title else _("Step %(place)s of %(total)s")
        return text % words


class AnsweredStep(NamedTuple):
    step: Step
    answers: list[DisplayedAnswer]


class ActionForm(RuledForm):
    """Built by `ActionFormBuilder`; pass `auto_id` (or `prefix`) so that two forms can share a page."""

    #: The step that is drawn; None for every field at once.
    step: Step | None = None
    #: Whether the e-mail address was meant as it was typed: what the page asks beside it, or None.
    email_question: Any = None
    template_name = "forms/form.html"
    bound_field_class = BoundControl
    default_renderer = ControlRenderer
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

    # --- Steps ---------------------------------------------------------------------------------

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every step, also those that these answers leave out: their numbers stay whatever is answered."""
        return divide(self.specs)

    @property
    def shown_steps(self) -> list[Step]:
        """The steps in which these answers leave something to ask; one of the form at least."""
        asked = {id(spec) for spec in self.answered_specs}
        return [step for step in self.steps if any(id(spec) in asked for spec in step.fields)] or [*self.steps[:1]]

    @property
    def has_steps(self) -> bool:
        return len(self.steps) > 1

    @property
    def progress(self) -> Progress | None:
        """Where the drawn step stands among those that are shown; None for a form of one step."""
        if self.step is None or not self.has_steps:
            return None
        numbers = [step.number for step in self.shown_steps]
        place = numbers.index(self.step.number) + 1 if self.step.number in numbers else 1
        return Progress(
            place, len(numbers), self.step.title, self.step.help_text, may_change=may_change(self.steps, self.step)
        )

    def has_errors_in(self, step: Step) -> bool:
        return any(name in self.errors for spec in step.fields for name in self.names(spec).values())

    # --- Rendering -----------------------------------------------------------------------------

    def get_context(self) -> dict[str, Any]:
        drawn = self.groups if self.step is None else [self._group(spec) for spec in self.step.fields]
        return {**super().get_context(), "groups": drawn, "seen_input": SEEN_INPUT}

    @property
    def groups(self) -> list[FieldGroup]:
        """Each field with its controls and its template, in the editor's order."""
        return [self._group(spec) for spec in self.specs]

    @property
    def error_links(self) -> list[ErrorLink]:
        """What is wrong with what is drawn, in the order of the page, each with the control to go to."""
        links = [ErrorLink("", str(message)) for message in self.non_field_errors()]
        for spec in self.step.fields if self.step else self.specs:
            for bound in self._group(spec).fields:
                links += [ErrorLink(bound.error_target, str(message)) for message in bound.errors]
        return links

    def as_hidden_inputs(self) -> SafeString:
        """All that was typed, as hidden inputs that are read back to the same answers."""
        return _hidden_inputs(self.typed())

    def other_hidden_inputs(self) -> SafeString:
        """What was typed on the steps that are not drawn.

        What these answers leave out travels along, for whoever changes them back, and is marked: to the rules of the
        browser, too, it is unanswered.
        """
        drawn = self.step.fields if self.step else self.specs
        names = {self.add_prefix(name) for spec in self.left_out_specs for name in self.names(spec).values()}
        typed = list(self.typed(without=drawn))
        return _hidden_inputs(pair for pair in typed if pair[0] not in names) + format_html_join(
            "",
            '\n<input type="hidden" name="{}" value="{}" data-unasked>',
            (pair for pair in typed if pair[0] in names),
        )

    # --- What was answered ---------------------------------------------------------------------

    @property
    def answered_specs(self) -> list[FieldSpec]:
        """The fields that are shown for these answers and have one themselves."""
        return [spec for spec in self.asked_specs if FIELD_TYPES[spec.field_type].has_answer]

    def answers(self) -> dict[str, Json]:
        """What is stored, by storage key: of fields that are shown, and of no others. Only after `is_valid()`."""
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
        not_asked = {spec.clean_name: "" for spec in self.specs if spec.clean_name}
        return not_asked | {item.key: item.text for item in self.display_answers(language)}

    def answers_by_step(self) -> list[AnsweredStep]:
        """The answers that say something, on the steps where they can be changed. Only after `is_valid()`."""
        texts = {item.key: item for item in self.display_answers() if item.text}
        return [
            AnsweredStep(step, [texts[spec.clean_name] for spec in step.fields if spec.clean_name in texts])
            for step in self.shown_steps
        ]

    def identity(self) -> Identity:
        """Who filled in the form. Only after `is_valid()`."""
        answers = self.answers()
        of_type = {spec.field_type: answers[spec.clean_name] for spec in reversed(self.answered_specs)}
        email = of_type.get("email")
        return Identity(
            name=person_name(of_type.get("name")),
            email=str(email) if email else None,
            addresses=in_order(stated for _spec, stated in self.stated_addresses()),
            role=str(of_type.get("role") or ""),
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

    def typed(self, *, without: Sequence[FieldSpec] = ()) -> Iterator[tuple[str, str]]:
        """Name and value of all that was typed, and which fields of a rule stood open, as a browser sends them.

        :param without: fields of which nothing is wanted.
        """
        left_out = {name for spec in without for name in self.names(spec).values()}
        source = self.data if self.is_bound else self.initial
        for name in self.fields:
            if name not in left_out:
                html_name = self.add_prefix(name)
                yield from ((html_name, value) for value in values_in(source, html_name))
        drawn = {spec.clean_name for spec in without}
        for mark in values_in(source, SEEN_INPUT):
            if mark in self.marks() and mark.partition(":")[0] not in drawn:
                yield SEEN_INPUT, mark

    # --- Inside --------------------------------------------------------------------------------

    def _group(self, spec: FieldSpec) -> FieldGroup:
        return FieldGroup(
            spec,
            FIELD_TYPES[spec.field_type].field_template_name,
            tuple(self[name] for name in self.names(spec).values()),
            is_shown=self.is_asked(spec),
            # What decides about a step was asked before it: on the step itself it does not change any more.
            shown_rule=self.rules_as_json(None if self.step else spec.step_when, spec.group_when, spec.shown_when),
            required_rule=self.rules_as_json(spec.required_when),
        )

    def _parts(self, spec: FieldSpec) -> dict[str, Any]:
        """The cleaned value of each part; one that has an error is missing."""
        return {part: self.cleaned_data[name] for part, name in self.names(spec).items() if name in self.cleaned_data}

    def _specs_in(self, language: str | None) -> Sequence[FieldSpec]:
        if language and hasattr(self.page, "specs_in"):
            translated = {spec.clean_name: spec for spec in self.page.specs_in(language)}
            return [translated.get(spec.clean_name, spec) for spec in self.asked_specs]
        return self.asked_specs


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


def _hidden_inputs(pairs: Iterable[tuple[str, str]]) -> SafeString:
    return format_html_join("\n", '<input type="hidden" name="{}" value="{}">', pairs)
