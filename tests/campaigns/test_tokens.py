"""What comes back from a browser is only believed if it is ours, for this form, and fresh."""

import uuid

import pytest
import time_machine

from campaigns.engine.addresses import AddressKind, StatedAddress
from campaigns.engine.tokens import BadToken, ExpiredToken, Finding, read_receipt, seal, sign_receipt, unseal
from legislators.engine.resolution import PostalAddress

PAGE = uuid.uuid4()


def _home(*parts):
    return StatedAddress(AddressKind.HOME, PostalAddress(*parts))


ADDRESS = _home("12 Maple Street", "Alderton", "ax", "69901")
FINDING = Finding("street", "ax", ("ocd/1",), (("state_lower", ("ocd/2", "ocd/3")),), ("us_house",), ("po_box",), "d")


def test_a_finding_comes_back_as_it_left():
    assert unseal(seal(FINDING, page_key=PAGE, addresses=[ADDRESS]), page_key=PAGE, addresses=[ADDRESS]) == FINDING


def test_a_finding_is_not_good_for_another_address():
    token = seal(FINDING, page_key=PAGE, addresses=[ADDRESS])
    with pytest.raises(BadToken):
        unseal(token, page_key=PAGE, addresses=[_home("99 Elm Road", "Alderton", "ax", "69901")])


def test_the_same_address_written_otherwise_is_the_same():
    token = seal(FINDING, page_key=PAGE, addresses=[ADDRESS])
    again = _home(" 12  maple STREET", "alderton", "AX", "69901")
    assert unseal(token, page_key=PAGE, addresses=[again]) == FINDING


def test_a_finding_is_not_good_for_another_form():
    token = seal(FINDING, page_key=PAGE, addresses=[ADDRESS])
    with pytest.raises(BadToken):
        unseal(token, page_key=uuid.uuid4(), addresses=[ADDRESS])


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "é:1:2"])
def test_a_finding_that_was_made_up_is_refused(token):
    with pytest.raises(BadToken):
        unseal(token, page_key=PAGE, addresses=[ADDRESS])


def test_a_finding_grows_old():
    with time_machine.travel("2026-03-01 09:00Z", tick=False):
        token = seal(FINDING, page_key=PAGE, addresses=[ADDRESS])
    with time_machine.travel("2026-03-01 14:00Z", tick=False), pytest.raises(ExpiredToken):
        unseal(token, page_key=PAGE, addresses=[ADDRESS])


def test_no_address_can_be_read_in_the_token():
    assert "Maple" not in seal(FINDING, page_key=PAGE, addresses=[ADDRESS])


def test_a_receipt_s_link_names_its_submission():
    key = uuid.uuid4()
    assert read_receipt(sign_receipt(key), days=180) == key


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "00000000000000000000000000000000.x.y"])
def test_a_receipt_s_link_that_was_made_up_is_refused(token):
    with pytest.raises(BadToken):
        read_receipt(token, days=180)


def test_a_receipt_s_link_that_was_changed_is_refused():
    token = sign_receipt(uuid.uuid4())
    with pytest.raises(BadToken):
        read_receipt(uuid.uuid4().hex + token[32:], days=180)


def test_a_receipt_s_link_ends_after_its_days():
    with time_machine.travel("2026-03-01", tick=False):
        token = sign_receipt(uuid.uuid4())
    with time_machine.travel("2026-08-27", tick=False):
        read_receipt(token, days=180)
    with time_machine.travel("2026-08-29", tick=False), pytest.raises(ExpiredToken):
        read_receipt(token, days=180)
