"""Return addresses: short, in one spelling, and readable whatever mail systems did to their letters."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.engine import return_tokens
from delivery.engine.return_tokens import BadReturnToken

MESSAGE = uuid.UUID("6f1c2f0e-9a63-4f0e-8f0e-0a1b2c3d4e5f")
DOMAIN = "replies.alder-medical.example"


@given(st.uuids())
def test_every_id_comes_back_whatever_the_case(message_id: uuid.UUID) -> None:
    token = return_tokens.encode(message_id)
    assert len(token) == return_tokens.LENGTH
    assert token.isascii()
    assert token.isalnum()
    assert return_tokens.decode(token) == return_tokens.decode(token.upper()) == message_id


@given(st.uuids(), st.sampled_from([return_tokens.REPLY, return_tokens.BOUNCE]))
def test_every_address_can_be_read_and_fits_a_local_part(message_id: uuid.UUID, kind: str) -> None:
    address = return_tokens.address(kind, message_id, DOMAIN)
    assert len(address.split("@")[0]) <= 64
    assert return_tokens.read(address, kind=kind, domain=DOMAIN) == message_id
    assert return_tokens.read(address.upper(), kind=kind, domain=DOMAIN) == message_id


@given(st.text(max_size=40))
def test_nothing_else_is_a_token(text: str) -> None:
    try:
        found = return_tokens.decode(text)
    except BadReturnToken:
        return
    assert return_tokens.encode(found) == text.lower()


def test_one_id_has_one_spelling() -> None:
    token = return_tokens.encode(MESSAGE)
    others = [token[:-1] + digit for digit in "abcdefghijklmnopqrstuvwxyz234567" if digit != token[-1]]
    found = []
    for other in others:
        try:
            found.append(return_tokens.decode(other))
        except BadReturnToken:
            continue
    assert MESSAGE not in found


@pytest.mark.parametrize(
    "address",
    [
        "",
        "@",
        "reply-@replies.alder-medical.example",
        "reply-aaaa@replies.alder-medical.example",
        f"reply-{'a' * 27}@{DOMAIN}",
        f"reply-{'1' * 26}@{DOMAIN}",
        f"bounce-{return_tokens.encode(MESSAGE)}@{DOMAIN}",
        f"reply-{return_tokens.encode(MESSAGE)}@elsewhere.example",
        f"reply-{return_tokens.encode(MESSAGE)}@evil.{DOMAIN}",
        f"reply-{return_tokens.encode(MESSAGE)}",
        f"reply_{return_tokens.encode(MESSAGE)}@{DOMAIN}",
        f"reply-{return_tokens.encode(MESSAGE)}@@{DOMAIN}",
    ],
)
def test_an_address_that_is_not_ours_names_no_message(address: str) -> None:
    assert return_tokens.read(address, kind=return_tokens.REPLY, domain=DOMAIN) is None


def test_without_a_domain_of_ours_no_address_is_ours() -> None:
    assert return_tokens.read(f"reply-{return_tokens.encode(MESSAGE)}@", kind=return_tokens.REPLY, domain="") is None
