"""A letter as it will go."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.engine import texts
from campaigns.engine.addresses import AddressKind, StatedAddress
from campaigns.engine.composing import (
    ChamberWords,
    Constituent,
    FooterWords,
    LetterTemplate,
    Occasion,
    compose,
    rewrite,
    town_line,
    with_own_words,
    without_footer,
)
from campaigns.engine.targeting import Target
from legislators.engine.resolution import PostalAddress

HOME = StatedAddress(AddressKind.HOME, PostalAddress("12 Maple Street", "Alderton", "ax", "69901"), "Apt 3")
MARIA = Constituent(
    given_name="Maria",
    family_name="Santos",
    email="maria@clinic.example",
    title="Dr.",
    addresses=(HOME,),
)
REYES = Target(key="official:1", name="Jordan Reyes", family_name="Reyes", chamber="state_upper", district="2nd Alder")
SENATE = ChamberWords(chamber="State senate", member="Senator")
FOOTER = FooterWords(
    as_offered="As it was.",
    edited="Changed.",
    own_words="Own words, then as it was.",
    own_words_and_edited="Own words, then changed.",
    copies="Also to: Ada Okafor.",
)
OCCASION = Occasion(campaign="Telehealth", society="Alder Medical Society", answers={"role": "Nurse"})


def letter(subject: str = "S", body: str = "B", constituent: Constituent = MARIA):
    return compose(
        LetterTemplate(subject, body),
        constituent=constituent,
        target=REYES,
        occasion=OCCASION,
        words=SENATE,
        footer_words=FOOTER,
    )


def test_who_writes_and_from_where_stands_above_the_letter_and_how_it_came_below():
    written = letter(body="Dear {legislator_salutation},\n\nI practise in {town}.")
    assert written.text == (
        "Dr. Maria Santos\n12 Maple Street, Apt 3\nAlderton, AX 69901\n\n"
        "Dear Senator Reyes,\n\nI practise in Alderton.\n\n"
        "-- \nAs it was.\nAlso to: Ada Okafor.\n"
    )


def test_the_person_s_own_words_stand_below_the_salutation_and_before_the_text_on_offer():
    written = with_own_words(letter(body="Dear {legislator_salutation},\n\nPlease vote yes."), "I saw it, {town}.\n")
    assert written.text == (
        "Dr. Maria Santos\n12 Maple Street, Apt 3\nAlderton, AX 69901\n\n"
        "Dear Senator Reyes,\n\nI saw it, {town}.\n\nPlease vote yes.\n\n"
        "-- \nOwn words, then as it was.\nAlso to: Ada Okafor.\n"
    )
    assert written.is_personalised
    assert not written.is_edited


@pytest.mark.parametrize("body", ["Please vote yes.", "A first line\nthat goes on,\n\nand on.", f"{'x' * 90},\n\nyes."])
def test_in_a_letter_without_a_salutation_the_own_words_come_first(body):
    written = with_own_words(letter(body=body), "Mine.")
    assert f"AX 69901\n\nMine.\n\n{body}\n" in written.text


@pytest.mark.parametrize(
    ("body", "own_words", "said"),
    [
        ("B", "", "As it was."),
        ("Other", "", "Changed."),
        ("B", "Mine.", "Own words, then as it was."),
        ("Other", "Mine.", "Own words, then changed."),
    ],
)
def test_the_footer_says_what_the_person_did_with_the_text(body, own_words, said):
    written = with_own_words(rewrite(letter(), subject="S", body=body), own_words)
    assert written.footer == f"{said}\nAlso to: Ada Okafor."


def test_who_hands_a_letter_over_does_not_say_that_it_was_sent():
    assert without_footer(letter().text).endswith("AX 69901\n\nB\n")


def test_a_line_that_a_person_types_is_never_taken_for_the_footer():
    own = rewrite(letter(), subject="S", body="Mine.\n\n-- \nStill mine.")
    assert without_footer(own.text).endswith("Mine.\n\n--\nStill mine.\n")
    assert without_footer("Without any footer\n") == "Without any footer\n"


def test_the_place_of_talking_points_never_shows_in_a_letter():
    template = LetterTemplate("S {talking_points}", "{talking_points}B{talking_points}", ("One {talking_points}.",))
    written = compose(template, constituent=MARIA, target=REYES, occasion=OCCASION, words=SENATE)
    assert (written.subject, written.body) == ("S", "One .B")
    at_the_end = compose(replace(template, body="B"), constituent=MARIA, target=REYES, occasion=OCCASION, words=SENATE)
    assert at_the_end.body == "B\n\nOne ."


def test_talking_points_stand_above_no_closing_and_below_no_name():
    template = LetterTemplate(
        "S", "Thank you.\n\nSincerely,\n{constituent_name}", ("We in {town} wait.", "{answer.none}")
    )
    written = compose(
        template,
        constituent=MARIA,
        target=REYES,
        occasion=Occasion(campaign="", society="", answers={"none": ""}),
        words=SENATE,
    )
    assert written.body == "Thank you.\n\nWe in Alderton wait."


VALUES = st.lists(st.sampled_from([*"ab<>&{}\n _.", "{town}", "{answer.x}", "<b>"]), max_size=12).map("".join)


@given(VALUES, VALUES, st.text(alphabet="ab \n.", max_size=40))
def test_a_letter_has_no_merging_and_no_markup_but_what_people_typed(town, answer, around):
    person = replace(MARIA, addresses=(StatedAddress(AddressKind.HOME, PostalAddress("", town, "ax", "")),))
    occasion = Occasion(campaign="C", society="Y", answers={"x": answer})
    template = LetterTemplate("S", f"{around}|{{town}}|{{answer.x}}", ("P {answer.x}",))
    arguments = {"constituent": person, "target": REYES, "occasion": occasion, "words": SENATE}
    written = compose(template, **arguments)
    assert written == compose(template, **arguments)
    typed = town + 2 * answer
    for mark in "<>&{}":
        assert written.body.count(mark) <= typed.count(mark)
    # A value that looks like a field is not looked at again.
    plain = compose(replace(template, body="{town}", points=()), **arguments).body
    assert plain == texts.clean(texts.one_line(town))


@given(
    st.lists(st.sampled_from(["a", "\n", "\r\nBcc: x@y.example", "\u2028", "\x85", "\x0b", "\x00"]), max_size=6).map(
        "".join
    )
)
def test_no_answer_in_a_subject_begins_another_header(answer):
    occasion = Occasion(campaign="C", society="Y", answers={"x": answer})
    template = LetterTemplate("About {answer.x}.", "B")
    written = compose(template, constituent=MARIA, target=REYES, occasion=occasion, words=SENATE)
    assert len(written.subject.splitlines()) == 1
    assert "\x00" not in written.subject


def test_every_field_has_its_value():
    written = letter(body="{district}|{chamber}|{legislator_title}|{answer.role}|{society}|{campaign}|{state} {zip}")
    assert written.body == "2nd Alder|State senate|Senator|Nurse|Alder Medical Society|Telehealth|AX 69901"


def test_a_question_left_empty_leaves_no_gap_in_the_letter():
    occasion = Occasion(campaign="Telehealth", society="Alder Medical Society", answers={"story": ""})
    written = compose(
        LetterTemplate("S", "Dear all,\n\n{answer.story}\n\nPlease vote yes."),
        constituent=MARIA,
        target=REYES,
        occasion=occasion,
        words=SENATE,
    )
    assert written.body == "Dear all,\n\nPlease vote yes."


def test_a_recipient_without_a_chamber_is_greeted_by_name():
    committee = Target(key="recipient:1", name="Committee on Health", office="State house")
    written = compose(
        LetterTemplate("S", "Dear {legislator_salutation}, {chamber}"),
        constituent=MARIA,
        target=committee,
        occasion=OCCASION,
        words=ChamberWords("", ""),
    )
    assert written.body == "Dear Committee on Health, State house"


def test_a_name_with_a_header_in_it_stays_on_one_line_everywhere():
    evil = Constituent(given_name="Ann\r\nBcc: a@b.example", family_name="X", email="x@y.example")
    written = letter(subject="From {constituent_name}", constituent=evil)
    assert "\n" not in written.subject
    assert written.letterhead == "Ann Bcc: a@b.example X"


def test_a_subject_with_a_huge_name_is_cut():
    huge = Constituent(given_name="N" * 10_000, family_name="X", email="x@y.example")
    assert len(letter(subject="From {constituent_name}", constituent=huge).subject) == 200


def test_the_person_s_own_words_are_never_merged():
    own = rewrite(letter(body="Dear {legislator_salutation},"), subject="{town}", body="I know {legislator_name}.")
    assert (own.subject, own.body) == ("{town}", "I know {legislator_name}.")
    assert own.is_personalised


def test_a_letter_that_the_editor_signed_with_the_name_carries_it_once():
    written = letter(body="Thank you.\n\nSincerely,\n{constituent_name}")
    assert written.body == "Thank you."
    assert written.text.count("Dr. Maria Santos") == 1


def test_a_closing_with_nothing_below_it_is_left_out():
    assert letter(body="Dear all,\n\nThank you.\n\nSincerely,").body == "Dear all,\n\nThank you."
    assert letter(body="Dear all,").body == "Dear all,"
    assert rewrite(letter(), subject="S", body="Thank you.\n\nYours,").body == "Thank you.\n\nYours,"


def test_a_letter_of_nothing_but_the_name_keeps_it():
    assert letter(body="{constituent_name}").body == "Dr. Maria Santos"


def test_a_letter_left_as_it_was_is_not_called_personal():
    offered = letter(body="Dear {legislator_salutation},\n\nThank you.")
    same = rewrite(offered, subject=offered.subject, body=offered.body.replace("\n", "\r\n") + "  ")
    assert not same.is_personalised


def test_the_fixed_block_cannot_be_edited_away():
    assert "Alderton, AX 69901\n\nMine\n" in rewrite(letter(), subject="S", body="Mine").text


@pytest.mark.parametrize(
    ("address", "line"),
    [
        (PostalAddress("", "Alderton", "ax", "69901"), "Alderton, AX 69901"),
        (PostalAddress("", "", "", "69901"), "69901"),
        (PostalAddress("", "Alderton", "", ""), "Alderton"),
        (PostalAddress(), ""),
    ],
)
def test_a_town_line_leaves_out_what_is_missing(address, line):
    assert town_line(address) == line
