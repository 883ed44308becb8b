"""Merge fields: what is known, what is refused, and that a value is never merged again."""

from hypothesis import given
from hypothesis import strategies as st

from campaigns.engine.merging import FIELDS, known_fields, merge, unknown_fields


def test_a_known_field_becomes_its_value():
    assert merge("Dear {legislator_salutation},", {"legislator_salutation": "Senator Reyes"}) == "Dear Senator Reyes,"


def test_an_answer_is_named_by_its_key():
    assert merge("I see {answer.patients-a-week}.", {"answer.patients-a-week": "80"}) == "I see 80."


def test_a_field_that_is_not_in_the_list_stays_as_it_is_written():
    assert merge("{user.password} {__class__} {{ settings.SECRET_KEY }}", dict.fromkeys(FIELDS, "x")) == (
        "{user.password} {__class__} {{ settings.SECRET_KEY }}"
    )


def test_a_brace_in_a_value_is_never_looked_at_again():
    values = {"constituent_name": "{town}", "town": "{constituent_name}"}
    assert merge("{constituent_name} of {town}", values) == "{town} of {constituent_name}"


def test_an_empty_value_takes_the_space_after_it_along():
    values = {"constituent_title": "", "constituent_name": "Maria Santos"}
    assert merge("I am {constituent_title} {constituent_name}.", values) == "I am Maria Santos."


def test_a_value_with_line_breaks_stays_on_one_line():
    assert merge("{town}!", {"town": "Alder\r\nBcc: x@y.example\n\nton"}) == "Alder Bcc: x@y.example ton!"


def test_every_known_field_is_accepted():
    text = " ".join(f"{{{name}}}" for name in FIELDS)
    assert unknown_fields(text, known_fields([])) == []


def test_unknown_fields_are_named_once_in_the_order_of_the_text():
    text = "{legislator_nmae} {town} {answer.role} {legislator_nmae} {answer.specialty}"
    assert unknown_fields(text, known_fields(["specialty"])) == ["{legislator_nmae}", "{answer.role}"]


def test_every_other_use_of_a_brace_is_an_error_that_shows_what_was_typed():
    known = known_fields([])
    assert unknown_fields("{{town}}", known) == ["{{town}}"]
    assert unknown_fields("{ town }", known) == ["{ town }"]
    assert unknown_fields("{Town}", known) == ["{Town}"]
    assert unknown_fields("{town", known) == ["{town"]
    assert unknown_fields("town}", known) == ["}"]
    assert unknown_fields("{}", known) == ["{}"]


@given(st.text(), st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text()))
def test_text_without_braces_is_never_changed(text, values):
    plain = text.replace("{", "").replace("}", "")
    assert merge(plain, values) == plain


@given(st.sampled_from(sorted(FIELDS)), st.text(min_size=1))
def test_one_field_gives_exactly_its_value_on_one_line(name, value):
    merged = merge(f"[{{{name}}}]", {name: value})
    assert "\n" not in merged
    assert "\r" not in merged
    assert merged.startswith("[")
    assert merged.endswith("]")


#: What could end a header, begin markup or a field, or turn the text around.
DANGEROUS = [
    "<",
    ">",
    "&",
    '"',
    "{",
    "}",
    "{{",
    "}}",
    "{%",
    "\n",
    "\r\n",
    "\u2028",
    "\u202e",
    "\u202c",
    "%s",
    "\x00",
    "a",
    " ",
]
values_of_all = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from(DANGEROUS), max_size=6).map("".join) for name in ("town", "constituent_name")}
)
pieces = st.lists(st.sampled_from(["{town}", "{constituent_name}", "Dear ", "<b>", "{{ x }}", "."]), max_size=8)


@given(pieces, values_of_all)
def test_every_sign_of_markup_comes_from_the_template_or_from_the_value_that_stands_there(parts, values):
    template = "".join(parts)
    merged = merge(template, values)
    for sign in '<>&{}"%':
        written = sum(part.count(sign) for part in parts if part not in {"{town}", "{constituent_name}"})
        filled_in = sum(values[part.strip("{}")].count(sign) for part in parts if part.strip("{}") in values)
        assert merged.count(sign) == written + filled_in
    assert merged.splitlines() in ([], [merged]), "no value breaks a line, and so no header"
