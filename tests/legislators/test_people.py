"""People as the sources describe them."""

from datetime import date

import pytest

from legislators.engine import congress, openstates
from legislators.engine.people import MalformedRecordError, Remark, day, mailbox, phone_number, web_address

MASSACHUSETTS = "ocd-jurisdiction/country:us/state:ma/government"
TODAY = date(2026, 11, 21)


def state_person(**values):
    return {
        "id": "ocd-person/1",
        "name": "Bronwyn Lindqvist",
        "given_name": "Bronwyn",
        "family_name": "Lindqvist",
        "email": "bronwyn@legislature.example",
        "party": [{"name": "Old", "end_date": "2020-01-01"}, {"name": "Harborlight"}],
        "roles": [
            {
                "type": "lower",
                "jurisdiction": MASSACHUSETTS,
                "district": "10th Middlesex",
                "start_date": date(2023, 1, 4),
            },
        ],
        "offices": [{"classification": "capitol", "address": "Room 1", "voice": "617-555-0100"}],
        "links": [{"url": "https://legislature.example/lindqvist"}],
    } | values


def member(**values):
    return {
        "id": {"bioguide": "S000001"},
        "name": {"first": "Leonora", "last": "Strand", "official_full": "Leonora A. Strand"},
        "terms": [
            {"type": "rep", "start": "2023-01-03", "end": "2025-01-03", "state": "MA", "district": 4, "party": "Old"},
            {
                "type": "sen",
                "start": "2025-01-03",
                "end": "2031-01-03",
                "state": "MA",
                "class": 2,
                "party": "New",
                "phone": "202-555-0100",
                "address": "1 Capitol",
                "contact_form": "https://strand.example/contact",
            },
        ],
    } | values


def test_a_state_legislator_is_read():
    person, refused = openstates.read_person(state_person(), "x.yml")
    assert refused == []
    assert (person.source_id, person.party, person.email) == (
        "ocd-person/1",
        "Harborlight",
        "bronwyn@legislature.example",
    )
    (role,) = person.current_roles(TODAY)
    assert (role.chamber, role.state, role.district) == ("state_lower", "ma", "10th Middlesex")
    assert person.offices[0].phone == "617-555-0100"


def test_a_web_form_in_the_place_of_an_e_mail_address_becomes_the_contact_form():
    person, refused = openstates.read_person(state_person(email="https://x.example/contact?form=1"), "x.yml")
    assert (person.email, person.contact_form_url) == ("", "https://x.example/contact?form=1")
    assert refused == []


def test_a_malformed_e_mail_address_is_left_out_and_reported():
    person, refused = openstates.read_person(state_person(email="lori garciasander@x.example"), "x.yml")
    assert person.email == ""
    assert "malformed" in refused[0].why
    assert refused[0].where == "x.yml"


@pytest.mark.parametrize(
    "value", ["javascript://x.example/%0aalert(1)", "https://", "http://nodot/x", "https://a.example/<b>"]
)
def test_only_a_web_address_becomes_a_link(value):
    assert web_address(value) == ""


@pytest.mark.parametrize(
    "value", ["a@b", "a b@c.example", "a@c.example\nBcc: x@y.example", "@c.example", "x" * 250 + "@c.example"]
)
def test_what_is_no_mailbox_is_none(value):
    assert mailbox(value) == ""


def test_past_and_coming_roles_are_not_current():
    roles = [
        {"type": "lower", "jurisdiction": MASSACHUSETTS, "district": "1st Essex", "end_date": "2023"},
        {"type": "upper", "jurisdiction": MASSACHUSETTS, "district": "First Essex", "start_date": "2027-01-06"},
    ]
    person, _ = openstates.read_person(state_person(roles=roles), "x.yml")
    assert person.current_roles(TODAY) == ()
    assert [role.district for role in person.current_roles(date(2027, 1, 6))] == ["First Essex"]


def test_a_mayor_is_no_legislator():
    person, _ = openstates.read_person(state_person(roles=[{"type": "mayor", "jurisdiction": "x"}]), "x.yml")
    assert person.roles == ()


def test_a_role_listed_twice_keeps_the_later_end():
    role = {
        "type": "lower",
        "jurisdiction": "ocd-jurisdiction/country:us/government",
        "district": "FL-4",
        "start_date": "2023-01-03",
    }
    person, _ = openstates.read_person(
        state_person(roles=[role | {"end_date": "2025-01-03"}, role | {"end_date": "2030-01-01"}]), "x.yml"
    )
    assert [(one.state, one.district, str(one.end)) for one in person.roles] == [("fl", "4", "2030-01-01")]


def test_a_member_of_congress_is_the_same_person_in_both_sources():
    role = {"type": "upper", "jurisdiction": "ocd-jurisdiction/country:us/government", "district": "Massachusetts"}
    person, _ = openstates.read_person(
        state_person(roles=[role], other_identifiers=[{"scheme": "bioguide", "identifier": "S000001"}]), "x.yml"
    )
    assert person.source_id == congress.read_person(member(), "y.yml")[0].source_id
    assert (person.roles[0].state, person.roles[0].chamber) == ("ma", "us_senate")


@pytest.mark.parametrize(
    "record",
    [
        None,
        [],
        "text",
        {},
        {"id": "x"},
        {"id": "x", "name": "y"},
        {"name": "y", "roles": []},
        state_person(roles="none"),
    ],
)
def test_a_cut_off_person_is_malformed(record):
    with pytest.raises(MalformedRecordError, match=r"x\.yml"):
        openstates.read_person(record, "x.yml")


def test_a_member_of_congress_has_every_term_and_no_e_mail_address():
    person, refused = congress.read_person(member(), "y.yml")
    assert refused == []
    assert (person.name, person.email, person.party) == ("Leonora A. Strand", "", "New")
    assert person.contact_form_url == "https://strand.example/contact"
    assert [(role.chamber, role.district) for role in person.roles] == [("us_house", "4"), ("us_senate", "")]
    assert [role.chamber for role in person.current_roles(TODAY)] == ["us_senate"]


def test_a_term_ends_on_the_first_day_that_it_no_longer_runs():
    role = congress.read_person(member(), "y.yml")[0].roles[0]
    assert role.is_current(date(2025, 1, 2))
    assert not role.is_current(date(2025, 1, 3))


@pytest.mark.parametrize(
    "record",
    [
        {},
        member(terms=[]),
        member(id={}),
        member(name=None),
        member(terms=[{"type": "rep", "state": "MA", "start": "2025-01-03"}]),
        member(terms=[{"type": "king", "state": "MA", "start": "2025-01-03", "end": "2027-01-03"}]),
        member(terms=[{"type": "rep", "state": "MA", "start": "soon", "end": "2027-01-03", "district": 1}]),
    ],
)
def test_a_cut_off_member_is_malformed(record):
    with pytest.raises(MalformedRecordError, match=r"y\.yml"):
        congress.read_person(record, "y.yml")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2023", date(2023, 1, 1)),
        ("2023-05", date(2023, 5, 1)),
        (date(2023, 5, 6), date(2023, 5, 6)),
        (None, None),
        ("", None),
        (2023, date(2023, 1, 1)),
    ],
)
def test_dates_come_in_several_forms(value, expected):
    assert day(value, "x") == expected


@pytest.mark.parametrize("value", ["2023-13-01", "tomorrow", ["2023"]])
def test_what_is_no_date_is_malformed(value):
    with pytest.raises(MalformedRecordError):
        day(value, "x.yml")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("(617) 555-0123", "617-555-0123"),
        ("508-757-0323 ext. 13", "508-757-0323 ext. 13"),
        ("+1 617.555.0123 x4", "617-555-0123 ext. 4"),
        ("555-0123", ""),
        ("617-555-0123 or 617-555-0124", ""),
        ("call me", ""),
    ],
)
def test_a_phone_number_has_one_form_and_keeps_its_extension(value, expected):
    assert phone_number(value) == expected


def test_a_phone_number_that_cannot_be_dialled_is_left_out_and_reported():
    offices = [{"classification": "capitol", "address": "Room 1", "voice": "ask the clerk"}]
    person, refused = openstates.read_person(state_person(offices=offices), "x.yml")
    assert person.offices[0].phone == ""
    assert "'ask the clerk' cannot be dialled" in refused[0].why


def test_where_somebody_lives_is_no_office():
    offices = [
        {"classification": "home", "address": "1 Own St.", "voice": "617-555-0123"},
        {"classification": "capitol-mail", "address": "State House", "name": "Clerk"},
    ]
    person, _ = openstates.read_person(state_person(offices=offices), "x.yml")
    assert [(one.kind, one.name) for one in person.offices] == [("capitol", "Clerk")]
    assert person.remarks == (Remark.HOME_ADDRESS,)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Majority Leader", "Majority Leader"),
        ("\r\n  Speaker Pro Tempore   ", "Speaker Pro Tempore"),
        ("Chairman, Ethics", ""),
        ("Representative", ""),
    ],
)
def test_a_title_is_leadership_where_its_words_say_so(title, expected):
    person, _ = openstates.read_person(state_person(extras={"title": title}), "x.yml")
    assert person.leadership_title(TODAY) == expected


def test_accounts_are_kept_as_handles():
    ids = {
        "twitter": "@lindqvist",
        "facebook": "https://facebook.example/pages/lindqvist/?ref=x",
        "youtube": "channel/UCGdrLQbt1PYDTPsampx4t1A",
        "instagram": "two words",
    }
    person, _ = openstates.read_person(state_person(ids=ids), "x.yml")
    assert person.social_handles == {
        "twitter": "lindqvist",
        "facebook": "lindqvist",
        "youtube_id": "UCGdrLQbt1PYDTPsampx4t1A",
    }
    assert person.remarks == (Remark.UNKNOWN_HANDLE,)


def test_leadership_of_congress_counts_on_its_days():
    positions = [
        {"title": "Minority Whip", "start": "2021-01-03", "end": "2023-01-03"},
        {"title": "Majority Leader", "start": "2025-01-03"},
    ]
    person, _ = congress.read_person(member(leadership_roles=positions), "y.yml")
    assert person.leadership_title(TODAY) == "Majority Leader"
    assert person.leadership_title(date(2022, 1, 1)) == "Minority Whip"
    assert person.leadership_title(date(2023, 6, 1)) == ""


def test_other_files_add_offices_and_accounts_of_a_member():
    office = {"address": "29 Crafts St.", "suite": "375", "city": "Newton", "state": "MA", "zip": "02458"}
    identity = {"bioguide": "S000001"}
    known = congress.beside(
        [{"id": identity, "offices": [office | {"phone": "617-332-3333"}]}],
        [{"id": identity, "social": {"twitter": "strand", "twitter_id": 7, "mastodon": "@strand@social.example"}}],
    )
    person, _ = congress.read_person(member(), "y.yml", known)
    assert [(one.kind, one.name, one.address, one.phone) for one in person.offices] == [
        ("capitol", "", "1 Capitol", "202-555-0100"),
        ("district", "Newton", "29 Crafts St., Suite 375, Newton, MA 02458", "617-332-3333"),
    ]
    assert person.social_handles == {"twitter": "strand", "mastodon": "strand@social.example"}


def test_without_the_other_files_nothing_is_said_of_offices_and_accounts():
    person, _ = congress.read_person(member(), "y.yml")
    assert not person.knows_social
    assert not person.knows_district_offices
