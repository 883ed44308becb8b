"""Where people go after an action, by rule."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

from campaigns.blocks.kinds import KINDS
from campaigns.engine.next_steps import AS_OFFERED, PERSONAL, About, Condition
from campaigns.engine.outreach import BUSY, MESSAGE, SPOKE, WRONG_NUMBER
from campaigns.engine.roles import Role
from home.blocks.keys import KeyBlock
from legislators.selectors.states import state_choices

WHAT_PEOPLE_SAID = _("What people said")
WHAT_PEOPLE_DID = _("What people did")


def states() -> list[tuple[str, str]]:
    return [(code.lower(), name) for code, name in state_choices()]


def languages() -> list[tuple[str, str]]:
    return list(settings.WAGTAIL_CONTENT_LANGUAGES)


def kinds() -> list[tuple[str, str]]:
    found = sorted(KINDS.items(), key=lambda item: item[1].position)
    return [(name, str(block._meta_class.label)) for name, block in found]


ROLES = [
    (Role.PHYSICIAN.value, _("Physician")),
    (Role.RESIDENT.value, _("Resident or fellow")),
    (Role.STUDENT.value, _("Medical student")),
    (Role.PATIENT.value, _("Patient")),
    (Role.CAREGIVER.value, _("Family or caregiver")),
    (Role.OTHER.value, _("Somebody else")),
]


class ConditionBlock(blocks.StructBlock):
    """Holds where one of its values does, or turned round where none does."""

    about: ClassVar[About]

    def condition(self, value: Mapping[str, Any]) -> Condition:
        chosen = value.get("values") or []
        return Condition(
            self.about,
            frozenset([chosen] if isinstance(chosen, str) else chosen),
            key=value.get("key") or "",
            is_negated=bool(value.get("is_negated")),
        )


def _turned_round() -> blocks.BooleanBlock:
    return blocks.BooleanBlock(label=_("Only if none of this is so"), required=False, default=False)


class AnswerConditionBlock(ConditionBlock):
    about = About.ANSWER

    key = KeyBlock(label=_("Key of the field"), default="", help_text=_("As it stands at the field of the form."))
    values = KeyBlock(
        label=_("Stored value"), default="", help_text=_("Of an option. For a box that was ticked: yes, else no.")
    )
    is_negated = _turned_round()

    class Meta:
        icon = "form"
        group = WHAT_PEOPLE_SAID
        label = _("An answer")
        description = _("What was answered to a question of the form.")


class RoleConditionBlock(ConditionBlock):
    about = About.ROLE

    values = blocks.MultipleChoiceBlock(label=_("One of"), choices=ROLES)
    is_negated = _turned_round()

    class Meta:
        icon = "user"
        group = WHAT_PEOPLE_SAID
        label = _("As whom they act")
        description = _("Physician, student, patient: where the form asks for it.")


class StateConditionBlock(ConditionBlock):
    about = About.STATE

    values = blocks.MultipleChoiceBlock(label=_("One of"), choices=states)
    is_negated = _turned_round()

    class Meta:
        icon = "site"
        group = WHAT_PEOPLE_SAID
        label = _("State")
        description = _("Of the address that they gave.")


class LanguageConditionBlock(ConditionBlock):
    about = About.LANGUAGE

    values = blocks.MultipleChoiceBlock(label=_("One of"), choices=languages)
    is_negated = _turned_round()

    class Meta:
        icon = "globe"
        group = WHAT_PEOPLE_SAID
        label = _("Language")
        description = _("In which they filled in the form.")


class LettersConditionBlock(ConditionBlock):
    about = About.LETTERS

    values = blocks.ChoiceBlock(
        label=_("Their letters"),
        choices=[
            (PERSONAL, _("In their own words, in whole or in part")),
            (AS_OFFERED, _("Left as they were offered")),
        ],
        default=PERSONAL,
    )

    class Meta:
        icon = "mail"
        group = WHAT_PEOPLE_DID
        label = _("Letters")
        description = _("Whether they put words of their own into a letter.")


class KindConditionBlock(ConditionBlock):
    about = About.KIND

    values = blocks.MultipleChoiceBlock(label=_("One of"), choices=kinds)
    is_negated = _turned_round()

    class Meta:
        icon = "tasks"
        group = WHAT_PEOPLE_DID
        label = _("What is done")
        description = _("Actions of this page that they have done to the end, as far as they told us.")


class CallsConditionBlock(ConditionBlock):
    about = About.CALLS

    values = blocks.MultipleChoiceBlock(
        label=_("One of"),
        choices=[
            (SPOKE, _("Spoke with somebody")),
            (MESSAGE, _("Left a message")),
            (BUSY, _("Busy or no answer")),
            (WRONG_NUMBER, _("The number is wrong")),
        ],
    )
    is_negated = _turned_round()

    class Meta:
        icon = "comment"
        group = WHAT_PEOPLE_DID
        label = _("What came of a call")
        description = _("Of one of their calls, as they told us.")


class ConditionsBlock(blocks.StreamBlock):
    answer = AnswerConditionBlock()
    role = RoleConditionBlock()
    state = StateConditionBlock()
    language = LanguageConditionBlock()
    letters = LettersConditionBlock()
    kind = KindConditionBlock()
    calls = CallsConditionBlock()

    class Meta:
        required = False
        max_num = 6


class NextStepBlock(blocks.StructBlock):
    when = ConditionsBlock(
        label=_("Offered when all of this is so"),
        required=False,
        help_text=_("Empty: offered to everybody whom no step above fits."),
    )
    page = blocks.PageChooserBlock(label=_("Page"))
    text = blocks.CharBlock(
        label=_("Text of the button"),
        max_length=120,
        required=False,
        default="",
        help_text=_("Empty: the page’s title."),
    )
    description = blocks.TextBlock(label=_("Why it is worth it"), max_length=300, rows=2, required=False, default="")

    class Meta:
        icon = "arrow-right"
        group = _("Afterwards")
        description = _("A page to go to, for those whom its rule describes.")
        label = _("Next step")


class NextStepsBlock(blocks.StreamBlock):
    step = NextStepBlock()

    class Meta:
        required = False


@dataclass(frozen=True, slots=True)
class NextStep:
    """One step as the engine knows it, and what is offered."""

    conditions: tuple[Condition, ...]
    #: As the editor chose it; None once it was deleted.
    page: Page | None
    text: str
    description: str


def next_steps(stream: blocks.StreamValue) -> tuple[NextStep, ...]:
    return tuple(
        NextStep(
            tuple(child.block.condition(child.value) for child in step.value.get("when") or ()),
            step.value.get("page"),
            step.value.get("text") or "",
            step.value.get("description") or "",
        )
        for step in stream
    )


def unknown_keys(stream: blocks.StreamValue, known: Collection[str]) -> list[str]:
    """Fields that a rule asks about and that the form does not have."""
    asked = [condition.key for step in next_steps(stream) for condition in step.conditions if condition.key]
    return [key for key in dict.fromkeys(asked) if key not in known]


def problems(stream: blocks.StreamValue, known: Collection[str]) -> list[ValidationError]:
    """What keeps a page with these steps from being published."""
    unknown = unknown_keys(stream, known)
    if not unknown:
        return []
    message = _now("A rule asks about “%(key)s”, which is no field of the form.")
    return [ValidationError(message % {"key": key}) for key in unknown]
