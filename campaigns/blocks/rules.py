"""Rules between fields as an editor writes them: which field, which answer, and what then."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.engine.rules import Condition, Rule, Test

#: Names of the inputs that hold a rule.
SHOWN_WHEN, REQUIRED_WHEN = "shown_when", "required_when"
RULE_INPUTS = (SHOWN_WHEN, REQUIRED_WHEN)
ALL, ANY = "all", "any"


class ReferenceBlock(blocks.CharBlock):
    """Names a field or an option, by key or by label; made a key when saved, so no translator gets it."""

    def get_translatable_segments(self, value: str) -> list:
        return []

    def restore_translated_segments(self, value: str, segments: list) -> str:
        return value


class ConditionBlock(blocks.StructBlock):
    field = ReferenceBlock(
        label=_("Field"),
        max_length=200,
        default="",
        help_text=_("The label of another field of this form, or its storage key."),
    )
    test = blocks.ChoiceBlock(
        label=_("Test"),
        choices=[
            (Test.IS.value, _("is")),
            (Test.IS_NOT.value, _("is not")),
            (Test.INCLUDES.value, _("includes (a choice of several)")),
            (Test.IS_ANSWERED.value, _("is answered, or ticked")),
            (Test.IS_NOT_ANSWERED.value, _("is not answered, or not ticked")),
            (Test.AT_LEAST.value, _("is at least (a number), or not before (a date)")),
            (Test.AT_MOST.value, _("is at most (a number), or not after (a date)")),
        ],
        default=Test.IS.value,
    )
    value = ReferenceBlock(
        label=_("Answer"),
        max_length=200,
        required=False,
        default="",
        help_text=_("The label of an option, a number, or a date like 2027-03-27. Empty for “is answered”."),
    )

    class Meta:
        icon = "view"
        label_format = "{field} {test} {value}"


class RuleBlock(blocks.StructBlock):
    conditions = blocks.ListBlock(ConditionBlock(), label=_("Conditions"), default=[])
    match = blocks.ChoiceBlock(
        label=_("How many of them must be met"),
        choices=[(ALL, _("All")), (ANY, _("Any one"))],
        default=ALL,
    )

    class Meta:
        icon = "view"


def rule_of(value: Mapping[str, Any] | None) -> Rule | None:
    """The rule as it was written; keys and options may still be labels. None where there are no conditions."""
    conditions = tuple(_condition(item) for item in conditions_of(value))
    return Rule(conditions, needs_all=(value or {}).get("match") != ANY) if conditions else None


def conditions_of(value: Mapping[str, Any] | None) -> Iterable[Any]:
    """The inputs of each condition."""
    return (value or {}).get("conditions") or ()


def _condition(value: Mapping[str, Any]) -> Condition:
    test = str(value.get("test") or "")
    return Condition(
        key=str(value.get("field") or "").strip(),
        test=Test(test) if test in set(Test) else Test.IS,
        value=str(value.get("value") or "").strip(),
    )
