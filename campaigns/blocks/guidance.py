"""What helps a person to make a letter theirs: talking points to tick, and questions by role."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.blocks.audiences import ROLE_CHOICES, TickedBlock
from campaigns.blocks.usual_questions import usual_questions
from campaigns.engine.actions import input_key
from campaigns.engine.guidance import Guidance, Question, TalkingPoint

MAKE_IT_YOURS = _("Make it yours")


class TalkingPointBlock(blocks.StructBlock):
    text = blocks.TextBlock(
        label=_("Text"), max_length=600, rows=2, default="", help_text=_("Whole sentences. They may have merge fields.")
    )

    class Meta:
        icon = "list-ul"
        group = MAKE_IT_YOURS
        label = _("Talking point")
        description = _("A sentence of the society’s that a person can take into their letter.")


class UsualQuestionsBlock(blocks.StaticBlock):
    class Meta:
        icon = "help"
        group = MAKE_IT_YOURS
        label = _("The usual questions")
        description = _("Who the person is, where, what they have seen and what would change: worded for their role.")
        admin_text = _("Asks who the person is, where, what they have seen and what would change, by their role.")


class QuestionBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Question"), max_length=200, default="")
    hint = blocks.CharBlock(label=_("Hint"), max_length=300, required=False, default="")
    roles = TickedBlock(label=_("Ask only"), choices=ROLE_CHOICES, help_text=_("None ticked: everybody."))
    is_short = blocks.BooleanBlock(label=_("One sentence is enough"), required=False, default=False)

    class Meta:
        icon = "help"
        group = MAKE_IT_YOURS
        label = _("Question")
        description = _("A question of your own; the answer stands in the person’s own words, before your text.")


class GuidanceBlock(blocks.StreamBlock):
    talking_point = TalkingPointBlock()
    usual_questions = UsualQuestionsBlock()
    question = QuestionBlock()

    class Meta:
        required = False
        block_counts = {"usual_questions": {"max_num": 1}}


def guidance(stream: blocks.StreamValue, letter_stream: blocks.StreamValue) -> Guidance:
    """The stream as the engine knows it, its questions in the active language.

    :param letter_stream: of the page in whose language the letter is: a talking point becomes part of it.
    """
    points = [child for child in letter_stream if child.block_type == "talking_point" and child.value["text"].strip()]
    questions: list[Question] = []
    for child in stream:
        if child.block_type == "usual_questions":
            questions += usual_questions()
        elif child.block_type == "question" and child.value["label"].strip():
            questions.append(_question(child))
    return Guidance(
        points=tuple(TalkingPoint(input_key(child.id), child.value["text"]) for child in points),
        questions=tuple(questions),
    )


def _question(child: Any) -> Question:
    value = child.value
    return Question(
        key=f"q{input_key(child.id)}",
        label=value["label"],
        hint=value["hint"] or "",
        roles=frozenset(value["roles"] or ()),
        is_long=not value["is_short"],
    )
