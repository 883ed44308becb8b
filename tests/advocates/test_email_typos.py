"""Slips in the domain of an e-mail address: what was probably meant, and what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocates.engine.email_typos import suggestion


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ada@gmial.com", "ada@gmail.com"),
        ("ada@gmai.com", "ada@gmail.com"),
        ("Ada.Quill@GMIAL.COM", "Ada.Quill@gmail.com"),
        ("ada@gmail.con", "ada@gmail.com"),
        ("ada@gmail.co", "ada@gmail.com"),
        ("ada@gmial.cmo", "ada@gmail.com"),
        ("ada@hotmial.com", "ada@hotmail.com"),
        ("ada@homail.com", "ada@hotmail.com"),
        ("ada@outlok.com", "ada@outlook.com"),
        ("ada@yaho.com", "ada@yahoo.com"),
        ("ada@iclould.com", "ada@icloud.com"),
        ("ada@aol.con", "ada@aol.com"),
        ("ada@comcat.net", "ada@comcast.net"),
        ("ada@verzion.net", "ada@verizon.net"),
        ("ada@clinic.example.ogr", "ada@clinic.example.org"),
        ("ada@alderuniversity.eud", "ada@alderuniversity.edu"),
    ],
)
def test_a_slip_is_seen(typed: str, meant: str) -> None:
    assert suggestion(typed) == meant


@pytest.mark.parametrize(
    "address",
    [
        *("ada@gmail.com", "ada@mail.com", "ada@ymail.com", "ada@email.com", "ada@aon.com", "ada@cos.net"),
        *("ada@yahoo.co.uk", "ada@hotmail.fr", "ada@outlook.es", "ada@mass.gov", "ada@clinic.example", "ada@mac.com"),
        *("ada@partners.org", "ada@bmc.org", "ada", "@", ""),
    ],
)
def test_what_exists_or_is_no_slip_is_left_alone(address: str) -> None:
    assert suggestion(address) == ""


@given(st.emails())
def test_what_is_suggested_is_never_asked_about_again(address: str) -> None:
    suggested = suggestion(address)
    assert suggestion(suggested) == "" if suggested else True
