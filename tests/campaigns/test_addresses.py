"""Home and practice: what a form asks for, what a letter says of it, who gets one, and what is kept."""

import pytest
from bs4 import BeautifulSoup
from wagtail.blocks import StreamBlockValidationError

from campaigns.blocks.fields.address import stated_address
from campaigns.blocks.form_fields import FormFieldsBlock
from campaigns.engine.addresses import AddressKind, StatedAddress, in_order
from campaigns.engine.targeting import ByAddress, ChosenOfficial, CustomRecipient, OfficialFacts, Standing, select
from campaigns.engine.tokens import BadToken, Finding, seal, unseal
from legislators.engine.resolution import Certainty, PostalAddress, Representation, Resolution
from tests.factories.forms import bound_form, form_stream, post_data

HOME = {"type": "address", "label": "Your home", "key": "address"}
PRACTICE = {"type": "address", "label": "Your practice", "key": "practice", "address_kind": "practice"}
OPTIONAL_PRACTICE = {**PRACTICE, "is_required": False}
EITHER = {"type": "address", "label": "Your address", "key": "address", "address_kind": "either"}


def typed(key="address", **parts):
    values = {"street": "12 Main Street", "city": "Boston", "state": "MA", "zip_code": "02139", **parts}
    return {f"{key}__{part}": value for part, value in values.items()}


def in_practice():
    return typed("practice", kind="practice", street="30 Main Street", unit="Suite 4", city="Newton", zip_code="02458")


def _addresses(*fields, answers):
    form = bound_form(*fields, typed=answers)
    assert form.is_valid(), form.errors
    return [(stated.kind.value, stated.address.street, stated.unit) for stated in form.identity().addresses]


def _errors(*fields, answers):
    form = bound_form(*fields, typed=answers)
    assert not form.is_valid()
    return {name: messages[0] for name, messages in form.errors.items()}


# --- What an editor may ask for ------------------------------------------------------------------------------


def _problems(*fields):
    block = FormFieldsBlock()
    try:
        block.clean(block.to_python(form_stream(*fields).get_prep_value()))
    except StreamBlockValidationError as error:
        blocks = error.as_json_data()["blockErrors"]
        return {
            position: {name: found["messages"] for name, found in one["blockErrors"].items()}
            for position, one in blocks.items()
        }
    return {}


@pytest.mark.parametrize("fields", [(HOME,), (PRACTICE,), (EITHER,), (HOME, PRACTICE), (PRACTICE, HOME)])
def test_a_form_may_ask_for_the_home_the_practice_either_or_both(db, fields):
    assert _problems(*fields) == {}


@pytest.mark.parametrize("second", [HOME, EITHER])
def test_two_addresses_of_which_both_may_be_the_home_are_an_error_in_words(db, second):
    problem = "A form can ask for two addresses if one is where the person lives and one where they practice."
    assert _problems(HOME, {**second, "key": "other"}) == {1: {"address_kind": [problem]}}


def test_three_addresses_are_an_error_at_the_third(db):
    assert set(_problems(HOME, PRACTICE, {**HOME, "key": "other"})) == {2}


def test_a_form_that_was_composed_before_there_was_a_choice_asks_for_the_home(db):
    raw = form_stream(HOME).get_prep_value()
    del raw[0]["value"]["address_kind"]
    block = FormFieldsBlock()
    value = block.clean(block.to_python(raw))
    assert value[0].block.spec(value[0].value).options["address_kind"] == "home"


def test_which_address_is_asked_for_is_nothing_to_translate():
    from wagtail_localize.segments.extract import StreamFieldSegmentExtractor

    segments = StreamFieldSegmentExtractor(None).handle_stream_block(form_stream(HOME, PRACTICE))
    assert {segment.path.rsplit(".", 1)[-1] for segment in segments} == {"label", "help_text"}


# --- What a visitor is asked ---------------------------------------------------------------------------------


def _page(*fields):
    return BeautifulSoup(str(bound_form(*fields, typed={}, auto_id="form1-%s")), "html.parser")


def test_a_browser_fills_the_home_and_the_practice_in_by_themselves(db):
    controls = _page(HOME, PRACTICE).select("[autocomplete]")
    tokens = [control["autocomplete"] for control in controls]
    assert tokens[0] == "address-line1"
    assert tokens[len(tokens) // 2] == "section-practice address-line1"
    assert len(set(tokens)) == len(tokens)


def test_the_hint_at_the_street_says_which_street(db):
    hints = [hint.get_text() for hint in _page(HOME, PRACTICE).select(".hint")]
    assert "of your home" in hints[0]
    assert "where you practice" in hints[1]


def test_either_is_asked_with_two_radio_buttons_under_a_question(db):
    page = _page(EITHER)
    question = page.select_one("fieldset fieldset")
    assert question.legend.get_text(strip=True) == "Do you live or practice here?"
    assert [label.get_text(strip=True) for label in question.select("label")] == [
        "This is where I live",
        "This is where I practice",
    ]
    assert question.select("[checked]") == []


def test_a_form_that_asks_for_one_address_asks_no_question_about_it(db):
    assert _page(HOME).select("input[type=radio]") == []


# --- What was answered ---------------------------------------------------------------------------------------


def test_the_home_comes_first_whatever_the_order_of_the_form(db):
    found = _addresses(PRACTICE, HOME, answers={**in_practice(), **typed()})
    assert found == [("home", "12 Main Street", ""), ("practice", "30 Main Street", "Suite 4")]


@pytest.mark.parametrize("kind", ["home", "practice"])
def test_the_person_says_which_address_it_is(db, kind):
    assert _addresses(EITHER, answers=typed(kind=kind)) == [(kind, "12 Main Street", "")]


@pytest.mark.parametrize("kind", ["", "office", "either", "practice\x00"])
def test_without_a_choice_or_with_a_forged_one_it_is_asked_again(db, kind):
    said = _errors(EITHER, answers=typed(kind=kind))
    assert said == {"address__kind": "Say whether you live or practice at this address."}


def test_what_a_browser_says_of_an_address_does_not_change_what_the_form_asks_for(db):
    assert "asks for your home address" in _errors(HOME, answers=typed(kind="practice"))["address__street"]
    assert "asks for your home address" in _errors(HOME, answers=typed(kind="nonsense"))["address__street"]


def test_a_home_typed_before_the_editor_asked_for_the_practice_is_not_taken_for_one(db):
    sent = typed("practice", kind="home")
    form = bound_form(PRACTICE, typed=sent)
    assert "asks for the address of your practice" in form.errors["practice__street"][0]
    # What is shown again asks for the practice, so that the next answer is one.
    shown = BeautifulSoup(str(form), "html.parser").select_one("[name=practice__kind]")
    assert shown["value"] == "practice"
    assert _addresses(PRACTICE, answers={**sent, "practice__kind": shown["value"]})[0][0] == "practice"


def test_that_the_form_was_changed_is_said_even_if_the_street_has_an_error_of_its_own(db):
    errors = _errors(PRACTICE, answers=typed("practice", kind="home", street=""))
    assert errors["practice__street"] == "Enter the street address of your practice, with the number."
    assert "form was changed" in errors["practice__unit"]


def test_a_home_typed_before_the_editor_asked_for_either_is_still_the_home(db):
    assert _addresses(EITHER, answers=typed(kind="home")) == [("home", "12 Main Street", "")]


def test_an_optional_practice_may_be_left_empty(db):
    answers = {**typed(), "practice__kind": "practice"}
    assert _addresses(HOME, OPTIONAL_PRACTICE, answers=answers) == [("home", "12 Main Street", "")]


def test_an_optional_practice_is_given_whole_or_not_at_all(db):
    answers = {**typed(), **typed("practice", kind="practice", city="", zip_code="")}
    assert _errors(HOME, OPTIONAL_PRACTICE, answers=answers) == {
        "practice__city": "Enter the city or town of your practice.",
        "practice__zip_code": "Enter the ZIP code of your practice.",
    }


def test_an_optional_address_of_either_kind_needs_the_kind_only_with_an_address(db):
    optional = {**EITHER, "is_required": False}
    assert set(_errors(optional, answers=typed())) == {"address__kind"}
    empty = dict.fromkeys(typed(), "") | {"address__kind": "practice"}
    assert _addresses(optional, answers=empty) == []


def test_the_answer_keeps_what_the_address_was_when_it_was_given(db):
    form = bound_form(EITHER, typed=typed(kind="practice"))
    form.full_clean()
    assert form.answers()["address"]["kind"] == "practice"
    assert form.answer_labels()["address"] == "Practice address: 12 Main Street, Boston, MA 02139"


def test_an_answer_from_before_there_was_a_choice_is_a_home():
    old = {"street": "12 Main Street", "unit": "", "city": "Port Alder", "state": "AX", "zip_code": "69901"}
    assert stated_address(old).kind is AddressKind.HOME
    assert stated_address(dict.fromkeys(old, "")) is None


def test_what_was_typed_is_carried_from_step_to_step(db):
    answers = {**typed(kind="practice")}
    carried = BeautifulSoup(bound_form(EITHER, typed=answers).as_hidden_inputs(), "html.parser").select("input")
    again = bound_form(EITHER, typed=dict(post_data({one["name"]: one["value"] for one in carried}).items()))
    assert again.is_valid()
    assert again.identity() == bound_form_identity(EITHER, answers)


def bound_form_identity(field, answers):
    form = bound_form(field, typed=answers)
    form.full_clean()
    return form.identity()


# --- Who gets a letter ---------------------------------------------------------------------------------------

REYES = OfficialFacts(id=1, source_id="1", name="Jordan Reyes")
OKAFOR = OfficialFacts(id=2, source_id="2", name="Ada Okafor")
LIVES = Representation("state_lower", "ocd/1", "1st Harbor", (1,))
PRACTICES = Representation("state_lower", "ocd/2", "1st Stone", (2,))
LOWER = ByAddress("state_lower")


def _standing(kind, *seats, not_chosen=()):
    return Standing(Resolution(Certainty.ROOFTOP, representations=seats), AddressKind(kind), not_chosen)


def _selected(*rules, standings):
    return select(rules, standings=standings, officials={1: REYES, 2: OKAFOR})


def test_both_addresses_lead_to_their_legislators():
    found = _selected(LOWER, standings=[_standing("home", LIVES), _standing("practice", PRACTICES)])
    assert [(one.name, one.address_kind) for one in found.targets] == [
        ("Jordan Reyes", "home"),
        ("Ada Okafor", "practice"),
    ]


def test_who_represents_both_addresses_is_written_to_once_as_by_the_home():
    found = _selected(LOWER, standings=[_standing("home", LIVES), _standing("practice", LIVES)])
    assert [(one.name, one.address_kind) for one in found.targets] == [("Jordan Reyes", "home")]


def test_an_official_chosen_for_all_is_written_to_by_the_address_that_they_represent():
    rules = (ChosenOfficial(1), CustomRecipient("b", "Committee", "", "c@alder.example"), LOWER)
    found = _selected(*rules, standings=[_standing("practice", LIVES)])
    assert [(one.name, one.address_kind) for one in found.targets] == [
        ("Jordan Reyes", "practice"),
        ("Committee", None),
    ]


def test_an_address_without_a_district_is_named():
    found = _selected(LOWER, standings=[_standing("home", LIVES), _standing("practice")])
    assert [(one.chamber, one.why, one.address_kind) for one in found.unwritten] == [
        ("state_lower", "not_found", "practice")
    ]
    alone = _selected(LOWER, standings=[_standing("practice", not_chosen=("state_lower",))])
    assert [(one.why, one.address_kind) for one in alone.unwritten] == [("not_chosen", "")]


def test_a_vacant_seat_of_both_addresses_is_said_once():
    vacant = Representation("state_lower", "ocd/3", "9th Elm", (), vacant_seats=1)
    found = _selected(LOWER, standings=[_standing("home", vacant), _standing("practice", vacant)])
    assert len(found.unwritten) == 1


# --- Between two steps ---------------------------------------------------------------------------------------

PAGE_KEY = "0b2f5a3e-0000-4000-8000-000000000000"
AT_HOME = StatedAddress(AddressKind.HOME, PostalAddress("12 Main Street", "Port Alder", "AX", "69901"))
AT_WORK = StatedAddress(AddressKind.PRACTICE, PostalAddress("30 Main Street", "Stonebridge", "AX", "69905"))


def test_a_finding_about_two_addresses_comes_back_as_it_left():
    second = Finding("chosen", "ax", ("ocd/2",), (("state_upper", ("ocd/3",)),), kind=AddressKind.PRACTICE)
    finding = Finding("rooftop", "ax", ("ocd/1",), second=second)
    token = seal(finding, page_key=PAGE_KEY, addresses=[AT_HOME, AT_WORK])
    assert unseal(token, page_key=PAGE_KEY, addresses=[AT_HOME, AT_WORK]) == finding
    assert finding.is_in_doubt


@pytest.mark.parametrize(
    "others",
    [
        [StatedAddress(AddressKind.PRACTICE, AT_HOME.address)],
        [AT_HOME, AT_WORK],
        [],
        [AT_WORK],
    ],
)
def test_a_finding_is_not_good_for_an_address_of_another_kind_or_for_one_more(others):
    token = seal(Finding("rooftop"), page_key=PAGE_KEY, addresses=[AT_HOME])
    with pytest.raises(BadToken):
        unseal(token, page_key=PAGE_KEY, addresses=others)


def test_of_two_addresses_of_one_kind_the_first_counts():
    elsewhere = StatedAddress(AddressKind.HOME, AT_WORK.address)
    assert in_order([AT_WORK, AT_HOME, elsewhere]) == (AT_HOME, AT_WORK)


def test_no_address_is_printed_with_the_value_that_holds_it():
    printed = repr(StatedAddress(AddressKind.HOME, AT_HOME.address, "Apt 77"))
    assert "Main" not in printed
    assert "77" not in printed
