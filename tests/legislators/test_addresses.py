"""What a person types as an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legislators.engine.addresses import (
    contradict,
    is_alike,
    is_po_box,
    is_shortened,
    normalise,
    parse_street,
    parse_zip,
    street_key,
    street_parts,
)
from legislators.engine.resolution import PostalAddress
from legislators.engine.states import STATES, normalise_state, states_of_zip


@pytest.mark.parametrize(
    ("street", "number", "extra", "key"),
    [
        ("12 1/2 N. Water St.", 12, "1/2", "N WATER ST"),
        ("12½ Elm", 12, "1/2", "ELM"),
        ("100R Broadway", 100, "R", "BROADWAY"),
        ("12-14 Maple Street #3", 12, "", "MAPLE ST"),
        ("One Beacon Street", 1, "", "BEACON ST"),
        ("24 Beacon St., Room 34", 24, "", "BEACON ST"),
        ("350 5th Avenue Apt 4B", 350, "", "5TH AVE"),
        ("350 Fifth Avenue, APT4B", 350, "", "5TH AVE"),
        ("5 Main St 2nd Floor", 5, "", "MAIN ST"),
        ("100 E St", 100, "", "E ST"),
        ("10 North St", 10, "", "NORTH ST"),
        ("12 North Main Street", 12, "", "N MAIN ST"),
        ("9 Floral Ave", 9, "", "FLORAL AVE"),
        ("55 Trinity Avenue Southwest", 55, "", "TRINITY AVE SW"),
        ("7 Saint James Ave", 7, "", "ST JAMES AVE"),
        ("4 St. Mary's Rd", 4, "", "ST MARYS RD"),
        ("5 Main St, PO Box 9", 5, "", "MAIN ST"),
        ("PO Box 9, 5 Main Street", 5, "", "MAIN ST"),
        ("12 Calle Peñón", 12, "", "CALLE PENON"),
        ("Main Street", None, "", "MAIN ST"),
        ("123 County Road No. 5", 123, "", "COUNTY ROAD 5"),
        ("123 County Road 5", 123, "", "COUNTY ROAD 5"),
        ("123 Co. Rd. #7 Apt 2", 123, "", "CO RD 7"),
        ("45 Hwy No 3", 45, "", "HWY 3"),
        ("12 Lincoln Highway #5", 12, "", "LINCOLN HWY"),
        ("12 Mill Road No. 4", 12, "", "MILL RD"),
        ("12 Mill Road Lot 4 Apt 2", 12, "", "MILL RD"),
        ("77 Lot 5 Road", 77, "", "LOT 5 RD"),
        ("12", None, "", "12"),
        ("", None, "", ""),
    ],
)
def test_a_street_line_gives_number_and_key(street, number, extra, key):
    found = parse_street(street)
    assert (found.number, found.extra, found.key) == (number, extra, key)


@pytest.mark.parametrize(
    ("one", "other"), [("Maple Street", "maple st."), ("N Main St", "North Main Street"), ("1st Ave", "First Avenue")]
)
def test_two_ways_to_write_a_street_have_one_key(one, other):
    assert street_key(one) == street_key(other)


@pytest.mark.parametrize(
    "street",
    [
        "PO Box 12",
        "P.O. Box 12",
        "P O Box 12",
        "P.0. Box 12",
        "POB 12",
        "Post Office Box 9",
        "Box 123",
        "po box",
        "RR 2 Box 15",
        "HC 1 Box 4",
        "PSC 123 Box 4",
        "Apartado 12",
        "Apdo. Postal 7",
    ],
)
def test_a_box_is_no_street(street):
    assert is_po_box(street)


@pytest.mark.parametrize(
    "street", ["Boxwood Lane", "12 Box Hill Road", "5 Main St, PO Box 9", "8 Post Office Square", "3 Pobble Ln", ""]
)
def test_a_street_is_no_box(street):
    assert not is_po_box(street)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("02451", ("02451", "")),
        (" 02451-1234 ", ("02451", "1234")),
        ("024511234", ("02451", "1234")),
        ("02451 1234", ("02451", "1234")),
        ("2451", None),
        ("0245a", None),
        ("", None),
        ("024511", None),
        ("٠٢٤٥١", None),
    ],
)
def test_a_zip_is_five_or_nine_digits(typed, expected):
    assert parse_zip(typed) == expected


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("MA", "ma"),
        ("m.a.", "ma"),
        ("Massachusetts", "ma"),
        (" new  york", "ny"),
        ("Mass.", "ma"),
        ("Atlantis", ""),
        ("", ""),
        ("AX", "ax"),
        ("日本", ""),
    ],
)
def test_a_state_is_known_by_code_or_name(typed, code):
    assert normalise_state(typed) == code


def test_an_address_is_tidied():
    address = normalise(PostalAddress("  5  Main St ", " Port  Alder", "Massachusetts", " 02451-1234"))
    assert address == PostalAddress("5 Main St", "Port Alder", "ma", "02451")


def test_what_is_no_zip_stays_so_that_it_can_be_shown_as_wrong():
    assert normalise(PostalAddress(zip_code="2451")).zip_code == "2451"


@given(st.text(max_size=400))
def test_no_text_breaks_the_street_parser(text):
    found = parse_street(text)
    assert found.number is None or found.number >= 0
    assert len(found.key) <= 120
    is_po_box(text)


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=40))
def test_a_street_key_is_stable(text):
    assert street_key(street_key(text)) == street_key(text)


def test_the_house_has_435_voting_seats():
    assert sum(state.house_seats for state in STATES.values() if state.senate_seats) == 435


def test_there_are_fifty_states_the_district_and_five_territories():
    assert len(STATES) == 56
    assert len({state.fips for state in STATES.values()}) == 56


@pytest.mark.parametrize(
    ("zip_code", "states"),
    [
        ("02451", ("ma",)),
        ("06390", ("ct", "ny")),
        ("20001", ("dc",)),
        ("00901", ("pr",)),
        ("69901", ()),
        ("00802", ("vi",)),
        ("96799", ("as",)),
        ("96701", ("hi",)),
        ("96910", ("gu", "mp")),
    ],
)
def test_a_zip_names_its_states(zip_code, states):
    assert states_of_zip(zip_code) == states


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("N MAIN ST", ("N", "MAIN", "ST", "")),
        ("TRINITY AVE SW", ("", "TRINITY", "AVE", "SW")),
        ("E ST", ("", "E", "ST", "")),
        ("E ST SE", ("", "E", "ST", "SE")),
        ("NORTH ST", ("", "NORTH", "ST", "")),
        ("AVE A", ("", "AVE A", "", "")),
        ("ST JAMES AVE", ("", "ST JAMES", "AVE", "")),
        ("BROADWAY", ("", "BROADWAY", "", "")),
        ("FENWAY", ("", "FENWAY", "", "")),
        ("HARBOR WAY", ("", "HARBOR", "WAY", "")),
        ("N", ("", "N", "", "")),
        ("", ("", "", "", "")),
    ],
)
def test_a_street_s_key_has_directions_a_name_and_a_suffix(key, parts):
    found = street_parts(key)
    assert (found.direction, found.name, found.suffix, found.last_direction) == parts


def test_what_is_left_out_may_be_meant_and_what_differs_may_not():
    assert is_shortened("MAPLE", "MAPLE ST")
    assert is_shortened("MAIN ST", "N MAIN ST")
    assert not is_shortened("N MAIN ST", "MAIN ST")
    assert not is_shortened("MAPLE ST", "MAPLE ST")
    assert is_alike("N MAIN ST", "MAIN ST")
    assert not is_alike("MAPLE ST", "MAPLE AVE")
    assert contradict("MAPLE ST", "MAPLE AVE")
    assert contradict("N MAIN ST", "S MAIN ST")
    assert not contradict("WORCESTER RD", "STATE RTE 9")


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("37-12 82nd St", (3712, 37)),
        ("37-05 82nd St", (3705, 37)),
        ("94-1221 Ka Uka Blvd", (941221, 94)),
        ("12-14 Maple St", (12,)),
        ("5-7 Maple St", (5,)),
        ("5 Maple St", (5,)),
        ("12-123456789 Maple St", (12,)),
        ("Maple St", ()),
    ],
)
def test_a_hyphen_joins_two_numbers_of_a_building_or_stands_within_one(typed, numbers):
    assert parse_street(typed).numbers == numbers
