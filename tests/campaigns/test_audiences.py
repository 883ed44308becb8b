"""Which of an editor's texts a letter is made of."""

import uuid
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.engine.audience_gaps import Gap, Reach, unreached
from campaigns.engine.audiences import (
    Audience,
    LetterText,
    LetterTexts,
    Reader,
    choose,
    covers,
    fits,
    hidden_by,
    missing,
)
from campaigns.engine.tokens import lot

REYES = Reader(
    chamber="state_upper",
    party="Democratic/Working Families",
    committees=frozenset({"health care financing"}),
    is_cosponsor=True,
    position="supports",
    official_id=7,
)
HOLDS = [
    Audience(chambers=frozenset({"state_upper", "us_house"})),
    Audience(parties=frozenset({"Working families"})),
    Audience(committee=" Health  Care Financing"),
    Audience(is_cosponsor=True),
    Audience(positions=frozenset({"champion", "supports"})),
    Audience(official_ids=frozenset({7, 8})),
    Audience(roles=frozenset({"student"})),
]
HOLDS_NOT = [
    Audience(chambers=frozenset({"state_lower"})),
    Audience(parties=frozenset({"Republican"})),
    Audience(committee="Health"),
    Audience(is_cosponsor=False),
    Audience(positions=frozenset({"opposes"})),
    Audience(official_ids=frozenset()),
    Audience(roles=frozenset({"patient"})),
]


@pytest.mark.parametrize("audience", [Audience(), *HOLDS])
def test_a_text_fits_where_what_it_asks_is_so(audience):
    assert fits(audience, reader=REYES, role="student")


@pytest.mark.parametrize("audience", HOLDS_NOT)
def test_a_text_does_not_fit_where_it_is_not(audience):
    assert not fits(audience, reader=REYES, role="student")


@given(st.integers(0, 6), st.integers(0, 6))
def test_all_that_is_asked_must_hold(first, second):
    if first == second:
        return
    name = {0: "chambers", 1: "parties", 2: "committee", 3: "is_cosponsor", 4: "positions", 5: "official_ids"}
    field = name.get(second, "roles")
    both = replace(HOLDS[first], **{field: getattr(HOLDS_NOT[second], field)})
    assert not fits(both, reader=REYES, role="student")


@pytest.mark.parametrize("audience", [*HOLDS[:6], *HOLDS_NOT[:6], Audience(positions=frozenset({"unknown"}))])
def test_an_inbox_that_is_nobody_s_in_office_fits_no_condition_about_officials(audience):
    assert not fits(audience, reader=Reader(), role="student")


def test_a_condition_about_roles_needs_a_form_that_asks():
    assert not fits(Audience(roles=frozenset({"student"})), reader=REYES, role="")


AUDIENCES = st.builds(
    Audience,
    chambers=st.frozensets(st.sampled_from(["state_upper", "state_lower"])),
    parties=st.frozensets(st.sampled_from(["Democratic", "Republican"])),
    is_cosponsor=st.none() | st.booleans(),
    positions=st.frozensets(st.sampled_from(["supports", "unknown"])),
    official_ids=st.none() | st.frozensets(st.integers(1, 3)),
    roles=st.frozensets(st.sampled_from(["student", "patient"])),
)
READERS = st.builds(
    Reader,
    chamber=st.sampled_from(["", "state_upper", "state_lower"]),
    party=st.sampled_from(["", "Democratic", "Republican"]),
    is_cosponsor=st.none() | st.booleans(),
    position=st.sampled_from(["", "supports", "unknown"]),
    official_id=st.none() | st.integers(1, 3),
)


@given(st.lists(AUDIENCES, max_size=5), READERS, st.sampled_from(["", "student", "patient"]))
def test_the_first_that_fits_is_chosen_and_where_none_does_the_letter_of_the_page(found, reader, role):
    variants = tuple(LetterText(name=str(place), audience=each) for place, each in enumerate(found))
    texts = LetterTexts(LetterText(name="page"), variants)
    chosen = choose(texts, reader=reader, role=role)
    fitting = [text for text in variants if fits(text.audience, reader=reader, role=role)]
    assert chosen == (fitting[0] if fitting else texts.default)
    assert chosen not in [variants[place] for place in hidden_by(variants)]


@given(AUDIENCES, AUDIENCES, READERS, st.sampled_from(["", "student", "patient"]))
def test_whoever_fits_a_covered_audience_fits_the_one_that_covers_it(wide, narrow, reader, role):
    if covers(wide, narrow) and fits(narrow, reader=reader, role=role):
        assert fits(wide, reader=reader, role=role)


@given(AUDIENCES, READERS, st.sampled_from(["", "student"]))
def test_an_audience_fits_where_nothing_of_it_is_missing(audience, reader, role):
    lacking = missing(audience, reader=reader, role=role)
    assert lacking <= audience.conditions
    assert fits(audience, reader=reader, role=role) == (not lacking)


SENATORS = Audience(chambers=frozenset({"state_upper"}))
STUDENTS_TO_SENATORS = Audience(chambers=frozenset({"state_upper"}), roles=frozenset({"student"}))


@pytest.mark.parametrize(
    ("audience", "reach", "expected"),
    [
        (STUDENTS_TO_SENATORS, Reach(chambers=frozenset({"state_upper"})), (Gap.ROLE_NOT_ASKED, "roles")),
        (SENATORS, Reach(chambers=frozenset({"state_lower"})), (Gap.NOT_ADDRESSED, "chambers")),
        (Audience(parties=frozenset({"Democratic"})), Reach(), (Gap.NOT_ADDRESSED, "")),
        (Audience(official_ids=frozenset()), Reach(chambers=frozenset({"us_house"})), (Gap.EMPTY_LIST, "officials")),
        (
            Audience(positions=frozenset({"supports"})),
            Reach(chambers=frozenset({"us_house"}), positions=frozenset({"opposes"})),
            (Gap.NOTHING_NOTED, "positions"),
        ),
        (Audience(is_cosponsor=True), Reach(chambers=frozenset({"us_house"})), (Gap.NO_SPONSOR, "cosponsor")),
    ],
)
def test_a_text_for_whom_there_is_nobody_is_found_with_the_reason(audience, reach, expected):
    (found,) = unreached([LetterText(block_id="a", audience=audience)], reach)
    assert (found.gap, found.field) == expected


@pytest.mark.parametrize(
    "audience",
    [
        SENATORS,
        STUDENTS_TO_SENATORS,
        Audience(positions=frozenset({"unknown"})),
        Audience(is_cosponsor=False),
        Audience(official_ids=frozenset({4})),
    ],
)
def test_a_text_that_somebody_may_get_is_left_alone(audience):
    reach = Reach(roles=frozenset({"student"}), chambers=frozenset({"state_upper"}))
    assert list(unreached([LetterText(block_id="a", audience=audience)], reach)) == []


def test_a_text_below_one_for_all_of_the_same_is_found_with_the_one_that_is_used():
    reach = Reach(roles=frozenset({"student"}), chambers=frozenset({"state_upper"}))
    wide = LetterText(name="Senators", block_id="a", audience=SENATORS)
    narrow = LetterText(name="Students", block_id="b", audience=STUDENTS_TO_SENATORS)
    (found,) = unreached([wide, narrow], reach)
    assert (found.text, found.gap, found.instead) == (narrow, Gap.HIDDEN, "Senators")
    assert list(unreached([narrow, wide], reach)) == []


@given(st.emails(), st.lists(st.text(min_size=1), min_size=1, max_size=8))
def test_a_person_gets_one_of_the_subjects_and_always_the_same(email, subjects):
    page_key = uuid.UUID(int=5)
    text = LetterText(subjects=tuple(subjects))
    drawn = text.subject_for(lot(page_key=page_key, email=email))
    assert drawn in subjects
    assert drawn == text.subject_for(lot(page_key=page_key, email=f" {email.upper()}"))


def test_offices_see_every_subject():
    text = LetterText(subjects=("A", "B", "C"))
    page_key = uuid.UUID(int=5)
    drawn = [text.subject_for(lot(page_key=page_key, email=f"{number}@clinic.example")) for number in range(300)]
    assert all(drawn.count(subject) > 50 for subject in text.subjects)
