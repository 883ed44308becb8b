"""What Congress's own system wants to know of letters to its offices; the same in every language of a page."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.engine.congress import CongressTerms
from delivery.engine.cwc import topics
from delivery.engine.cwc.chambers import BILL_KINDS
from delivery.engine.cwc.content import Bill

#: As they are cited; proper names, which stay English.
_CITED = {
    "hr": "H.R.",
    "s": "S.",
    "hres": "H.Res.",
    "sres": "S.Res.",
    "hjres": "H.J.Res.",
    "sjres": "S.J.Res.",
    "hconres": "H.Con.Res.",
    "sconres": "S.Con.Res.",
    "hamdt": "H.Amdt.",
    "samdt": "S.Amdt.",
}


class BillBlock(blocks.StructBlock):
    congress = blocks.IntegerBlock(
        label=_("Congress"), min_value=1, max_value=999, help_text=_("Its number: 119 for the years 2025 and 2026.")
    )
    kind = blocks.ChoiceBlock(label=_("Kind"), choices=[(kind, _CITED[kind]) for kind in BILL_KINDS], default="hr")
    number = blocks.IntegerBlock(label=_("Number"), min_value=1, max_value=99_999)

    class Meta:
        icon = "doc-full"
        label = _("Bill")


class CongressLettersBlock(blocks.StructBlock):
    """Choices and numbers only: nothing here is for translators."""

    topics = blocks.MultipleChoiceBlock(
        label=_("Subjects"),
        choices=[(topic, topic) for topic in topics.TOPICS],
        default=[topics.DEFAULT],
        help_text=_("As the Library of Congress names them. Offices sort their mail by these."),
    )
    position = blocks.ChoiceBlock(
        label=_("Position"),
        choices=[("pro", _("For the bill")), ("con", _("Against the bill"))],
        required=False,
        default="",
        help_text=_("Empty: the letters take no side on a bill."),
    )
    bills = blocks.ListBlock(BillBlock(), label=_("Bills"), default=[])

    class Meta:
        icon = "group"
        group = _("Congress’s own system")
        label = _("For letters to Congress")
        description = _("Subjects, position and bills, for offices that take letters by Congress’s own system.")


class CongressBlock(blocks.StreamBlock):
    letters = CongressLettersBlock()

    class Meta:
        required = False
        max_num = 1


def congress_terms(stream: blocks.StreamValue) -> CongressTerms:
    """What the stream says; without it the letters are about health and take no side."""
    for child in stream:
        return _terms(child.value)
    return CongressTerms()


def _terms(value: Any) -> CongressTerms:
    bills = [bill for bill in value.get("bills") or () if bill.get("congress") and bill.get("number")]
    return CongressTerms(
        topics=tuple(topic for topic in value.get("topics") or () if topic in topics.TOPICS) or CongressTerms().topics,
        position=value.get("position") or "",
        bills=tuple(Bill(congress=bill["congress"], kind=bill["kind"], number=bill["number"]) for bill in bills),
    )
