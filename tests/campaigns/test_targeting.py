"""From rules and a resolution to who gets a letter, and who does not and why."""

from campaigns.engine.targeting import (
    ByAddress,
    ChosenOfficial,
    CustomRecipient,
    OfficialFacts,
    Standing,
    Unwritten,
    WhyNot,
    chambers_by_address,
    select,
)
from legislators.engine.resolution import Certainty, Representation, Resolution

REYES = OfficialFacts(id=1, source_id="ocd-person/1", name="Jordan Reyes", family_name="Reyes", email="r@ax.example")
OKAFOR = OfficialFacts(id=2, source_id="ocd-person/2", name="Ada Okafor", chamber="state_upper", district="1st Alder")
UPPER = Representation("state_upper", "ocd-division/country:us/state:ax/sldu:2", "2nd Alder", (1,))


def found(*representations: Representation) -> Resolution:
    return Resolution(Certainty.ROOFTOP, state="ax", representations=representations)


def test_a_rule_by_address_gives_who_sits_there():
    selection = select([ByAddress("state_upper")], standings=[Standing(found(UPPER))], officials={1: REYES})
    assert [(target.key, target.district, target.email) for target in selection.targets] == [
        ("official:ocd-person/1", "2nd Alder", "r@ax.example")
    ]
    assert selection.unwritten == ()


def test_nobody_is_written_to_twice_when_two_rules_name_them():
    rules = [ChosenOfficial(1), ByAddress("state_upper"), ChosenOfficial(1)]
    selection = select(rules, standings=[Standing(found(UPPER))], officials={1: REYES})
    assert [target.key for target in selection.targets] == ["official:ocd-person/1"]


def test_a_vacant_seat_is_said_and_gets_no_letter():
    seat = Representation("state_lower", "ocd-division/country:us/state:ax/sldl:9", "9th Elm", (), vacant_seats=1)
    selection = select([ByAddress("state_lower")], standings=[Standing(found(seat))], officials={})
    assert selection.targets == ()
    assert selection.unwritten == (Unwritten(WhyNot.VACANT, chamber="state_lower", district="9th Elm"),)


def test_a_district_with_two_seats_of_which_one_is_vacant_gives_both_answers():
    seat = Representation("state_lower", "ocd-division/country:us/state:ax/sldl:9", "9th Elm", (1,), vacant_seats=1)
    selection = select([ByAddress("state_lower")], standings=[Standing(found(seat))], officials={1: REYES})
    assert [target.name for target in selection.targets] == ["Jordan Reyes"]
    assert [item.why for item in selection.unwritten] == [WhyNot.VACANT]


def test_a_seat_of_which_nobody_is_known_is_not_called_vacant():
    seat = Representation("state_lower", "ocd-division/country:us/state:ax/sldl:9", "9th Elm")
    selection = select([ByAddress("state_lower")], standings=[Standing(found(seat))], officials={})
    assert [item.why for item in selection.unwritten] == [WhyNot.NOT_FOUND]


def test_a_district_the_person_does_not_know_differs_from_one_that_was_not_found():
    rules = [ByAddress("state_upper"), ByAddress("us_house")]
    selection = select(rules, standings=[Standing(found(), not_chosen=("us_house",))], officials={})
    assert [(item.chamber, item.why) for item in selection.unwritten] == [
        ("state_upper", WhyNot.NOT_FOUND),
        ("us_house", WhyNot.NOT_CHOSEN),
    ]


def test_a_chosen_official_needs_no_address():
    selection = select([ChosenOfficial(2)], standings=[], officials={2: OKAFOR})
    assert [(target.name, target.chamber, target.email) for target in selection.targets] == [
        ("Ada Okafor", "state_upper", "")
    ]


def test_a_chosen_official_who_left_office_is_not_written_to():
    gone = OfficialFacts(id=3, source_id="x/3", name="Past Member", is_in_office=False)
    selection = select([ChosenOfficial(3)], standings=[], officials={3: gone})
    assert selection.targets == ()
    assert selection.unwritten == (Unwritten(WhyNot.LEFT_OFFICE, name="Past Member"),)


def test_a_custom_recipient_is_known_by_its_block():
    rule = CustomRecipient("b1", "Committee on Health", "State house", "health@ax.example")
    selection = select([rule], standings=[], officials={})
    assert [(target.key, target.office) for target in selection.targets] == [("recipient:b1", "State house")]


def test_the_editor_s_order_is_the_order_of_the_letters():
    rules = [CustomRecipient("b1", "Committee", "", "c@ax.example"), ByAddress("state_upper"), ChosenOfficial(2)]
    selection = select(rules, standings=[Standing(found(UPPER))], officials={1: REYES, 2: OKAFOR})
    assert [target.name for target in selection.targets] == ["Committee", "Jordan Reyes", "Ada Okafor"]


def test_chambers_are_asked_for_once():
    assert chambers_by_address([ByAddress("us_house"), ChosenOfficial(1), ByAddress("us_house")]) == ("us_house",)
