"""What every type of form field has in common, and the list of types."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.rules import REQUIRED_WHEN, RULE_INPUTS, SHOWN_WHEN, RuleBlock, rule_of
from campaigns.engine.fields import FieldSpec, Json, is_key
from campaigns.engine.rules import Test
from home.blocks.keys import KeyBlock
from home.forms.controls import BoundControl

ABOUT_THE_PERSON = _("About the person")
QUESTIONS = _("Questions")
AGREEMENT = _("Agreement")
LAYOUT = _("Layout and tracking")


def validate_key(value: str) -> None:
    """:raises ValidationError: where the text cannot be the storage key of a field."""
    if not is_key(value):
        raise ValidationError(
            _(
                "Use small letters, digits and single underscores, beginning with a letter. "
                "A few names, such as stage or token, are reserved."
            )
        )


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """One field with its bound controls, ready for its template."""

    spec: FieldSpec
    template_name: str
    fields: tuple[forms.BoundField, ...]
    #: Whether the answers so far call for the field; its rules as JSON for the browser, "" for none.
    is_shown: bool = True
    shown_rule: str = ""
    required_rule: str = ""

    @property
    def is_ruled(self) -> bool:
        return bool(self.shown_rule or self.required_rule)

    @property
    def is_optional(self) -> bool:
        return not self.spec.required

    @property
    def hint_id(self) -> str:
        """The id of the hint of the whole, where a field has several controls."""
        return f"{self.fields[0].auto_id}_grouphint" if self.fields else ""


class _PreviewForm(forms.Form):
    bound_field_class = BoundControl
    use_required_attribute = False


class FormFieldBlock(blocks.StructBlock):
    """Both sides of a field type: what an editor sets, and what a visitor fills in.

    The class methods work from a `FieldSpec` alone, so that an answer can be read long after the block is gone.
    """

    field_type: ClassVar[str]
    #: Where the type stands among the others in the editor's chooser.
    position: ClassVar[int]
    #: Whether the field has an answer; a heading has none.
    has_answer: ClassVar[bool] = True
    #: Whether the field follows from what is stored for it alone, and not also from a setting or another record.
    is_all_stored: ClassVar[bool] = True
    #: How many of the type a form may have; 0 for any number.
    max_per_form: ClassVar[int] = 0
    field_template_name: ClassVar[str] = "forms/field.html"
    #: What rules may ask of an answer, besides whether there is one.
    rule_tests: ClassVar[frozenset[Test]] = frozenset()

    # Texts begin empty, not as None: wagtail-localize cannot send None to translators.
    label = blocks.CharBlock(
        label=_("Label"), max_length=200, default="", help_text=_("The question, as the visitor reads it.")
    )
    help_text = blocks.CharBlock(
        label=_("Hint"), max_length=300, required=False, default="", help_text=_("Stands below the label.")
    )
    is_required = blocks.BooleanBlock(label=_("Must be answered"), required=False, default=True)
    key = KeyBlock(
        label=_("Storage key"),
        required=False,
        default="",
        validators=(validate_key,),
        help_text=_("Names the answer in exports and letters. Made from the label when empty; fixed once published."),
    )

    shown_when = RuleBlock(
        label=_("Show only if"),
        help_text=_("Without a condition the field is always shown. What is not shown is not stored."),
    )
    required_when = RuleBlock(
        label=_("Must be answered if"),
        help_text=_("For a field that may be left empty otherwise."),
    )

    class Meta:
        template = "forms/field_block.html"
        group = QUESTIONS

    def get_form_layout(self) -> blocks.BlockGroup:
        return in_two_boxes(self)

    # --- The editor's side ---------------------------------------------------------------------

    def spec(self, value: Mapping[str, Any], *, block_id: str = "") -> FieldSpec:
        """The field that the editor composed; its key is empty where none is stored yet."""
        label = str(value.get("label") or "")
        return FieldSpec(
            clean_name=value.get("key") or "",
            label=label,
            field_type=self.field_type,
            required=bool(value.get("is_required")),
            help_text=str(value.get("help_text") or ""),
            choices=self.choices_of(value),
            block_id=block_id,
            options=self.options_of(value),
            shown_when=rule_of(value.get(SHOWN_WHEN)),
            required_when=rule_of(value.get(REQUIRED_WHEN)),
        )

    def choices_of(self, value: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
        return ()

    def options_of(self, value: Mapping[str, Any]) -> dict[str, object]:
        return {}

    def problems(self, value: Mapping[str, Any]) -> dict[str, ValidationError]:
        """What keeps the field from being published, by the name of the editor's input."""
        return {}

    def problems_beside(
        self, value: Mapping[str, Any], others: Sequence[Mapping[str, Any]]
    ) -> dict[str, ValidationError]:
        """The same, beside the fields of this type that stand before it in the form."""
        if self.max_per_form and len(others) >= self.max_per_form:
            return {"label": ValidationError(_("A form can have this field only once."))}
        return {}

    def get_context(self, value: Mapping[str, Any], parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """The field as a visitor sees it, empty: for the preview in the editor's chooser."""
        spec = replace(self.spec(value), clean_name=self.field_type)
        named = {spec.part_name(part): control for part, control in self.form_fields(spec).items()}
        form = type("PreviewForm", (_PreviewForm,), named)(auto_id="preview-%s", label_suffix="")
        group = FieldGroup(spec, self.field_template_name, tuple(form))
        return {**super().get_context(value, parent_context), "group": group}

    # --- The visitor's side --------------------------------------------------------------------

    @classmethod
    def form_fields(cls, spec: FieldSpec) -> dict[str, forms.Field]:
        """The controls by the name of their part; a field of one control calls its part ""."""
        return {"": cls.form_field(spec)}

    @classmethod
    def form_field(cls, spec: FieldSpec) -> forms.Field:
        raise NotImplementedError(f"{cls.__name__} needs form_field() or form_fields().")

    @classmethod
    def part_errors(cls, spec: FieldSpec, cleaned: Mapping[str, Any]) -> dict[str, str]:
        """What is wrong only when the parts are looked at together, by part.

        :param cleaned: by part; a part that has an error of its own is missing.
        """
        return {}

    @classmethod
    def answer(cls, spec: FieldSpec, cleaned: Mapping[str, Any]) -> Json:
        """What is stored, from the cleaned value of each part."""
        return cleaned.get("")

    @classmethod
    def display(cls, spec: FieldSpec, answer: Json) -> str:
        """A stored answer as a person reads it, in the active language; also one that this form would not give."""
        return "" if answer is None else str(answer)

    @classmethod
    def display_part(cls, spec: FieldSpec, answer: Json, part: str) -> str:
        """One part of a stored answer as a spreadsheet has it."""
        return str(answer.get(part, "")) if isinstance(answer, dict) else ""

    @classmethod
    def columns(cls, spec: FieldSpec) -> dict[str, str]:
        """What a spreadsheet shows of the field: heading by part, "" for the whole answer."""
        return {"": spec.label}


def in_two_boxes(block: blocks.StructBlock) -> blocks.BlockGroup:
    """The editor's inputs, with the rules, which most do without, in a box of their own below the rest."""
    rules = [name for name in RULE_INPUTS if name in block.child_blocks]
    others: list[Any] = [name for name in block.child_blocks if name not in rules]
    if rules:
        heading = _("Rules")
        others.append(blocks.BlockGroup(rules, heading=heading, icon="view", classname="collapsed", label_format=""))
    return blocks.BlockGroup(others)


#: Every type of field by its name.
FIELD_TYPES: dict[str, type[FormFieldBlock]] = {}

FieldClass = TypeVar("FieldClass", bound=type[FormFieldBlock])


def field_type(name: str, *, position: int) -> Callable[[FieldClass], FieldClass]:
    """Registers a class as the type of that name: one file here, and a template if its control is new, are a type."""

    def register(block: FieldClass) -> FieldClass:
        block.field_type = name
        block.position = position
        FIELD_TYPES[name] = block
        return block

    return register


def messages(label: str, required: Any = None, invalid: Any = None) -> dict[str, Any]:
    """Django's error messages in the words of the field."""
    found: dict[str, Any] = {"required": required or _("Answer the question “%(label)s”.") % {"label": label}}
    if invalid:
        found["invalid"] = invalid
    return found
