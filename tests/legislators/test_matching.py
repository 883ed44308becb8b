"""Which of a geocoder's matches are believed."""

import pytest

from legislators.engine.matching import Match, best
from legislators.engine.resolution import Certainty, ClaimedDistrict, Point, PostalAddress

ADDRESS = PostalAddress("5 Maple St", "Birchfield", "ax", "69903")
CLAIM = ClaimedDistrict("cd", geoid="9901")


def match(longitude=-41.4, certainty=Certainty.INTERPOLATED, street="5 MAPLE ST", state="AX", zip_code="69903"):
    return Match(Point(longitude, 39.5), certainty, street, state, zip_code, f"{street}, {zip_code}", (CLAIM,))


def answer(*matches, address=ADDRESS):
    return best(matches, address, source="fake")


def test_without_a_match_there_is_no_answer():
    assert answer() is None


def test_a_single_match_is_believed_with_its_districts():
    found = answer(match())
    assert (found.certainty, found.districts, found.source) == (Certainty.INTERPOLATED, (CLAIM,), "fake")


def test_a_match_in_another_state_is_none():
    assert answer(match(state="NY")) is None


def test_two_matches_of_one_place_are_one():
    assert answer(match(-41.4), match(-41.4005)).certainty == Certainty.INTERPOLATED


def test_matches_that_lie_apart_are_the_street_only_and_claim_no_district():
    found = answer(match(-41.4), match(-41.3))
    assert (found.certainty, found.districts) == (Certainty.STREET, ())


def test_of_matches_that_lie_apart_the_one_in_the_zip_is_meant():
    assert answer(match(-41.4, zip_code="69904"), match(-41.3)).point.longitude == -41.3


def test_a_house_comes_before_a_place_along_the_street():
    found = answer(match(-41.4), match(-41.3, Certainty.ROOFTOP))
    assert (found.certainty, found.point.longitude) == (Certainty.ROOFTOP, -41.3)


@pytest.mark.parametrize("street", ["7 MAPLE ST", "5 MAPLE AVE", "5 MAPLE RD N"])
def test_another_number_or_kind_of_street_is_the_street_only(street):
    assert answer(match(street=street)).certainty == Certainty.STREET


@pytest.mark.parametrize("street", ["5 MAPLE ST", "5 Maple Street", "5 N MAPLE ST", "5 MAPLE", "5 STATE RTE 9", ""])
def test_an_addition_or_another_name_of_the_street_is_believed(street):
    assert answer(match(street=street)).certainty == Certainty.INTERPOLATED


def test_opposite_ends_of_a_street_are_not_each_other():
    address = PostalAddress("5 N Main St", "", "ax", "69903")
    assert answer(match(street="5 S MAIN ST"), address=address).certainty == Certainty.STREET


def test_a_neighbouring_zip_is_believed_and_one_from_elsewhere_is_not():
    assert answer(match(zip_code="69904")).certainty == Certainty.INTERPOLATED
    assert answer(match(zip_code="68001")).certainty == Certainty.STREET


def test_a_street_without_a_number_is_never_a_house():
    address = PostalAddress("Maple St", "", "ax", "69903")
    assert answer(match(), address=address).certainty == Certainty.STREET


@pytest.mark.parametrize(("typed", "found"), [("37-12 82nd St", "3712 82ND ST"), ("12-14 Maple St", "12 MAPLE ST")])
def test_a_hyphen_is_no_difference(typed, found):
    address = PostalAddress(typed, "", "ax", "69903")
    assert answer(match(street=found), address=address).certainty == Certainty.INTERPOLATED
