"""Sends a sample letter of an invented person to a chamber's test system: what was read about CWC, tried out."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone

from delivery.adapters import cwc as adapter
from delivery.adapters.carriers import NotAccepted
from delivery.adapters.cwc import configuration
from delivery.engine.cwc import document
from delivery.engine.cwc.chambers import BILL_KINDS, UnknownRuleError
from delivery.engine.cwc.content import Bill, CongressContent
from delivery.engine.cwc.outgoing import OutgoingCongress
from delivery.records.cwc_offices import CwcOffice
from delivery.selectors import cwc

_WASHINGTON = ZoneInfo("America/New_York")


@dataclass(frozen=True, slots=True)
class Trial:
    is_taken: bool
    #: For whoever runs the site; names no key.
    words: str


def ask(*, chamber: str, delivery_id: str) -> Trial:
    """Whether the chamber's test system takes a letter with every kind of bill in it.

    Never in the mode "live": there is no sample that an office should receive.
    """
    if configuration.mode() not in (configuration.VALIDATE, configuration.TEST):
        return Trial(False, "not asked: CWC_MODE is neither validate nor test")
    office = CwcOffice.objects.filter(chamber=chamber, is_active=True).order_by("code").first()
    if office is None:
        return Trial(False, "not asked: no office is on the list")
    content = _sample(office)
    try:
        if found := cwc.problems(content):
            return Trial(False, "; ".join(f"{problem.field} {problem.code.value}" for problem in found))
        rules = configuration.rules(chamber)
    except UnknownRuleError as error:
        return Trial(False, str(error))
    outgoing = OutgoingCongress(
        reference="trial",
        chamber=chamber,
        delivery_id=delivery_id,
        document=document.build(
            content,
            society=configuration.society(chamber),
            rules=rules,
            delivery_id=delivery_id,
            delivery_date=timezone.now().astimezone(_WASHINGTON).date(),
        ),
    )
    carrier = adapter.connect()
    try:
        carrier.send(outgoing)
    except NotAccepted as error:
        wait = error.failure.retry_after_seconds
        return Trial(False, f"not taken: {error.failure.code}{f', open in {wait:.0f} s' if wait else ''}")
    finally:
        carrier.close()
    return Trial(True, f"a sample letter to {office.code} was taken by the test system; nothing was sent")


def _sample(office: CwcOffice) -> CongressContent:
    return CongressContent(
        office=office.code,
        chamber=office.chamber,
        campaign_id="sample0000000000",
        prefix="Dr.",
        first_name="Sample",
        last_name="Constituent",
        address1="100 Main Street",
        city="Springfield",
        state=office.code[1:3],
        zip_code="00000",
        email="sample@constituent.example",
        subject="A test of our connection",
        topics=("Health",),
        statement="This is a test. Nobody wrote this letter.",
        own_words="Please disregard this test of our connection.",
        bills=tuple(Bill(119, kind, number) for number, kind in enumerate(BILL_KINDS, start=1)),
        position="pro",
    )
