"""Writes the XML document of CWC 2.0. The order of the elements counts, and each stands on a line of its own."""

import html
from collections.abc import Iterator
from datetime import date

from delivery.engine.cwc import texts
from delivery.engine.cwc.chambers import ChamberRules
from delivery.engine.cwc.content import Bill, CongressContent
from delivery.engine.cwc.validation import Society

_POSITIONS = {"pro": "Pro", "con": "Con"}


def build(
    content: CongressContent, *, society: Society, rules: ChamberRules, delivery_id: str, delivery_date: date
) -> bytes:
    """The document in UTF-8, for a `content` and a `society` in which `validation` has found nothing.

    Left out are elements that nobody answered for: whether an answer is wanted, and the address of a page with more,
    about whose place in the order public accounts disagree.

    :param delivery_id: 32 letters and digits, the same at every try.
    :param delivery_date: the day in Washington.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<CWC>",
        _element("CWCVersion", "2.0"),
        *_delivery(society, delivery_id, delivery_date, content.campaign_id),
        *_recipient(content.office),
        *_constituent(content),
        *_message(content, rules),
        "</CWC>",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _element(name: str, text: str) -> str:
    return f"<{name}>{html.escape(texts.plain_line(text), quote=False)}</{name}>"


def _text_element(name: str, text: str) -> str:
    """Keeps the lines of the text."""
    return f"<{name}>{html.escape(texts.plain(text), quote=False)}</{name}>"


def _optional(name: str, text: str) -> Iterator[str]:
    if texts.plain(text):
        yield _element(name, text)


def _delivery(society: Society, delivery_id: str, delivery_date: date, campaign_id: str) -> Iterator[str]:
    yield "<Delivery>"
    yield _element("DeliveryId", delivery_id)
    yield _element("DeliveryDate", delivery_date.strftime("%Y%m%d"))
    yield _element("DeliveryAgent", society.delivery_agent)
    yield _element("DeliveryAgentAckEmailAddress", society.ack_address)
    yield "<DeliveryAgentContact>"
    yield _element("DeliveryAgentContactName", society.contact_name)
    yield _element("DeliveryAgentContactEmail", society.contact_email)
    yield _element("DeliveryAgentContactPhone", society.contact_phone)
    yield "</DeliveryAgentContact>"
    if society.organization:
        yield _element("Organization", society.organization)
        yield "<OrganizationContact>"
        yield _element("OrganizationContactName", society.contact_name)
        yield _element("OrganizationContactEmail", society.contact_email)
        yield _element("OrganizationContactPhone", society.contact_phone)
        yield "</OrganizationContact>"
        yield from _optional("OrganizationAbout", society.organization_about)
    yield _element("CampaignId", campaign_id)
    yield "</Delivery>"


def _recipient(office: str) -> Iterator[str]:
    yield "<Recipient>"
    yield _element("MemberOffice", office)
    # No form of ours asks for it, so nobody has said yes.
    yield _element("NewsletterOptIn", "N")
    yield "</Recipient>"


def _constituent(content: CongressContent) -> Iterator[str]:
    yield "<Constituent>"
    yield _element("Prefix", content.prefix)
    yield _element("FirstName", content.first_name)
    yield _element("LastName", content.last_name)
    yield from _address(content)
    yield _element("City", content.city)
    yield _element("StateAbbreviation", content.state)
    yield _element("Zip", content.zip_code)
    yield from _optional("Phone", content.phone)
    yield _element("AddressValidation", _yes_or_no(content.is_address_validated))
    yield _element("Email", content.email)
    yield _element("EmailValidation", _yes_or_no(content.is_email_validated))
    yield "</Constituent>"


def _address(content: CongressContent) -> Iterator[str]:
    second = texts.plain_line(content.address2)
    if len(second) == 1:
        # A second line has two characters at least, and a flat may be called B.
        yield _element("Address1", f"{content.address1} {second}")
        return
    yield _element("Address1", content.address1)
    yield from _optional("Address2", second)


def _message(content: CongressContent, rules: ChamberRules) -> Iterator[str]:
    yield "<Message>"
    yield _element("Subject", content.subject)
    yield "<LibraryOfCongressTopics>"
    for topic in dict.fromkeys(content.topics):
        yield _element("LibraryOfCongressTopic", topic)
    yield "</LibraryOfCongressTopics>"
    if content.bills:
        yield "<Bills>"
        for bill in dict.fromkeys(content.bills):
            yield from _bill(bill, rules)
        yield "</Bills>"
    if content.position:
        yield _element("ProOrCon", _POSITIONS[content.position])
    if texts.plain(content.statement):
        yield _text_element("OrganizationStatement", content.statement)
    # Sent twice, an office would count the society's words as the person's own.
    if texts.plain(content.own_words) and not texts.is_same(content.own_words, content.statement):
        yield _text_element("ConstituentMessage", content.own_words)
    yield "</Message>"


def _bill(bill: Bill, rules: ChamberRules) -> Iterator[str]:
    yield "<Bill>"
    yield _element("BillCongress", str(bill.congress))
    yield _element("BillTypeAbbreviation", rules.bill_spellings[bill.kind])
    yield _element("BillNumber", str(bill.number))
    yield "</Bill>"


def _yes_or_no(is_so: bool) -> str:
    return "Y" if is_so else "N"
