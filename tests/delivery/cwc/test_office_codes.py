"""How an office of the House is called."""

import pytest

from delivery.engine.cwc import office_codes
from delivery.engine.cwc.chambers import HOUSE, SENATE


@pytest.mark.parametrize(
    ("state", "district", "code"),
    [
        ("ma", "5", "HMA05"),
        ("MA", "05", "HMA05"),
        ("ca", "52", "HCA52"),
        ("ak", "0", "HAK00"),
        ("ak", "At-Large", "HAK00"),
        ("vt", "", "HVT00"),
        ("dc", "Delegate", "HDC00"),
        ("pr", "Resident Commissioner", "HPR00"),
        ("gu", "00", "HGU00"),
    ],
)
def test_a_seat_of_the_house_has_a_code(state: str, district: str, code: str) -> None:
    assert office_codes.house_code(state=state, district=district) == code
    assert office_codes.is_code(code, chamber=HOUSE)
    assert not office_codes.is_code(code, chamber=SENATE)


@pytest.mark.parametrize(("state", "district"), [("ma", "2nd Bristol"), ("mass", "5"), ("ma", "105"), ("ma", "٥")])
def test_what_is_no_seat_of_the_house_has_none(state: str, district: str) -> None:
    with pytest.raises(office_codes.NoOfficeCodeError):
        office_codes.house_code(state=state, district=district)


def test_an_office_of_the_senate_ends_in_the_class_of_its_seat() -> None:
    assert office_codes.is_code("SMA01", chamber=SENATE)
    assert not office_codes.is_code("SMA04", chamber=SENATE)
    assert not office_codes.is_code("SMA01", chamber="state_upper")
