"""What our own validator finds before Congress does."""

import re
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.engine.cwc import topics, validation
from delivery.engine.cwc.chambers import HOUSE, RULES, SENATE, UnknownRuleError, with_changes
from delivery.engine.cwc.content import Bill, CongressContent
from delivery.engine.cwc.names import PREFIXES
from delivery.engine.cwc.validation import Code, Problem
from tests.delivery.cwc.samples import make_content, make_senate_content, make_society


def _found(**changes: Any) -> list[tuple[str, Code]]:
    return [(problem.field, problem.code) for problem in validation.problems(make_content(**changes), RULES[HOUSE])]


def test_nothing_is_wrong_with_a_complete_letter_to_either_chamber() -> None:
    assert validation.problems(make_content(), RULES[HOUSE]) == []
    assert validation.problems(make_senate_content(), RULES[SENATE]) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"prefix": ""}, ("prefix", Code.MISSING)),
        ({"prefix": "Sir"}, ("prefix", Code.NOT_ONE_OF)),
        ({"prefix": "Dr"}, ("prefix", Code.NOT_ONE_OF)),
        ({"first_name": "  "}, ("first_name", Code.MISSING)),
        ({"last_name": "\u200b"}, ("last_name", Code.MISSING)),
        ({"address1": "12"}, ("address1", Code.TOO_SHORT)),
        ({"city": "Ai"}, ("city", Code.TOO_SHORT)),
        ({"state": "XX"}, ("state", Code.NOT_ONE_OF)),
        ({"state": ""}, ("state", Code.MISSING)),
        ({"zip_code": "2139"}, ("zip_code", Code.MALFORMED)),
        ({"zip_code": "02139-12"}, ("zip_code", Code.MALFORMED)),
        ({"zip_code": "０２１３９"}, ("zip_code", Code.MALFORMED)),
        ({"zip_code": "02139\n"}, ("zip_code", Code.MALFORMED)),
        ({"phone": "(617) 555-0100"}, ("phone", Code.MALFORMED)),
        ({"email": "nobody"}, ("email", Code.MALFORMED)),
        ({"email": ""}, ("email", Code.MISSING)),
        ({"subject": "Help!"}, ("subject", Code.TOO_SHORT)),
        ({"subject": "x" * 501}, ("subject", Code.TOO_LONG)),
        ({"topics": ()}, ("topics", Code.MISSING)),
        ({"topics": ("Medicine",)}, ("topics", Code.NOT_ONE_OF)),
        ({"statement": "", "own_words": " \n "}, ("own_words", Code.NO_TEXT)),
        ({"own_words": "Yes!"}, ("own_words", Code.TOO_SHORT)),
        ({"statement": "x" * 10_001}, ("statement", Code.TOO_LONG)),
        ({"own_words": "x" * 10_001}, ("own_words", Code.TOO_LONG)),
        ({"bills": (Bill(119, "H.R.", 1),)}, ("bills", Code.NOT_ONE_OF)),
        ({"bills": (Bill(119, "hr", 0),)}, ("bills", Code.MALFORMED)),
        ({"position": "maybe"}, ("position", Code.MALFORMED)),
        ({"campaign_id": ""}, ("campaign_id", Code.MISSING)),
        ({"campaign_id": "a-b"}, ("campaign_id", Code.MALFORMED)),
        ({"campaign_id": "a" * 65}, ("campaign_id", Code.TOO_LONG)),
        ({"office": "SMA01"}, ("office", Code.MALFORMED)),
        ({"office": "HMA5"}, ("office", Code.MALFORMED)),
    ],
)
def test_each_rule_is_told_by_field_and_code(changes: dict[str, Any], expected: tuple[str, Code]) -> None:
    assert _found(**changes) == [expected]


def test_every_problem_is_told_at_once_and_none_quotes_what_was_typed() -> None:
    found = validation.problems(make_content(prefix="", city="", email="ada.quill", zip_code="x"), RULES[HOUSE])
    assert [problem.field for problem in found] == ["prefix", "city", "zip_code", "email"]
    assert "ada" not in str([asdict(problem) for problem in found])


def test_a_letter_to_the_other_chamber_is_not_taken() -> None:
    found = validation.problems(make_content(chamber=SENATE), RULES[HOUSE])
    assert [problem.field for problem in found] == ["office", "chamber"]


@pytest.mark.parametrize("code", ["AS", "DC", "GU", "MP", "PR", "VI", "MA", "AK"])
def test_states_the_district_and_territories_are_taken(code: str) -> None:
    assert _found(state=code) == []


def test_there_are_fifty_states_and_six_more_five_prefixes_and_thirty_two_topics() -> None:
    assert (len(validation.STATES), len(PREFIXES), len(set(topics.TOPICS))) == (56, 5, 32)
    assert topics.DEFAULT in topics.TOPICS


@given(st.integers(min_value=0, max_value=12_000))
def test_a_text_has_six_to_ten_thousand_characters(length: int) -> None:
    found = _found(statement="", own_words="x" * length)
    assert (found == []) == (6 <= length <= 10_000)


@given(st.integers(min_value=0, max_value=600))
def test_a_subject_has_six_to_five_hundred_characters(length: int) -> None:
    assert (_found(subject="x" * length) == []) == (6 <= length <= 500)


@given(st.text(max_size=12) | st.from_regex(r"[0-9]{4,6}(-[0-9]{3,5})?", fullmatch=True))
def test_a_zip_code_has_five_or_nine_digits(text: str) -> None:
    has_shape = re.fullmatch(r"[0-9]{5}(-[0-9]{4})?", text, re.ASCII) is not None
    assert (_found(zip_code=text) == []) == has_shape


@given(st.from_regex(r"\(?[0-9]{3}\)?[ .-]?[0-9]{3}[ .-]?[0-9]{4}", fullmatch=True))
def test_every_usual_way_to_write_a_telephone_number_becomes_the_one_that_is_taken(typed: str) -> None:
    assert _found(phone=validation.dashed_phone(typed)) == []
    assert validation.dashed_phone(f"+1 {typed}") == validation.dashed_phone(typed)


@given(st.text(max_size=30))
def test_a_telephone_number_is_given_as_taken_or_not_at_all(typed: str) -> None:
    dashed = validation.dashed_phone(typed)
    assert dashed == "" or _found(phone=dashed) == []


def test_a_delivery_id_has_thirty_two_letters_and_digits() -> None:
    assert validation.is_delivery_id("a" * 31 + "9")
    assert not any(validation.is_delivery_id(text) for text in ("a" * 31, "a" * 33, "a" * 31 + "-", "é" * 32, ""))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"delivery_agent": ""}, Problem("delivery_agent", Code.MISSING)),
        ({"ack_address": "acks"}, Problem("ack_address", Code.MALFORMED)),
        ({"contact_name": "Grace"}, Problem("contact_name", Code.TOO_SHORT, 6)),
        ({"contact_email": ""}, Problem("contact_email", Code.MISSING)),
        ({"contact_phone": "6175550100"}, Problem("contact_phone", Code.MALFORMED)),
        ({"organization": ""}, Problem("organization", Code.MISSING)),
        ({"organization": "AM"}, Problem("organization", Code.TOO_SHORT, 3)),
        ({"organization_about": "x" * 501}, Problem("organization_about", Code.TOO_LONG, 500)),
    ],
)
def test_each_setting_of_the_society_is_looked_at(changes: dict[str, str], expected: Problem) -> None:
    assert validation.society_problems(make_society(**changes), RULES[HOUSE]) == [expected]


def test_the_senate_needs_no_organization() -> None:
    assert validation.society_problems(make_society(organization=""), RULES[SENATE]) == []


def test_a_rule_that_was_found_to_be_different_can_be_changed() -> None:
    rules = with_changes(
        RULES[SENATE], {"city_min_length": 2, "bill_spellings": {"hconres": "H.Con.Res."}, "send_path": "/messages/"}
    )
    assert validation.problems(make_senate_content(city="Ai"), rules) == []
    assert (rules.bill_spellings["hconres"], rules.bill_spellings["hr"]) == ("H.Con.Res.", "H.R.")
    assert rules.send_path == "/messages/"


@pytest.mark.parametrize(
    "changes",
    [
        {"colour": "blue"},
        {"chamber": "us_house"},
        {"city_min_length": "2"},
        {"city_min_length": True},
        {"knows_repeats": 1},
        {"messages_per_second": 0},
        {"send_path": "https://elsewhere.example/"},
        {"bill_spellings": {"hb": "H.B."}},
        {"prefixes": []},
        {"messages_per_second": 0.01},
        [],
        "city_min_length",
    ],
)
def test_a_rule_that_there_is_not_or_that_makes_no_sense_is_refused(changes: Any) -> None:
    with pytest.raises(UnknownRuleError):
        with_changes(RULES[HOUSE], changes)


def test_a_letter_survives_being_stored() -> None:
    content = make_content(bills=(Bill(119, "hr", 842),), topics=("Health", "Law"))
    assert CongressContent.from_json(content.as_json()) == content
