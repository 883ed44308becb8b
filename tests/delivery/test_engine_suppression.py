"""An address is remembered by what nobody can turn back into it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.engine import suppression
from delivery.engine.suppression import BadHash

KEY = suppression.derive_key("secret")


@pytest.mark.parametrize("spelling", ["Ada@Clinic.example", " ada@clinic.example ", "ADA@CLINIC.EXAMPLE"])
def test_one_mailbox_has_one_hash(spelling: str) -> None:
    assert suppression.address_hash(spelling, key=KEY) == suppression.address_hash("ada@clinic.example", key=KEY)


def test_a_domain_is_the_same_in_its_own_letters_and_in_ascii() -> None:
    assert suppression.canonical("ada@klínica.example") == suppression.canonical("Ada@xn--klnica-4va.example")


@pytest.mark.parametrize("other", ["ada+news@clinic.example", "ad.a@clinic.example", "ada@clinic.example.net", ""])
def test_another_mailbox_has_another(other: str) -> None:
    assert suppression.address_hash(other, key=KEY) != suppression.address_hash("ada@clinic.example", key=KEY)


def test_without_the_key_the_hash_cannot_be_tried() -> None:
    other = suppression.derive_key("another secret")
    assert suppression.address_hash("ada@clinic.example", key=other) != suppression.address_hash(
        "ada@clinic.example", key=KEY
    )


@given(st.emails())
def test_a_hash_survives_a_web_address(address: str) -> None:
    made = suppression.address_hash(address, key=KEY)
    text = suppression.as_text(made)
    assert suppression.from_text(text) == made
    assert text.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize("text", ["", "x", "=" * 43, "a" * 42, "a" * 44, "é" * 43, "_" * 43, "a" * 100_000, "/" * 43])
def test_what_is_no_hash_is_refused(text: str) -> None:
    with pytest.raises(BadHash):
        suppression.from_text(text)
