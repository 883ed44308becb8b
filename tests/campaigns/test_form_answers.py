"""What a visitor may type into each type of field, what is stored of it and how it is shown."""

import pytest

from advocates.engine.people import Consent, PersonName
from campaigns.engine.addresses import AddressKind, StatedAddress
from campaigns.engine.fields import Identity
from campaigns.forms.action_form import displayed, initial_from_query
from legislators.engine.resolution import PostalAddress
from tests.factories.forms import EVERY_TYPE, FILLED_IN, bound_form, form_specs

pytestmark = pytest.mark.django_db


def _one(field, typed, **settings):
    """A form of one field, sent with one value."""
    field = {"label": "Question", "key": "question", **field, **settings}
    return bound_form(field, typed={"question": typed})


def _error(form):
    assert not form.is_valid()
    return " ".join(link.message for link in form.error_links)


def test_a_form_of_every_type_stores_answers_by_key():
    form = bound_form(*EVERY_TYPE, typed=FILLED_IN)
    assert form.is_valid(), form.errors
    assert form.answers() == {
        "name": {"title": "Dr.", "given": "Maria", "family": "Santos"},
        "email": "maria.santos@clinic.example",
        "phone": "+16995550123",
        "address": {
            "kind": "home",
            "street": "12 Maple Street",
            "unit": "Apt 4",
            "city": "Boston",
            "state": "MA",
            "zip_code": "02139",
        },
        "employer": "Alder Clinic",
        "story": "First line.\nSecond line.",
        "years": 1200,
        "day": "2027-03-27",
        "specialty": "er",
        "sees": ["delay", "denial"],
        "newsletter": True,
        "source": "march-newsletter",
        "photo": {},
        "role": "",
    }


def test_the_form_knows_who_filled_it_in():
    form = bound_form(*EVERY_TYPE, typed=FILLED_IN)
    form.full_clean()
    assert form.identity() == Identity(
        name=PersonName(given="Maria", family="Santos", title="Dr."),
        email="maria.santos@clinic.example",
        addresses=(
            StatedAddress(AddressKind.HOME, PostalAddress("12 Maple Street", "Boston", "MA", "02139"), "Apt 4"),
        ),
    )


def test_a_form_that_does_not_ask_who_somebody_is_does_not_know():
    form = _one({"type": "text"}, "Anything")
    form.full_clean()
    assert form.identity() == Identity()


def test_labels_are_shown_for_stored_values():
    form = bound_form(*EVERY_TYPE, typed=FILLED_IN)
    form.full_clean()
    shown = form.answer_labels("en")
    assert shown["name"] == "Dr. Maria Santos"
    assert shown["phone"] == "(699) 555-0123"
    assert shown["address"] == "12 Maple Street, Apt 4, Boston, MA 02139"
    assert shown["specialty"] == "Emergency medicine"
    assert shown["sees"] == "Delayed care, Denied claims"
    assert shown["newsletter"] == "Yes"
    assert shown["day"] == "March 27, 2027"
    assert "About you" not in {answer.label for answer in form.display_answers()}


def test_a_date_is_shown_in_the_language_that_is_asked_for():
    form = bound_form(*EVERY_TYPE, typed=FILLED_IN)
    form.full_clean()
    assert "marzo" in form.answer_labels("es")["day"]


def test_answers_that_this_form_would_not_give_are_shown_as_they_were_stored():
    stored = {
        "specialty": "gone",
        "sees": ["gone", 7],
        "name": "Ana",
        "address": None,
        "day": "x",
        "phone": "x",
        "years": "x",
    }
    texts = {answer.key: answer.text for answer in displayed(form_specs(*EVERY_TYPE), stored)}
    assert texts["specialty"] == "gone"
    assert texts["sees"] == "gone, 7"
    assert texts["name"] == "Ana"
    assert texts["address"] == texts["email"] == ""
    assert (texts["day"], texts["phone"], texts["years"]) == ("x", "x", "x")


def test_a_consent_is_unticked_at_first_and_kept_with_its_exact_words_either_way():
    unticked = {name: value for name, value in FILLED_IN.items() if name != "newsletter"}
    for typed, is_granted in ((FILLED_IN, True), (unticked, False)):
        form = bound_form(*EVERY_TYPE, typed=typed)
        form.full_clean()
        assert form.consents() == [Consent("newsletter", "Keep me informed by e-mail.", is_granted)]
    assert "checked" not in str(bound_form(*EVERY_TYPE, typed=unticked)["newsletter"])


@pytest.mark.parametrize("typed", ["02139", "02139-4307", "021394307", "02139 4307", " 02139 "])
def test_a_zip_code_may_have_five_or_nine_digits(typed):
    form = bound_form(*EVERY_TYPE, typed=FILLED_IN | {"address__zip_code": typed})
    assert form.is_valid(), form.errors
    assert form.identity().address.zip_code in {"02139", "02139-4307"}


@pytest.mark.parametrize("typed", ["2139", "ABCDE", "02139-", "٠٢١٣٩", "02139-43077"])
def test_what_is_no_zip_code_is_an_error_at_the_zip_code(typed):
    form = bound_form(*EVERY_TYPE, typed=FILLED_IN | {"address__zip_code": typed})
    assert not form.is_valid()
    assert set(form.errors) == {"address__zip_code"}


def test_a_required_address_asks_for_the_street():
    form = bound_form(*EVERY_TYPE, typed=FILLED_IN | {"address__street": "  "})
    assert not form.is_valid()
    assert form.errors["address__street"] == ["Enter your street address, with the house number."]


def test_an_editor_may_let_the_street_be_left_out():
    field = {"type": "address", "label": "Address", "key": "address", "is_street_required": False}
    form = bound_form(field, typed=FILLED_IN | {"address__street": ""})
    assert form.is_valid(), form.errors


def test_an_optional_address_may_be_empty_but_not_half_given():
    field = {"type": "address", "label": "Address", "key": "address", "is_required": False}
    empty = bound_form(field, typed={})
    assert empty.is_valid(), empty.errors
    assert empty.identity().address is None
    half = bound_form(field, typed={"address__city": "Boston"})
    assert not half.is_valid()
    assert set(half.errors) == {"address__street", "address__state", "address__zip_code"}


def test_an_optional_name_may_be_empty_but_not_half_given():
    field = {"type": "name", "label": "Name", "key": "name", "is_required": False}
    empty = bound_form(field, typed={})
    assert empty.is_valid()
    assert empty.identity().name is None
    half = bound_form(field, typed={"name__given": "Ana"})
    assert not half.is_valid()
    assert set(half.errors) == {"name__family"}


@pytest.mark.parametrize(
    "typed", ["ana", "ana@", "@x.org", "a b@x.org", "ana@x", "a@b@c.org", "ñandú@clinic.example", "a@x..org"]
)
def test_what_is_no_address_that_every_mail_server_takes_is_refused_with_an_example(typed):
    assert "name@example.com" in _error(_one({"type": "email"}, typed))


def test_the_domain_of_an_address_is_stored_in_ascii():
    form = _one({"type": "email"}, "Ana.Ruiz@Clínica.Example")
    assert form.is_valid(), form.errors
    assert form.answers()["question"] == "Ana.Ruiz@xn--clnica-4va.example"


@pytest.mark.parametrize("typed", ["202 555 0123", "+1 (202) 555-0123", "202.555.0123", "1 202 555 0123"])
def test_a_telephone_number_is_stored_in_one_form(typed):
    form = _one({"type": "phone"}, typed)
    assert form.is_valid(), form.errors
    assert form.answers()["question"] == "+12025550123"


def test_an_extension_survives_being_read_again():
    first = _one({"type": "phone"}, "202 555 0123 x 12")
    first.full_clean()
    second = _one({"type": "phone"}, first.answers()["question"])
    second.full_clean()
    assert second.answers() == first.answers() == {"question": "+12025550123 ext. 12"}


@pytest.mark.parametrize("typed", ["555 0123", "call me", "12", "1" * 30])
def test_what_is_no_telephone_number_is_refused_with_an_example(typed):
    assert "202 555 0123" in _error(_one({"type": "phone"}, typed))


@pytest.mark.parametrize(("typed", "stored"), [("15", 15), ("-3", -3), ("1,200", 1200), (" 7 ", 7), ("12 500", 12500)])
def test_whole_numbers_are_read_as_people_write_them(typed, stored):
    form = _one({"type": "number"}, typed)
    assert form.is_valid(), form.errors
    assert form.answers()["question"] == stored


@pytest.mark.parametrize("typed", ["1e5", "NaN", "Infinity", "twelve", "1.5", "9" * 5000, "1,2,3"])
def test_what_is_no_whole_number_is_refused(typed):
    _error(_one({"type": "number"}, typed))


@pytest.mark.parametrize("typed", ["NaN", "Infinity", "1e400", "9" * 5000, "x"])
def test_what_is_no_decimal_number_is_refused(typed):
    _error(_one({"type": "number", "has_fractions": True}, typed))


def test_decimals_are_stored_as_numbers():
    form = _one({"type": "number", "has_fractions": True}, "12.50")
    form.full_clean()
    assert form.answers()["question"] == 12.5


def test_the_limits_of_a_number_are_said_in_words():
    assert "1 or more" in _error(_one({"type": "number", "minimum": 1}, "0"))
    assert "80 or less" in _error(_one({"type": "number", "maximum": 80}, "81"))


@pytest.mark.parametrize(("typed", "stored"), [("2027-03-27", "2027-03-27"), ("3/27/2027", "2027-03-27")])
def test_a_date_is_read_as_a_browser_or_a_person_writes_it(typed, stored):
    form = _one({"type": "date"}, typed)
    assert form.is_valid(), form.errors
    assert form.answers()["question"] == stored


@pytest.mark.parametrize("typed", ["2027-02-30", "27/03/2027", "tomorrow", "0000-00-00"])
def test_a_date_that_does_not_exist_is_refused_and_kept(typed):
    form = _one({"type": "date"}, typed)
    assert "real date" in _error(form)
    assert f'value="{typed}"' in str(form["question"])


@pytest.mark.parametrize("kind", ["choice", "choices"])
def test_an_option_that_is_not_offered_is_refused_and_not_echoed(kind):
    form = _one({"type": kind, "options": [{"value": "a", "label": "A"}]}, "<b>other</b>")
    assert "other" not in _error(form)


def test_ten_kilobytes_in_a_name_get_a_friendly_error_and_are_kept():
    long_name = "x" * 10_240
    form = bound_form(*EVERY_TYPE, typed=FILLED_IN | {"name__given": long_name})
    assert not form.is_valid()
    assert form.errors["name__given"] == ["“Given name” must be 100 characters or fewer. It has 10,240 now."]
    assert long_name in str(form["name__given"])


@pytest.mark.parametrize("name", ["name__given", "email", "phone", "address__street", "employer", "story"])
def test_null_characters_are_refused(name):
    form = bound_form(*EVERY_TYPE, typed=FILLED_IN | {name: "Ana\x00Ruiz"})
    assert not form.is_valid()
    assert name in form.errors


@pytest.mark.parametrize("breaker", ["\r\n", "\n", "\r", "\u2028", "\u2029", "\x0b", "\x85", "\t"])
@pytest.mark.parametrize("name", ["name__title", "name__given", "name__family", "address__city", "employer"])
def test_no_single_line_can_carry_a_newline_into_a_header(name, breaker):
    form = bound_form(*EVERY_TYPE, typed=FILLED_IN | {name: f"Ana{breaker}Bcc: x@example.com"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data[name].isprintable()
    assert len(form.cleaned_data[name].splitlines()) == 1


def test_an_email_address_with_a_newline_is_no_address():
    form = bound_form(*EVERY_TYPE, typed=FILLED_IN | {"email": "ana@clinic.example\r\nBcc: x@example.com"})
    assert not form.is_valid()


@pytest.mark.parametrize("word", ["march-newsletter", "poster_2", "MARCH", "v2027"])
def test_the_source_comes_from_the_address_of_the_page(word):
    specs = form_specs({"type": "source", "label": "Source", "key": "source", "parameter": "utm"})
    assert initial_from_query(specs, {"utm": word, "source": "other"}) == {"source": word.lower()}


@pytest.mark.parametrize(
    "word", ["ana@clinic.example", "Ana Ruiz", "555-555-0123", "2025550123", "x" * 41, "<b>", "", None]
)
def test_what_could_name_a_person_is_not_taken_for_a_source(word):
    specs = form_specs({"type": "source", "label": "Source", "key": "source"})
    assert initial_from_query(specs, {"source": word} if word is not None else {}) == {"source": ""}
    form = bound_form({"type": "source", "label": "Source", "key": "source"}, typed={"source": word or ""})
    assert form.is_valid()
    assert form.answers() == {"source": ""}


def test_an_empty_form_asks_for_each_thing_in_plain_words():
    form = bound_form(*EVERY_TYPE, typed={})
    assert [link.message for link in form.error_links] == [
        "Enter your given name.",
        "Enter your family name.",
        "Enter your e-mail address.",
        "Enter your street address, with the house number.",
        "Enter your city or town.",
        "Choose your state.",
        "Enter your ZIP code.",
        "Choose an option for “Specialty”.",
    ]
