"""What a form looks like to a browser and to a screen reader, and how it is carried from step to step."""

from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.blocks.fields import FIELD_TYPES
from campaigns.blocks.form_fields import FormFieldsBlock
from tests.factories.forms import EVERY_TYPE, FILLED_IN, bound_form, post_data

pytestmark = pytest.mark.django_db

NASTY = "<script>alert('x')</script>\"&amp;{{ 7|add:7 }}{% now 'Y' %}{constituent_name}"


class _Page(HTMLParser):
    """The elements of a piece of HTML, by tag, with their attributes."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self.feed(str(html))

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def all(self, *tags):
        return [attrs for tag, attrs in self.elements if tag in tags]

    @property
    def ids(self):
        return [attrs["id"] for _tag, attrs in self.elements if "id" in attrs]

    @property
    def hidden(self):
        """What a browser would send of hidden inputs, with newlines as browsers send them."""
        return [(attrs["name"], attrs["value"]) for attrs in self.all("input") if attrs.get("type") == "hidden"]


def _visible(page):
    return [attrs for attrs in page.all("input", "select", "textarea") if attrs.get("type") != "hidden"]


def test_every_control_has_a_label_or_stands_in_one():
    page = _Page(bound_form(*EVERY_TYPE, typed={}, auto_id="form1-%s"))
    labelled = {attrs["for"] for attrs in page.all("label")}
    assert len(_visible(page)) > 15
    assert all(control["id"] in labelled for control in _visible(page))


def test_every_text_control_helps_the_browser_to_fill_it_in():
    page = _Page(bound_form(*EVERY_TYPE, typed={}))
    for control in _visible(page):
        if control.get("type") not in {"radio", "checkbox", "file"}:
            assert control.get("autocomplete"), control
            assert control.get("inputmode") or "select" in control["class"], control
    tokens = {control.get("autocomplete") for control in _visible(page)}
    assert {"honorific-prefix", "given-name", "family-name", "email", "tel", "address-line1", "postal-code"} <= tokens


def test_no_control_cuts_off_or_blocks_what_is_typed():
    html = str(bound_form(*EVERY_TYPE, typed={}))
    assert "maxlength" not in html
    assert " required" not in html


def test_optional_is_marked_and_required_is_not():
    html = str(bound_form(*EVERY_TYPE, typed={}))
    assert html.count("(optional)") == 10
    assert "*" not in html


def test_whatever_describes_a_control_is_on_the_page():
    page = _Page(bound_form(*EVERY_TYPE, typed={"story": "x" * 501}, auto_id="form1-%s"))
    described = [attrs["aria-describedby"] for _tag, attrs in page.elements if "aria-describedby" in attrs]
    assert len(described) >= 8
    assert all(target in page.ids for text in described for target in text.split())
    (story,) = page.all("textarea")
    assert story["aria-describedby"].split() == ["form1-story_error", "form1-story_limit", "form1-story_note"]
    assert story["aria-invalid"] == "true"


def test_every_line_of_the_error_summary_leads_to_a_control():
    form = bound_form(*EVERY_TYPE, typed={"sees": "x", "newsletter": "", "email": "x"}, auto_id="form1-%s")
    page = _Page(form)
    controls = {control["id"] for control in _visible(page)}
    assert len(form.error_links) > 8
    assert all(link.target in controls for link in form.error_links)


def test_the_summary_says_what_stands_at_the_field():
    form = bound_form(*EVERY_TYPE, typed={"email": "x"})
    html = str(form)
    assert all(link.message in html for link in form.error_links)


def test_two_forms_on_one_page_share_no_id():
    first = _Page(bound_form(*EVERY_TYPE, typed={}, auto_id="form1-%s"))
    second = _Page(bound_form(*EVERY_TYPE, typed={}, auto_id="form2-%s"))
    assert len(first.ids) == len(set(first.ids))
    assert set(first.ids).isdisjoint(second.ids)


def test_what_was_typed_is_shown_again_and_never_as_markup():
    free = ["name__title", "name__given", "name__family", "email", "phone", "employer", "story", "years", "day"]
    free += ["address__street", "address__unit", "address__city", "address__zip_code"]
    form = bound_form(*EVERY_TYPE, typed=FILLED_IN | dict.fromkeys(free, NASTY))
    assert not form.is_valid()
    html = str(form)
    assert "<script" not in html
    values = [attrs.get("value") for attrs in _Page(html).all("input")]
    assert values.count(NASTY) == len(free) - 1
    assert "&lt;script&gt;" in html[html.index("<textarea") :]


@pytest.mark.parametrize("name", sorted(FIELD_TYPES))
def test_what_an_editor_writes_is_never_markup(name):
    extra = {"options": [{"value": "a", "label": NASTY}]} if name in {"choice", "choices"} else {}
    extra |= {"text": NASTY, "purpose": "news"} if name == "consent" else {}
    form = bound_form({"type": name, "label": NASTY, "help_text": NASTY, "key": "k", **extra}, typed={})
    assert "<script" not in str(form)
    assert not form.error_links or "<script" not in str(form.errors)


@pytest.mark.parametrize("name", sorted(FIELD_TYPES))
def test_an_editor_sees_what_a_type_of_field_looks_like(name):
    block = FormFieldsBlock().child_blocks[name]
    html = block.render(block.get_preview_value())
    assert block.is_previewable
    assert block.meta.icon != "placeholder"
    assert block.meta.description
    assert len(_Page(html).elements) > 1


# --- From step to step -----------------------------------------------------------------------------------


def _carried(form):
    """The form as the next step reads it: what a browser sends of the hidden inputs."""
    data = {}
    for name, value in _Page(form.as_hidden_inputs()).hidden:
        # HTML standard, "constructing the form data set": every newline is sent as CRLF.
        sent = value.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
        data.setdefault(name, []).append(sent)
    return type(form)(post_data(data))


def test_hidden_inputs_carry_every_answer_to_the_next_step():
    form = bound_form(*EVERY_TYPE, typed=FILLED_IN)
    again = _carried(form)
    assert form.is_valid()
    assert again.is_valid(), again.errors
    assert again.cleaned_data == form.cleaned_data
    assert again.answers() == form.answers()


def test_hidden_inputs_keep_a_prefix():
    form_class = type(bound_form(*EVERY_TYPE, typed={}))
    form = form_class(post_data({f"a-{name}": value for name, value in FILLED_IN.items()}), prefix="a")
    assert form.is_valid(), form.errors
    assert {name for name, _value in _Page(form.as_hidden_inputs()).hidden} == {f"a-{name}" for name in FILLED_IN}


def test_hidden_inputs_carry_nothing_that_is_no_field():
    form = bound_form(*EVERY_TYPE, typed=FILLED_IN | {"stage": "confirm", "csrfmiddlewaretoken": "x"})
    assert {name for name, _value in _Page(form.as_hidden_inputs()).hidden} == set(FILLED_IN)


_typed_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.fixed_dictionaries(
        dict.fromkeys(("name__given", "name__family", "address__street", "employer", "story"), _typed_text)
    ),
    sees=st.lists(st.sampled_from(["delay", "denial", "other"]), unique=True),
)
def test_whatever_is_typed_means_the_same_at_the_next_step(texts, sees):
    form = bound_form(*EVERY_TYPE, typed=FILLED_IN | texts | {"sees": sees})
    again = _carried(form)
    assert again.errors == form.errors
    assert again.cleaned_data == form.cleaned_data
