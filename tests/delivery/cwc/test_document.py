"""The document that goes over the wire: its order, its characters, and what is left out."""

from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.engine.cwc import document
from delivery.engine.cwc.chambers import HOUSE, RULES, SENATE
from delivery.engine.cwc.content import Bill, CongressContent
from tests.delivery.cwc.samples import make_content, make_senate_content, make_society

ID = "0123456789abcdef0123456789ABCDEF"
BILLS = (Bill(119, "hr", 842), Bill(119, "sconres", 7))

HOUSE_DOCUMENT = f"""<?xml version="1.0" encoding="UTF-8"?>
<CWC>
<CWCVersion>2.0</CWCVersion>
<Delivery>
<DeliveryId>{ID}</DeliveryId>
<DeliveryDate>20260309</DeliveryDate>
<DeliveryAgent>Alder Medical Society</DeliveryAgent>
<DeliveryAgentAckEmailAddress>acks@alder-medical.example</DeliveryAgentAckEmailAddress>
<DeliveryAgentContact>
<DeliveryAgentContactName>Grace Bell</DeliveryAgentContactName>
<DeliveryAgentContactEmail>grace@alder-medical.example</DeliveryAgentContactEmail>
<DeliveryAgentContactPhone>617-555-0100</DeliveryAgentContactPhone>
</DeliveryAgentContact>
<Organization>Alder Medical Society</Organization>
<OrganizationContact>
<OrganizationContactName>Grace Bell</OrganizationContactName>
<OrganizationContactEmail>grace@alder-medical.example</OrganizationContactEmail>
<OrganizationContactPhone>617-555-0100</OrganizationContactPhone>
</OrganizationContact>
<OrganizationAbout>The physicians of Alder.</OrganizationAbout>
<CampaignId>{"c0ffee" * 8}</CampaignId>
</Delivery>
<Recipient>
<MemberOffice>HMA05</MemberOffice>
<NewsletterOptIn>N</NewsletterOptIn>
</Recipient>
<Constituent>
<Prefix>Dr.</Prefix>
<FirstName>Ada</FirstName>
<LastName>Quill</LastName>
<Address1>12 Alder Street</Address1>
<Address2>Floor 2</Address2>
<City>Cambridge</City>
<StateAbbreviation>MA</StateAbbreviation>
<Zip>02139</Zip>
<Phone>617-555-0123</Phone>
<AddressValidation>Y</AddressValidation>
<Email>ada.quill@clinic.example</Email>
<EmailValidation>N</EmailValidation>
</Constituent>
<Message>
<Subject>Please support telehealth parity</Subject>
<LibraryOfCongressTopics>
<LibraryOfCongressTopic>Health</LibraryOfCongressTopic>
<LibraryOfCongressTopic>Social Welfare</LibraryOfCongressTopic>
</LibraryOfCongressTopics>
<Bills>
<Bill>
<BillCongress>119</BillCongress>
<BillTypeAbbreviation>hr</BillTypeAbbreviation>
<BillNumber>842</BillNumber>
</Bill>
<Bill>
<BillCongress>119</BillCongress>
<BillTypeAbbreviation>sconres</BillTypeAbbreviation>
<BillNumber>7</BillNumber>
</Bill>
</Bills>
<ProOrCon>Pro</ProOrCon>
<OrganizationStatement>Telehealth keeps rural patients in care.</OrganizationStatement>
<ConstituentMessage>My patients drive two hours.

They say "it's far" - and R&amp;D &lt;helps&gt;.</ConstituentMessage>
</Message>
</CWC>
"""

FULL: dict[str, Any] = {
    "address2": "Floor 2",
    "phone": "617-555-0123",
    "topics": ("Health", "Social Welfare"),
    "bills": BILLS,
    "position": "pro",
    "own_words": "My patients drive two hours.\r\n\r\nThey say “it’s far” – and R&D <helps>.\x0b",
    "is_address_validated": True,
}


def _build(content: CongressContent, **society: str) -> str:
    return document.build(
        content,
        society=make_society(**society),
        rules=RULES[content.chamber],
        delivery_id=ID,
        delivery_date=date(2026, 3, 9),
    ).decode()


def _texts(written: str) -> dict[str, str]:
    return {element.tag: element.text or "" for element in ElementTree.fromstring(written.encode()).iter()}


def test_a_full_letter_to_the_house_is_written_element_for_element() -> None:
    assert _build(make_content(**FULL)) == HOUSE_DOCUMENT


def test_the_senate_gets_the_same_with_its_own_office_and_spelling_of_bills() -> None:
    expected = HOUSE_DOCUMENT.replace("HMA05", "SMA01").replace(">hr<", ">H.R.<").replace(">sconres<", ">S.Con.Res.<")
    assert _build(make_senate_content(**FULL)) == expected


def test_a_letter_with_nothing_but_what_is_required_has_no_empty_elements() -> None:
    written = _build(make_content(own_words=""), organization="", organization_about="")
    absent = ("Phone", "Address2", "Bills", "ProOrCon", "ConstituentMessage", "Organization", "MoreInfo")
    assert [name for name in absent if f"<{name}>" in written] == []
    assert all(text.strip() for line, text in _texts(written).items() if not list(line))


def test_what_nobody_said_is_not_said() -> None:
    found = _texts(_build(make_content()))
    assert (found["NewsletterOptIn"], found["AddressValidation"], found["EmailValidation"]) == ("N", "N", "N")
    assert "IsResponseRequested" not in found


@pytest.mark.parametrize("own_words", ["The same words.", "  The same\nwords. ", "The same\u00a0words."])
def test_a_statement_repeated_as_own_words_is_sent_once(own_words: str) -> None:
    found = _texts(_build(make_content(statement="The same words.", own_words=own_words)))
    assert found["OrganizationStatement"] == "The same words."
    assert "ConstituentMessage" not in found


def test_a_letter_in_the_person_s_words_alone_has_no_statement() -> None:
    found = _texts(_build(make_content(statement="")))
    assert "OrganizationStatement" not in found
    assert found["ConstituentMessage"] == "My patients drive two hours to see me."


def test_a_flat_called_by_one_letter_joins_the_street() -> None:
    found = _texts(_build(make_content(address2="B")))
    assert found["Address1"] == "12 Alder Street B"
    assert "Address2" not in found


def test_spanish_is_written_as_it_is() -> None:
    words = "Los pacientes, ¿qué harán? La señora Núñez espera."
    assert _texts(_build(make_content(own_words=words)))["ConstituentMessage"] == words


@given(st.text(max_size=300), st.text(max_size=60))
def test_whatever_is_typed_the_document_can_be_read_and_has_the_same_elements(words: str, name: str) -> None:
    usual = [element.tag for element in ElementTree.fromstring(_build(make_content()).encode()).iter()]
    written = _build(make_content(own_words=f"Words: {words}", last_name=f"Q{name}", subject=f"Subject {words}"))
    found = ElementTree.fromstring(written.encode())
    assert [element.tag for element in found.iter()] == usual


@given(st.text(alphabet=st.characters(codec="ascii", categories=("L", "N", "P", "S")), min_size=1, max_size=80))
def test_printable_text_comes_back_as_it_was(words: str) -> None:
    assert _texts(_build(make_content(own_words=f"Words: {words}")))["ConstituentMessage"] == f"Words: {words}"


@given(st.text(max_size=200))
def test_each_element_with_one_line_stands_on_a_line_of_its_own(name: str) -> None:
    lines = _build(make_content(first_name=f"A{name}", subject=f"About {name}")).splitlines()
    body = lines.index("<Message>")
    assert all(line.startswith("<") and line.endswith(">") for line in lines[: body + 2])


def test_both_chambers_have_rules_of_their_own() -> None:
    assert (RULES[HOUSE].chamber, RULES[SENATE].chamber) == (HOUSE, SENATE)
